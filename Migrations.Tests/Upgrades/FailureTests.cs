using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Upgrades;

/// <summary>Failure in migration k of n: what stays, what is said, and that a corrected migration goes on.</summary>
internal sealed class FailureTests
{
    private const int Count = 5;

    [Test]
    public async Task UpgradeAsync_withAFailingMigration_keepsOrRestoresAndGoesOnOnceCorrected(
        [Values(0, 1, 2, 3)] int stepsBefore, [Values] FailurePolicy policy, [Values] bool isNew)
    {
        using UpgradeFile file = new();
        if (!isNew)
        {
            await file.UpgradeAsync(new MigrationAssembly().Add(1, Table(1), Drop(1)));
        }

        int first = isNew ? 1 : 2;
        int failing = first + stepsBefore;
        DatabaseSnapshot before = file.Snapshot();
        await using DatabaseMigrator broken = file.Migrator(Migrations(failing).Build(), options => options.OnFailure = policy);

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(() => broken.UpgradeAsync()))!;

        bool restores = policy == FailurePolicy.RestoreBackup;
        Assert.That(failure.Applied.Select(result => result.Migration.Version), Is.EqualTo(Enumerable.Range(first, failing - first)));
        Assert.That(failure.Failed!.Version, Is.EqualTo(failing));
        Assert.That(failure.Statement, Does.Contain("INSERT INTO missing"));
        Assert.That(failure.InnerException, Is.TypeOf<SqliteException>().With.Message.Contain("no such table: main.missing").Or.Message.Contain("no such table: missing"));
        Assert.That(failure.BackupPath is null, Is.EqualTo(isNew));
        Assert.That(failure.Message, Does.Contain($"migration {failing} M{failing} ({failing - first + 1} of {Count - first + 1})").And.Contain("missing").And.Contain(file.Path));
        Assert.That(failure.RestoreError, Is.Null);
        if (restores && (failing > first || isNew))
        {
            Assert.That(failure.IsRestored, Is.True);
            file.Snapshot().AssertSameAs(before);
        }
        else
        {
            Assert.That(failure.IsRestored, Is.False);
            Assert.That(file.Applied(), Is.EqualTo(Enumerable.Range(1, failing - 1)));
            Assert.That(file.Scalar<long>($"SELECT count(*) FROM sqlite_schema WHERE name = 't{failing}'"), Is.Zero);
            Assert.That(failure.Message, Does.Contain($"the database is at version {failing - 1}"));
        }

        UpgradeResult corrected = await file.UpgradeAsync(Migrations(0));

        int goesOnAt = failure.IsRestored ? first : failing;
        Assert.That(corrected.Migrations.Select(result => result.Migration.Version), Is.EqualTo(Enumerable.Range(goesOnAt, Count - goesOnAt + 1)));
        Assert.That(file.Applied(), Is.EqualTo(Enumerable.Range(1, Count)));
        Assert.That(file.Scalar<long>("SELECT count(*) FROM t1 JOIN t5 USING (id)"), Is.EqualTo(3));
        AssertReleased(file);
    }

    [Test]
    public async Task UpgradeAsync_thatFailsAtEveryStart_doesNotFillTheDiskWithBackups()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(new MigrationAssembly().Add(1, Table(1)));
        await file.UpgradeAsync(new MigrationAssembly().Add(1, Table(1)).Add(2, Table(2)));
        await using DatabaseMigrator broken = file.Migrator(Migrations(3).Build());

        for (int start = 0; start < 6; start++)
        {
            await Assert.ThrowsAsync<UpgradeFailedException>(() => broken.UpgradeAsync());
        }

        Assert.That(broken.GetBackups().Select(backup => backup.Versions.Single().Version), Is.EqualTo([2, 2, 2, 1]));
    }

    [Test]
    public async Task UpgradeAsync_whenConfigureRunnerChangesTheMigrations_isRefused()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(new MigrationAssembly().Add(1, Table(1)));
        await using DatabaseMigrator filtered = file.Migrator(
            Migrations(0).Build(),
            options => options.ConfigureRunner = runner => runner.Services.Configure<TypeFilterOptions>(filter => filter.Namespace = "Nowhere.At.All"));
        await using DatabaseMigrator extended = file.Migrator(
            Migrations(0).Build(),
            options => options.ConfigureRunner = runner => runner.ScanIn(new MigrationAssembly().Add(100, Table(100)).Build()).For.Migrations());

        await Assert.ThatAsync(
            () => extended.UpgradeAsync(), Throws.TypeOf<MigrationRefusedException>().With.Message.Contains("ConfigureRunner").And.Message.Contains("with 100"));
        await Assert.ThatAsync(() => filtered.UpgradeAsync(), Throws.InstanceOf<MigrationsException>());

        Assert.That(file.Applied(), Is.EqualTo([1]));
    }

    private static void AssertReleased(UpgradeFile file)
    {
        Assert.That(file.Files, Has.None.EndsWith("-wal").And.None.EndsWith("-shm").And.None.EndsWith("-journal").And.None.EndsWith(".holder").And.None.EndsWith(".probe"));
        File.Move(file.Path, file.Path + ".moved");
        Assert.That(OpenFiles.Under(file.Folder), Is.Empty);
    }

    private static string Table(int version) =>
        $"CREATE TABLE t{version}(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t{version}(a) VALUES ('x'), ('y'), (NULL)";

    private static string Drop(int version) => $"DROP TABLE t{version}";

    private static MigrationAssembly Migrations(int failing)
    {
        MigrationAssembly migrations = new();
        for (int version = 1; version <= Count; version++)
        {
            string up = Table(version) + (version == failing ? "; INSERT INTO missing VALUES (1)" : "");
            migrations.Add(version, up, Drop(version));
        }

        return migrations;
    }
}
