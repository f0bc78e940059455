using System.Reflection;
using System.Reflection.Emit;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>Which migrations and which database are meant.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SetupTests
{
    private static readonly SqlMigration[] Migrations = [new(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)")];

    [Test]
    public void File_with_settings_is_found_above_and_its_paths_are_its_own()
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        string below = Directory.CreateDirectory(folder.Path("deep/deeper")).FullName;
        File.WriteAllText(
            folder.Path("migrations.json"),
            """{ "assembly": ["App.dll"], /* comments may be */ "connection": "Data Source=app.db;Foreign Keys=True", "backupFolder": "backups", }""");

        ToolOutcome upgrade = folder.RunIn(below, "upgrade", "--yes");
        ToolOutcome backup = folder.RunIn(below, "backup", "--quiet");
        ToolOutcome other = folder.RunIn(below, "status", "--database", "other.db");

        Assert.That(upgrade.ExitCode, Is.Zero, upgrade.Text);
        Assert.That(File.Exists(folder.Database));
        Assert.That(backup.Output, Is.EqualTo("\"~/backups/app.db-~-MARK.TIME.v1.backup\" is a backup of version 1, N bytes, verified.\n"));
        Assert.That(other.Output, Does.StartWith("\"~/deep/deeper/other.db\" is new and needs 1 migration.\n"));
    }

    [TestCase("""{ "databse": "app.db" }""", "\"~/migrations.json\" has the key \"databse\", which means nothing. The keys are: assembly, project, configuration, modules, setup, database, connection, tags, allow, timeout, backupFolder, keepBackups.")]
    [TestCase("""{ "assembly": "App.dll", "database": 1 }""", "The key \"database\" in \"~/migrations.json\" must be a text.")]
    [TestCase("""{ "modules": ["Jobs.dll"] }""", "The key \"modules\" in \"~/migrations.json\" must be an object, such as { \"jobs\": \"bin/Jobs.dll\" }.")]
    [TestCase("""{ "modules": { "jobs": { "path": "Jobs.dll" } } }""", "The key \"jobs\" in \"~/migrations.json\" must be the path of an assembly, or an object of \"assembly\" and \"after\".")]
    [TestCase("""{ "assembly": "App.dll", "database": "app.db", "modules": { "jobs": { "assembly": "App.dll", "after": "blog" } } }""", "Module \"jobs\" comes after \"blog\", which is no module of this application.")]
    [TestCase("""{ "assembly": "App.dll", "database": "app.db", "allow": "edits" }""", "The key \"allow\" in \"~/migrations.json\" has the word \"edits\", which means nothing. The words are: out-of-order, edited, unknown, newer, missing-module, unversioned.")]
    [TestCase("""{ "assembly": "App.dll", "database": "app.db", "timeout": -1 }""", "--timeout (\"timeout\" in migrations.json) is -1: it must be between 0 and 86400 seconds.")]
    [TestCase("""{ "assembly": "App.dll", "database": "app.db" """, "\"~/migrations.json\" is not JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed. LineNumber: 0 | BytePositionInLine: 46.")]
    [TestCase("[]", "\"~/migrations.json\" must hold one JSON object, such as { \"project\": \"src/App\", \"database\": \"app.db\" }.")]
    [TestCase("""{ "assembly": "App.dll", "project": "." }""", "\"assembly\" and \"project\" in \"~/migrations.json\" both name the migrations: leave one.")]
    [TestCase("""{ "assembly": "App.dll" }""", "No database is named: give --database FILE, or put \"database\" into migrations.json.")]
    [TestCase("{ }", "No migrations are named: give --assembly PATH.dll or --project PATH, or put \"assembly\" or \"project\" into migrations.json.")]
    public void File_with_a_fault_is_refused(string content, string message)
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        File.WriteAllText(folder.Path("migrations.json"), content);

        Assert.That(folder.Run("status").Text, Is.EqualTo($"! {message}\n= 2\n"));
    }

    [Test]
    public void Assembly_without_migrations_is_refused()
    {
        using ToolFolder folder = new ToolFolder().With();

        Assert.That(
            folder.Run(["status", .. ToolFolder.Named]).Text,
            Is.EqualTo("! \"~/App.dll\" holds no migrations: they are public classes with FluentMigrator's [Migration].\n= 2\n"));
    }

    [Test]
    public void Assembly_that_was_built_against_another_version_is_refused()
    {
        using ToolFolder folder = new();
        PersistedAssemblyBuilder later = new(new AssemblyName("FluentMigrator.Abstractions") { Version = new(9, 1, 0) }, typeof(object).Assembly);
        TypeBuilder itsBase = later.DefineDynamicModule("main").DefineType("FluentMigrator.Later", TypeAttributes.Public);
        itsBase.DefineDefaultConstructor(MethodAttributes.Public);
        Type created = itsBase.CreateType();
        PersistedAssemblyBuilder assembly = new(new AssemblyName("App"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("main").DefineType("Newer", TypeAttributes.Public, created);
        type.CreateType();
        assembly.Save(folder.Path("App.dll"));

        Assert.That(
            folder.Run(["status", .. ToolFolder.Named]).Text,
            Does.Match(@"^! ""~/App\.dll"" was built against FluentMigrator\.Abstractions 9\.1\.0, and this tool works with \d+\.\d+\.\d+: use the version of the tool that fits, or build it against that version\.\n= 2\n$"));
    }
}
