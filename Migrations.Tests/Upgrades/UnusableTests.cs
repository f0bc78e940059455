using System.Globalization;
using FluentMigrator;
using FluentMigrator.Runner.Initialization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Upgrades;

/// <summary>What is wrong with the file, the disk or its other users, before, within and after the migrations.</summary>
internal sealed class UnusableTests
{
    private static MigrationAssembly First => new MigrationAssembly().Add(1, "CREATE TABLE t1(a); INSERT INTO t1 VALUES (1), (2)");

    [Test]
    public async Task UpgradeAsync_whileAnotherWrites_changesNothingAndSaysSo()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        using SqliteConnection writer = file.Open();
        writer.Execute("BEGIN IMMEDIATE; INSERT INTO t1 VALUES (3)");
        await using DatabaseMigrator migrator = file.Migrator(
            First.Add(2, "CREATE TABLE t2(a)").Build(), options => options.BusyTimeout = TimeSpan.FromSeconds(1));

        DatabaseUnusableException error = (await Assert.ThrowsAsync<DatabaseUnusableException>(() => migrator.UpgradeAsync()))!;

        writer.Execute("COMMIT");
        Assert.That(error.Problem, Is.EqualTo(DatabaseProblem.Busy));
        Assert.That(error.Message, Does.Contain("1 second").And.Contain(file.Path));
        Assert.That(file.Files, Has.None.EndsWith(".backup"));
        Assert.That(file.Applied(), Is.EqualTo([1]));
        Assert.That((await migrator.UpgradeAsync()).To[0].Version, Is.EqualTo(2));
    }

    [Test]
    public async Task UpgradeAsync_whenAnotherWritesBetweenMigrations_failsWithTheReason()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        using SqliteConnection writer = file.Open();
        await using DatabaseMigrator migrator = file.Migrator(
            First.Add(2, "CREATE TABLE t2(a)").Add(3, "CREATE TABLE t3(a)").Build(), options => options.BusyTimeout = TimeSpan.FromSeconds(1));
        bool isWriting = false;
        ActionProgress progress = new(report =>
        {
            if (report.Migration?.Version == 3 && !isWriting)
            {
                isWriting = true;
                writer.Execute("BEGIN IMMEDIATE");
            }
        });

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(() => migrator.UpgradeAsync(progress)))!;

        writer.Execute("ROLLBACK");
        Assert.That(failure.InnerException, Is.TypeOf<DatabaseUnusableException>().With.Property(nameof(DatabaseUnusableException.Problem)).EqualTo(DatabaseProblem.Busy));
        Assert.That(failure.InnerException!.InnerException, Is.TypeOf<SqliteException>());
        Assert.That(failure.Failed!.Version, Is.EqualTo(3));
        Assert.That(file.Applied(), Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task UpgradeAsync_whenAMigrationDamagesTheFile_putsTheBackupBack()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        DatabaseSnapshot before = file.Snapshot();
        const string Damage = """
            CREATE TABLE t2(a);
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 't1') WHERE name = 't2';
            PRAGMA writable_schema = OFF;
            """;

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(() => file.UpgradeAsync(First.Add(2, Damage))))!;

        Assert.That(failure.InnerException, Is.TypeOf<DatabaseUnusableException>().With.Property(nameof(DatabaseUnusableException.Problem)).EqualTo(DatabaseProblem.Damaged));
        Assert.That(failure.Failed, Is.Null);
        Assert.That(failure.Applied.Select(result => result.Migration.Version), Is.EqualTo([2]));
        Assert.That(failure.IsRestored, Is.True);
        file.Snapshot().AssertSameAs(before);
    }

    [Test]
    public async Task UpgradeAsync_whenRestoringFailsToo_keepsBothErrors()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        MigrationAssembly migrations = First.Add(2, "CREATE TABLE t2(a)").Add(3, migration => migration.Execute.WithConnection((_, _) =>
        {
            foreach (string backup in Directory.GetFiles(file.Folder, "*.backup"))
            {
                File.WriteAllText(backup, "no database any more");
            }

            throw new InvalidOperationException("the first error");
        }));

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(
            () => file.UpgradeAsync(migrations, options => options.OnFailure = FailurePolicy.RestoreBackup)))!;

        Assert.That(failure.InnerException, Is.TypeOf<InvalidOperationException>().With.Message.EqualTo("the first error"));
        Assert.That(failure.InnerException!.Data.Values.Cast<object>(), Has.Some.Contains(failure.RestoreError!.Message));
        Assert.That(failure.IsRestored, Is.False);
        Assert.That(failure.Message, Does.Contain("the first error").And.Contain(failure.RestoreError.Message).And.Contain(failure.BackupPath).And.Contain("version 2"));
        Assert.That(file.Applied(), Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task UpgradeAsync_withoutATransactionFailing_saysThatAPartStaysOrRestores([Values] FailurePolicy policy)
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        MigrationAssembly migrations = First.Add(
            2,
            migration =>
            {
                migration.Execute.Sql("INSERT INTO t1 VALUES (3)");
                migration.Execute.Sql("INSERT INTO missing VALUES (1)");
            },
            behaviour: TransactionBehavior.None);

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(
            () => file.UpgradeAsync(migrations, options => options.OnFailure = policy)))!;

        Assert.That(failure.IsRestored, Is.EqualTo(policy == FailurePolicy.RestoreBackup));
        Assert.That(file.Scalar<long>("SELECT count(*) FROM t1"), Is.EqualTo(failure.IsRestored ? 2 : 3));
        Assert.That(failure.Message, Does.Contain(failure.IsRestored ? "put back as it was before" : "a part of it"));
    }

    [Test]
    public async Task UpgradeAsync_inOneTransaction_reportsNothingAppliedWhenItFails()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        MigrationAssembly migrations = First.Add(2, "CREATE TABLE t2(a)").Add(3, "INSERT INTO missing VALUES (1)");

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(() => file.UpgradeAsync(
            migrations,
            options => options.ConfigureRunner = runner => runner.Services.Configure<RunnerOptions>(session => session.TransactionPerSession = true))))!;

        Assert.That(failure.Applied, Is.Empty);
        Assert.That(failure.Failed!.Version, Is.EqualTo(3));
        Assert.That(failure.Message, Does.Contain("the database is at version 1"));
        Assert.That(file.Applied(), Is.EqualTo([1]));
    }

    [Test]
    public async Task UpgradeAsync_givesItsApplicationIdToANewDatabaseAndToOneWithout()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        Assert.That(file.Scalar<long>("PRAGMA application_id"), Is.Zero);

        await file.UpgradeAsync(First.Add(2, "CREATE TABLE t2(a)"), options => options.ApplicationId = 77);

        Assert.That(file.Scalar<long>("PRAGMA application_id"), Is.EqualTo(77));
        await Assert.ThrowsAsync<UpgradeRefusedException>(
            () => file.UpgradeAsync(First.Add(2, "CREATE TABLE t2(a)").Add(3, "CREATE TABLE t3(a)"), options => options.ApplicationId = 78));
        using UpgradeFile fresh = new();
        await fresh.UpgradeAsync(First, options => options.ApplicationId = -5);
        Assert.That(fresh.Scalar<long>("PRAGMA application_id"), Is.EqualTo(-5));
    }

    [Test]
    public async Task UpgradeAsync_refused_writesNothingBesideTheFile()
    {
        using UpgradeFile file = new();
        File.WriteAllText(file.Path, string.Join('\n', Enumerable.Range(0, 500).Select(line => line.ToString(CultureInfo.InvariantCulture))));
        byte[] before = await File.ReadAllBytesAsync(file.Path);

        DatabaseUnusableException error = (await Assert.ThrowsAsync<DatabaseUnusableException>(() => file.UpgradeAsync(First)))!;

        Assert.That(error.Problem, Is.EqualTo(DatabaseProblem.NotADatabase));
        Assert.That(file.Files, Is.EqualTo([Path.GetFileName(file.Path)]));
        Assert.That(await File.ReadAllBytesAsync(file.Path), Is.EqualTo(before));
    }

    [Test]
    public async Task UpgradeAsync_ofADatabaseInMemory_upgradesOnceForTwoMigrators()
    {
        string name = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        using SqliteConnection keeper = new(name);
        keeper.Open();
        DatabaseMigratorOptions options = new() { ConnectionString = name };
        options.Assemblies.Add(First.Add(2, "CREATE TABLE t2(a)").Build());
        await using DatabaseMigrator one = DatabaseMigrator.Create(options);
        await using DatabaseMigrator two = DatabaseMigrator.Create(options);

        UpgradeResult[] results = await Task.WhenAll(one.UpgradeAsync(), two.UpgradeAsync());

        Assert.That(results.Select(result => result.Migrations.Count).Order(), Is.EqualTo([0, 2]));
        Assert.That(keeper.Scalar<long>("SELECT count(*) FROM t1"), Is.EqualTo(2));
    }
}
