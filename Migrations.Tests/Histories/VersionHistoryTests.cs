using System.Collections.Immutable;
using System.Reflection;
using FluentMigrator;
using Migrations.Runner;
using Migrations.Runner.History;
using Migrations.Runner.Upgrade;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Histories;

public sealed class VersionHistoryTests
{
    private static readonly EmittedStep Table = new(1, m => m.Create.Table("t").WithColumn("a").AsInt32().NotNullable(), m => m.Delete.Table("t"));

    private static readonly EmittedStep Row = new(2, m => m.Insert.IntoTable("t").Row(new { a = 1 }), m => m.Delete.FromTable("t").AllRows());

    private static readonly EmittedStep Index = new(3, m => m.Create.Index("ix").OnTable("t").OnColumn("a"), m => m.Delete.Index("ix").OnTable("t"));

    private static readonly EmittedStep Failing = new(2, m => m.Execute.Sql("INSERT INTO missing VALUES (1)"));

    [Test]
    public async Task Upgrade_keepsAFingerprintOfEachVersion()
    {
        using HistoryDatabase file = new();

        await file.UpgradeAsync(EmittedAssembly.Of(Table, Row));

        Assert.That(file.Versions, Is.EqualTo(new[] { 1L, 2L }));
        Assert.That(file.Entries.Select(entry => entry.Module), Is.All.Empty);
        Assert.That(file.Entries.Select(entry => entry.Fingerprint), Is.Unique);
        Assert.That(file.Entries.Select(entry => entry.Fingerprint), Has.All.Match("^1-8\\.0:[0-9a-f]{64}$"));
    }

    [Test]
    public async Task Upgrade_withoutAFingerprint_keepsTheVersion()
    {
        using HistoryDatabase file = new();

        await file.UpgradeAsync(EmittedAssembly.Of(Table, new(2, m => m.Execute.Sql($"INSERT INTO t VALUES (length('{Guid.NewGuid()}'))"))));

        Assert.That(file.Entries[1].Fingerprint, Is.Null);
        Assert.That(file.Database.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(1));
    }

    [Test]
    public async Task Upgrade_thatFails_keepsOnlyWhatIsApplied([Values(1, 2)] int good)
    {
        using HistoryDatabase file = new();
        Assembly assembly = good == 1 ? EmittedAssembly.Of(Table, Failing) : EmittedAssembly.Of(Table, Row, Failing with { Version = 3 });

        await using DatabaseMigrator migrator = file.Migrator(assembly);

        Assert.That(async () => await migrator.UpgradeAsync(), Throws.TypeOf<UpgradeFailedException>());
        Assert.That(file.Versions, Is.EqualTo(Applied(file)));
        Assert.That(file.Versions, Has.Count.EqualTo(good));
    }

