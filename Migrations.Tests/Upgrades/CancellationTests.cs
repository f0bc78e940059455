using System.Diagnostics;
using Migrations.Runner;
using Migrations.Runner.Locking;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Upgrades;

internal sealed class CancellationTests
{
    private const string Endless = "INSERT INTO t1 WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0";

    private static MigrationAssembly First => new MigrationAssembly().Add(1, "CREATE TABLE t1(a); INSERT INTO t1 VALUES (1), (2)");

    private static MigrationAssembly Three(string third) =>
        First.Add(2, "CREATE TABLE t2(a)").Add(3, "CREATE TABLE t3(a)").Add(4, $"CREATE TABLE t4(a); {third}");

    [Test]
    public async Task UpgradeAsync_cancelledInAStatement_rollsBackAndIsFinishedByTheNext([Values] FailurePolicy policy)
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        DatabaseSnapshot before = file.Snapshot();
        using CancellationTokenSource source = new();
        await using (DatabaseMigrator migrator = file.Migrator(Three(Endless).Build(), options => options.OnFailure = policy))
        {
            ActionProgress progress = new(report =>
            {
                if (report.Migration?.Version == 4)
                {
                    source.CancelAfter(TimeSpan.FromMilliseconds(100));
                }
            });
            long started = Stopwatch.GetTimestamp();

            OperationCanceledException error = (await Assert.CatchAsync<OperationCanceledException>(() => migrator.UpgradeAsync(progress, source.Token)))!;

            Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
            Assert.That(error.Message, Does.Contain(policy == FailurePolicy.KeepApplied ? "version 3" : "version 1"));
            Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromMinutes(3)));
        }

        Assert.That(OpenFiles.Under(file.Folder), Is.Empty);
        if (policy == FailurePolicy.RestoreBackup)
        {
            file.Snapshot().AssertSameAs(before);
        }
        else
        {
            Assert.That(file.Applied(), Is.EqualTo([1, 2, 3]));
            Assert.That(file.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 't4'"), Is.Zero);
        }

        await file.UpgradeAsync(Three("INSERT INTO t1 VALUES (3)"));
        Assert.That(file.Scalar<long>("SELECT count(*) FROM t1, t2, t3, t4") + file.Scalar<long>("SELECT count(*) FROM t1"), Is.EqualTo(3));
    }

    [TestCase(UpgradePhase.BackingUp, 1)]
    [TestCase(UpgradePhase.Checking, 4)]
    public async Task UpgradeAsync_cancelledInAnotherPhase_leavesAWholeVersion(UpgradePhase phase, int version)
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        MigrationAssembly migrations = Three("INSERT INTO t1 VALUES (3)");
        using CancellationTokenSource source = new();
        await using (DatabaseMigrator migrator = file.Migrator(migrations.Build()))
        {
            ActionProgress progress = new(report =>
            {
                if (report.Phase == phase)
                {
                    source.Cancel();
                }
            });
            await Assert.CatchAsync<OperationCanceledException>(() => migrator.UpgradeAsync(progress, source.Token));
        }

        Assert.That(file.Applied(), Is.EqualTo(Enumerable.Range(1, version)));
        Assert.That(file.Files, Has.None.Contain("partial"));
        Assert.That(OpenFiles.Under(file.Folder), Is.Empty);
        await file.UpgradeAsync(migrations);
        Assert.That(file.Applied(), Is.EqualTo([1, 2, 3, 4]));
    }

    [Test]
    public async Task UpgradeAsync_cancelledWhileAnotherHoldsTheLock_ends()
    {
        using UpgradeFile file = new();
        List<UpgradePhase> phases = [];
        using CancellationTokenSource source = new();
        await using DatabaseMigrator migrator = file.Migrator(First.Build());
        using UpgradeLock? held = UpgradeLock.TryAcquire(new(file.ConnectionString, TimeSpan.FromSeconds(1), null));
        ActionProgress progress = new(report =>
        {
            phases.Add(report.Phase);
            source.Cancel();
        });

        await Assert.CatchAsync<OperationCanceledException>(() => migrator.UpgradeAsync(progress, source.Token));

        Assert.That(phases, Is.EqualTo([UpgradePhase.WaitingForLock]));
        Assert.That(File.Exists(file.Path), Is.False);
    }

    [Test]
    public async Task UpgradeAsync_cancelledWhileAnotherWrites_ends()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        using Microsoft.Data.Sqlite.SqliteConnection writer = file.Open();
        writer.Execute("BEGIN IMMEDIATE");
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(300));
        await using DatabaseMigrator migrator = file.Migrator(Three("SELECT 1").Build(), options => options.BusyTimeout = TimeSpan.FromMinutes(5));

        await Assert.CatchAsync<OperationCanceledException>(() => migrator.UpgradeAsync(source.Token));

        writer.Execute("ROLLBACK");
        Assert.That(file.Applied(), Is.EqualTo([1]));
    }

    [Test]
    public async Task Dispose_whileRunning_cancels()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        DatabaseMigrator migrator = file.Migrator(Three(Endless).Build());
        using ManualResetEventSlim reached = new();
        Task<UpgradeResult> running = migrator.UpgradeAsync(new ActionProgress(report =>
        {
            if (report.Migration?.Version == 4)
            {
                reached.Set();
            }
        }));
        Assert.That(reached.Wait(TimeSpan.FromMinutes(3)), Is.True);

        await migrator.DisposeAsync();

        Assert.That(running.IsCompleted, Is.True);
        await Assert.CatchAsync<OperationCanceledException>(() => running);
        Assert.That(OpenFiles.Under(file.Folder), Is.Empty);
        Assert.That(() => _ = migrator.UpgradeAsync(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => _ = migrator.MigrateToAsync(1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => migrator.GetStatus(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => migrator.GetBackups(), Throws.TypeOf<ObjectDisposedException>());
    }
}
