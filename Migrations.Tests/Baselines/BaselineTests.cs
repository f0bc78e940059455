using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.History;
using Migrations.Tests.Histories;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Baselines;

public sealed class BaselineTests
{
    private static readonly Assembly Application = EmittedAssembly.Of(
        new(1, m => m.Create.Table("track").WithColumn("id").AsInt32().PrimaryKey().Identity().WithColumn("title").AsString(80).NotNullable()),
        new(2, m => m.Create.Index("ix_track_title").OnTable("track").OnColumn("title")),
        new(3, m => m.Alter.Table("track").AddColumn("rating").AsInt32().NotNullable().WithDefaultValue(3)));

    private const string AtTwo = """
        create table track (id integer not null primary key autoincrement, title text not null);
        create index ix_track_title on track (title);
        insert into track (title) values ('one'), ('two');
        """;

    [Test]
    public async Task Baseline_ofTheSameSchema_isWhatUpgradesGoOnFrom()
    {
        using HistoryDatabase file = new();
        file.Database.Execute(AtTwo);
        await using DatabaseMigrator migrator = file.Migrator(Application);
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.Unversioned));

        BaselineResult result = await migrator.BaselineAsync(2);

        Assert.That(result.Migrations.Select(migration => migration.Version), Is.EqualTo(new[] { 1L, 2L }));
        Assert.That(migrator.GetStatus().Modules[0].NewestApplied, Is.EqualTo(2));
        Assert.That(file.Entries.Select(entry => entry.Fingerprint), Has.Exactly(2).Items.And.All.Not.Null);
        Assert.That(file.Database.Rows("SELECT Version, Description, AppliedOn IS NOT NULL FROM VersionInfo ORDER BY 1"), Is.EqualTo(new[] { new object?[] { 1L, "M1", 1L }, [2L, "M2", 1L] }));

        await migrator.UpgradeAsync();
        Assert.That(file.Database.Rows("SELECT id, title, rating FROM track ORDER BY id"), Is.EqualTo(new[] { new object?[] { 1L, "one", 3L }, [2L, "two", 3L] }));
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
    }

    [Test]
    public async Task Baseline_makesTheVersionTableThatFluentMigratorMakes()
    {
        using HistoryDatabase file = new();
        file.Database.Execute(AtTwo);
        using HistoryDatabase other = new();
        other.UpgradeWithoutUs(Application);
        await using DatabaseMigrator migrator = file.Migrator(Application);

        await migrator.BaselineAsync(2);

        const string query = "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = 'VersionInfo' ORDER BY name";
        Assert.That(file.Database.Rows(query), Is.EqualTo(other.Database.Rows(query)).And.Not.Empty);
        file.UpgradeWithoutUs(Application);
        Assert.That(file.Database.Scalar<long>("SELECT sum(rating) FROM track"), Is.EqualTo(6), "FluentMigrator itself goes on from there");
    }

    [TestCase("ALTER TABLE track ADD COLUMN rating INT", "column \"track\".\"rating\": not expected")]
    [TestCase("DROP INDEX ix_track_title", "index \"ix_track_title\": missing")]
    [TestCase("CREATE TABLE other(a)", "table \"other\": not expected")]
    public async Task Baseline_ofAnotherSchema_isRefusedAndChangesNothing(string sql, string difference)
    {
        using HistoryDatabase file = new();
        file.Database.Execute(AtTwo).Execute(sql);
        DatabaseSnapshot before = DatabaseSnapshot.Of(file.Database.Connection);
        await using DatabaseMigrator migrator = file.Migrator(Application);

        UpgradeRefusedException? refused = await Assert.ThrowsAsync<UpgradeRefusedException>(async () => await migrator.BaselineAsync(2));

        Assert.That(refused?.Differences.Select(found => found.ToString()), Is.EqualTo(new[] { difference }));
        Assert.That(refused?.Message, Does.Contain(difference).And.Contain("Nothing was changed"));
        Assert.That(DatabaseSnapshot.Of(file.Database.Connection).DifferencesFrom(before), Is.Empty);
        Assert.That(migrator.GetBackups(), Is.Empty);
    }

    [Test]
    public async Task Baseline_withExtraObjectsAllowed_leavesThem()
    {
        using HistoryDatabase file = new();
        file.Database.Execute(AtTwo).Execute("CREATE TABLE other(a); CREATE INDEX ix_other ON other(a); INSERT INTO other VALUES (1)");
        await using DatabaseMigrator migrator = file.Migrator(Application);

        BaselineResult result = await migrator.BaselineAsync("", 2, new() { AllowExtraObjects = true });

        Assert.That(result.ExtraObjects.Select(extra => extra.Object), Is.EqualTo(new[] { "table \"other\"", "index \"ix_other\"" }));
        Assert.That(file.Database.Scalar<long>("SELECT a FROM other"), Is.EqualTo(1));
        Assert.That(file.Versions, Is.EqualTo(new[] { 1L, 2L }));
    }

    [Test]
    public async Task Baseline_withExtraObjectsAllowed_refusesExtraColumns()
    {
        using HistoryDatabase file = new();
        file.Database.Execute(AtTwo).Execute("ALTER TABLE track ADD COLUMN other INT");
        await using DatabaseMigrator migrator = file.Migrator(Application);

        Assert.That(async () => await migrator.BaselineAsync("", 2, new() { AllowExtraObjects = true }), Throws.TypeOf<UpgradeRefusedException>());
    }

    [Test]
    public async Task Baseline_underMigrationsAlready_isRefusedWithTheVersion()
    {
        using HistoryDatabase file = new();
        await file.UpgradeAsync(Application);
        await using DatabaseMigrator migrator = file.Migrator(Application);

        Assert.That(async () => await migrator.BaselineAsync(2), Throws.TypeOf<UpgradeRefusedException>().With.Message.Contains("at version 3"));
    }

    [Test]
    public async Task Baseline_ofAnEmptyOrMissingFile_isRefused()
    {
        using HistoryDatabase file = new();
        await using DatabaseMigrator empty = file.Migrator(Application);
        Assert.That(async () => await empty.BaselineAsync(2), Throws.TypeOf<UpgradeRefusedException>().With.Message.Contains("an upgrade makes it"));

        string missing = file.Database.Path + "-missing.db";
        await using DatabaseMigrator migrator = DatabaseMigrator.Create($"Data Source={missing}", Application);
        Assert.That(async () => await migrator.BaselineAsync(2), Throws.TypeOf<UpgradeRefusedException>());
        Assert.That(File.Exists(missing), Is.False);
    }

    [TestCase(0)]
    [TestCase(4)]
    public async Task Baseline_atAVersionThatIsNone_throws(long version)
    {
        using HistoryDatabase file = new();
        file.Database.Execute(AtTwo);
        await using DatabaseMigrator migrator = file.Migrator(Application);

        Assert.That(async () => await migrator.BaselineAsync(version), Throws.ArgumentException.With.Message.Contains("no migration"));
        Assert.That(async () => await migrator.BaselineAsync("none", 1), Throws.ArgumentException.With.Message.Contains("no module"));
    }

    [Test]
    public async Task Baseline_makesABackupBefore()
    {
        using HistoryDatabase file = new();
        file.Database.Execute(AtTwo);
        await using DatabaseMigrator migrator = file.Migrator(Application, options => options.Backup.Enabled = true);

        BaselineResult result = await migrator.BaselineAsync(2);

        Assert.That(result.BackupPath, Does.Exist);
        using SqliteConnection backup = new($"Data Source={result.BackupPath};Pooling=False");
        backup.Open();
        Assert.That(backup.Scalar<long>("SELECT count(*) FROM track"), Is.EqualTo(2));
        Assert.That(VersionHistory.IsThere(backup), Is.False);
    }

    [Test]
    public async Task Baseline_ofAModule_expectsWhatOthersHaveApplied()
    {
        using HistoryDatabase file = new();
        Assembly mail = EmittedAssembly.Of(new EmittedStep(1, m => m.Create.Table("mail").WithColumn("a").AsInt32().NotNullable()));
        await file.UpgradeAsync(Application);
        file.Database.Execute("CREATE TABLE mail(a INTEGER NOT NULL)");
        await using DatabaseMigrator migrator = file.Migrator(Application, options => options.Modules.Add("Mail", mail));

        await migrator.BaselineAsync("mail", 1);

        Assert.That(file.Entries.Select(entry => entry.Module), Is.EqualTo(new[] { "", "", "", "Mail" }));
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
    }

    [Test]
    public async Task Baseline_thatCantBeWritten_changesNothing()
    {
        using HistoryDatabase file = new();
        file.Database.Execute(AtTwo);
        DatabaseSnapshot before = DatabaseSnapshot.Of(file.Database.Connection);
        await using DatabaseMigrator migrator = file.Migrator(Application, options => options.BusyTimeout = TimeSpan.Zero);
        using (SqliteTransaction writing = file.Database.Connection.BeginTransaction())
        {
            Assert.That(async () => await migrator.BaselineAsync(2), Throws.Exception);
        }

        Assert.That(DatabaseSnapshot.Of(file.Database.Connection).DifferencesFrom(before), Is.Empty);
    }
}
