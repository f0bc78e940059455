using System.Reflection;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Modules;

/// <summary>Modules whose history is in a table of their own shape.</summary>
public sealed class ModuleVersionTableTests
{
    private const string Histories = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'VersionInfo%' ORDER BY name";

    [Test]
    public async Task A_version_table_of_the_modules_own_is_used()
    {
        using DatabaseFolder file = new();
        await using DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Assemblies.Add(ModuleTests.Creates("own", 1));
            options.Modules.Add("acme", ModuleTests.Creates("acme", 1, 2), new CopiedVersionTable(), []);
        });

        Assert.That(migrator.Plan().Migrations, Has.Count.EqualTo(3));
        await migrator.UpgradeAsync();

        Assert.That(file.Rows("SELECT Number, What FROM AcmeHistory ORDER BY 1"), Is.EqualTo(new[] { new object[] { 1L, "M1" }, new object[] { 2L, "M2" } }));
        Assert.That(file.Rows(Histories).Select(row => row[0]), Is.EqualTo(new[] { "VersionInfo" }));
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That((await migrator.UpgradeAsync()).Migrations, Is.Empty);
    }

    [Test]
    public async Task A_history_that_a_module_had_by_itself_goes_on()
    {
        using DatabaseFolder file = new();
        Assembly library = ModuleTests.Creates("acme", 1, 2, 3);
        file.Execute("CREATE TABLE AcmeHistory (Number INTEGER NOT NULL, DoneOn DATETIME, What TEXT); CREATE UNIQUE INDEX UX_AcmeHistory ON AcmeHistory (Number);"
            + "INSERT INTO AcmeHistory VALUES (1, '2020-01-01', 'before'); CREATE TABLE acme1 (id INTEGER PRIMARY KEY); INSERT INTO acme1 VALUES (5)");
        await using DatabaseMigrator migrator = file.Migrator(options => options.Modules.Add("acme", library, new CopiedVersionTable(), []));

        UpgradeResult result = await migrator.UpgradeAsync();

        Assert.That(result.Migrations.Select(migration => migration.Migration.Version), Is.EqualTo(new[] { 2, 3 }));
        Assert.That(file.Rows("SELECT id FROM acme1").Single()[0], Is.EqualTo(5));
    }

    [Test]
    public async Task A_class_in_the_modules_assembly_that_describes_its_version_table_is_honoured()
    {
        using DatabaseFolder file = new();
        Assembly library = EmittedAssembly.WithVersionTable(typeof(CopiedVersionTable), new EmittedStep(1, m => m.Execute.Sql("CREATE TABLE acme (a)")));
        await using DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Assemblies.Add(ModuleTests.Creates("own", 1));
            options.Modules.Add("acme", library);
        });

        await migrator.UpgradeAsync();

        Assert.That(file.Rows("SELECT Number FROM AcmeHistory").Single()[0], Is.EqualTo(1));
        Assert.That(file.Rows(Histories).Select(row => row[0]), Is.EqualTo(new[] { "VersionInfo" }));
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
    }
}