    [Test]
    public async Task Upgrade_thatFailsAtOnce_leavesNoTable()
    {
        using HistoryDatabase file = new();
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Failing));

        Assert.That(async () => await migrator.UpgradeAsync(), Throws.TypeOf<UpgradeFailedException>());
        Assert.That(VersionHistory.IsThere(file.Database.Connection), Is.False);
    }

    [Test]
    public async Task Upgrade_inOneTransactionThatFails_keepsNothing()
    {
        using HistoryDatabase file = new();
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Table, Failing), HistoryDatabase.InOneTransaction);

        Assert.That(async () => await migrator.UpgradeAsync(), Throws.TypeOf<UpgradeFailedException>());
        Assert.That(file.Database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name IN ('t', '__VersionHistory')"), Is.Zero);
    }

    [Test]
    public async Task Upgrade_inOneTransaction_keepsEachVersion()
    {
        using HistoryDatabase file = new();

        await file.UpgradeAsync(EmittedAssembly.Of(Table, Row with { Behaviour = TransactionBehavior.None }, Index), HistoryDatabase.InOneTransaction);

        Assert.That(file.Versions, Is.EqualTo(new[] { 1L, 2L, 3L }));
    }

    [Test]
    public async Task Upgrade_withoutATransaction_keepsBothRowsOrNone([Values] bool fails)
    {
        using HistoryDatabase file = new();
        await file.UpgradeAsync(EmittedAssembly.Of(Table));
        if (fails)
        {
            file.Database.Execute("CREATE TRIGGER refuse BEFORE INSERT ON __VersionHistory WHEN new.Version = 2 BEGIN SELECT RAISE(ABORT, 'refused'); END");
        }

        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Table, Row with { Behaviour = TransactionBehavior.None }));
        if (fails)
        {
            Assert.That(async () => await migrator.UpgradeAsync(), Throws.TypeOf<UpgradeFailedException>());
        }
        else
        {
            await migrator.UpgradeAsync();
        }

        Assert.That(file.Versions, Has.Count.EqualTo(fails ? 1 : 2));
        Assert.That(Applied(file), Is.EqualTo(file.Versions));
        Assert.That(file.Database.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(1), "what ran without a transaction stays");
    }

    [Test]
    public async Task MigrateTo_anOlderVersion_forgetsWhatIsTakenBack([Values] TransactionBehavior behaviour)
    {
        using HistoryDatabase file = new();
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Table, Row with { Behaviour = behaviour }, Index));
        await migrator.UpgradeAsync();

        await migrator.MigrateToAsync(1);

        Assert.That(file.Versions, Is.EqualTo(new[] { 1L }));
        Assert.That(Applied(file), Is.EqualTo(new[] { 1L }));
    }

    [Test]
    public async Task MigrateTo_nothing_keepsNoVersion()
    {
        using HistoryDatabase file = new();
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Table, Row, Index));
        await migrator.UpgradeAsync();

        await migrator.MigrateToAsync(0);

        Assert.That(file.Versions, Is.Empty);
        Assert.That(file.Database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 't'"), Is.Zero);
    }

    [Test]
    public async Task MigrateTo_nothing_keepsWhatAnotherModuleHas()
    {
        using HistoryDatabase file = new();
        Assembly other = EmittedAssembly.Of(new EmittedStep(7, m => m.Create.Table("u").WithColumn("a").AsInt32()));
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Table), options => options.Modules.Add("Mail", other));
        await migrator.UpgradeAsync();

        await migrator.MigrateToAsync(0);

        Assert.That(file.Entries.Select(entry => (entry.Module, entry.Version)), Is.EqualTo(new[] { ("Mail", 7L) }));
    }

    [Test]
    public async Task Upgrade_ofWhatFluentMigratorMade_adoptsIt([Values] bool hasOwnTable)
    {
        using HistoryDatabase file = new();
        OwnVersionTable? table = hasOwnTable ? new() : null;
        string name = hasOwnTable ? "applied" : "VersionInfo";
        file.UpgradeWithoutUs(EmittedAssembly.Of(Table, Row), table);
        string query = $"SELECT * FROM \"{name}\" ORDER BY 1";
        IReadOnlyList<object?[]> rows = file.Database.Rows(query);
        IReadOnlyList<object?[]> schema = VersionTables(file);

        await using DatabaseMigrator migrator = DatabaseMigrator.Create(Options(file, EmittedAssembly.Of(Table, Row, Index), table));
        await migrator.UpgradeAsync();

        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(file.Database.Rows(query).Take(2), Is.EqualTo(rows));
        Assert.That(VersionTables(file), Is.EqualTo(schema));
        Assert.That(file.Versions, Is.EqualTo(new[] { 1L, 2L, 3L }));
        Assert.That(file.Entries.Select(entry => entry.Fingerprint), Is.All.Not.Null);
    }

    [Test]
    public async Task Upgrade_withNothingPending_adoptsNothing()
    {
        using HistoryDatabase file = new();
        Assembly assembly = EmittedAssembly.Of(Table);
        file.UpgradeWithoutUs(assembly);

        await file.UpgradeAsync(assembly);

        Assert.That(VersionHistory.IsThere(file.Database.Connection), Is.False);
    }

    [TestCase("CREATE TABLE __versionhistory(a)")]
    [TestCase("CREATE TABLE __VersionHistory(Module, Version, Fingerprint, RecordedOn, Other)")]
    [TestCase("CREATE VIEW __VersionHistory AS SELECT 1")]
    public async Task Upgrade_ofADatabaseWithAnotherTableOfThatName_isRefused(string sql)
    {
        using HistoryDatabase file = new();
        file.UpgradeWithoutUs(EmittedAssembly.Of(Table));
        file.Database.Execute(sql);
        DatabaseSnapshot before = DatabaseSnapshot.Of(file.Database.Connection);
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Table, Row));

        Assert.That(async () => await migrator.UpgradeAsync(), Throws.Exception.With.Message.Contains("__VersionHistory").And.Message.Contains("Rename it"));
        Assert.That(DatabaseSnapshot.Of(file.Database.Connection).DifferencesFrom(before), Is.Empty);
    }

    [Test]
    public async Task Find_afterAnEdit_namesTheMigration()
    {
        using HistoryDatabase file = new();
        await file.UpgradeAsync(EmittedAssembly.Of(Table, Row, Index));

        Assert.That(Edited(file, Table, Row, Index), Is.Empty);
        Assert.That(Edited(file, Table, Row with { Up = m => m.Insert.IntoTable("t").Row(new { a = 2 }) }, Index), Is.EqualTo(new[] { 2L }));
        Assert.That(Edited(file, Table, Index), Is.Empty, "what is gone is unknown, not edited");
    }

    [Test]
    public async Task Upgrade_afterAnEditThatIsAllowed_goesOnReportingIt()
    {
        using HistoryDatabase file = new();
        await file.UpgradeAsync(EmittedAssembly.Of(Table, Row));
        EmittedStep edited = Row with { Up = m => m.Insert.IntoTable("t").Row(new { a = 2 }) };

        await file.UpgradeAsync(EmittedAssembly.Of(Table, edited, Index));

        Assert.That(Edited(file, Table, edited, Index), Is.EqualTo(new[] { 2L }));
    }

    [TestCase("'0-7.0:0123'")]
    [TestCase("'2-9.1:4567'")]
    [TestCase("NULL")]
    public async Task Find_withAFingerprintOfAnotherFormat_saysNothingAndAdoptsAgain(string fingerprint)
    {
        using HistoryDatabase file = new();
        await file.UpgradeAsync(EmittedAssembly.Of(Table, Row));
        string kept = file.Entries[0].Fingerprint!; // The table's migration has one.
        file.Database.Execute($"UPDATE __VersionHistory SET Fingerprint = {fingerprint} WHERE Version = 1");

        Assert.That(Edited(file, Table with { Up = m => m.Create.Table("t").WithColumn("b").AsInt32() }, Row), Is.Empty);

        await file.UpgradeAsync(EmittedAssembly.Of(Table, Row, Index));
        Assert.That(file.Entries[0].Fingerprint, Is.EqualTo(kept));
    }

    [Test]
    public async Task Upgrade_afterSomethingElseTookAVersionBack_forgetsIt()
    {
        using HistoryDatabase file = new();
        await file.UpgradeAsync(EmittedAssembly.Of(Table, Row));
        file.Database.Execute("DELETE FROM VersionInfo WHERE Version = 2");
        EmittedStep edited = Row with { Up = m => m.Insert.IntoTable("t").Row(new { a = 2 }) };

        await file.UpgradeAsync(EmittedAssembly.Of(Table, edited));

        Assert.That(Edited(file, Table, edited), Is.Empty);
        Assert.That(file.Database.Rows("SELECT a FROM t ORDER BY a"), Is.EqualTo(new[] { new object?[] { 1L }, [2L] }));
    }

    [Test]
    public async Task Find_whereAConstructorFails_saysNothing()
    {
        using HistoryDatabase file = new();
        Assembly assembly = EmittedAssembly.Of(Table);
        await file.UpgradeAsync(assembly);
        MigratorSettings settings = MigratorSettings.Of(HistoryDatabase.Options(
            file.Database.ConnectionString, typeof(Runner.Scanned.FirstMigration).Assembly));

        Assert.That(() => EditedMigrations.Find(settings, settings.Modules[0], file.Entries), Throws.Nothing);
    }

    private static DatabaseMigratorOptions Options(HistoryDatabase file, Assembly assembly, OwnVersionTable? table)
    {
        DatabaseMigratorOptions options = HistoryDatabase.Options(file.Database.ConnectionString, assembly);
        if (table is not null)
        {
            options.Assemblies.Clear();
            options.Modules.Add("own", assembly, table, []);
        }

        return options;
    }

    private static IReadOnlyList<object?[]> VersionTables(HistoryDatabase file) => file.Database.Rows(
        "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE tbl_name IN ('applied', 'VersionInfo') ORDER BY name");

    private static ImmutableArray<long> Applied(HistoryDatabase file) =>
        [.. file.Database.Rows("SELECT Version FROM VersionInfo ORDER BY 1").Select(row => (long)row[0]!)];

    private static IEnumerable<long> Edited(HistoryDatabase file, params EmittedStep[] steps)
    {
        MigratorSettings settings = MigratorSettings.Of(HistoryDatabase.Options(file.Database.ConnectionString, EmittedAssembly.Of(steps)));
        return [.. EditedMigrations.Find(settings, settings.Modules[0], file.Entries).Select(migration => migration.Version)];
    }
}
