using System.Text.Json;
using Migrations.Tests.Scripting;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli.Scripts;

/// <summary>The verb script: what it writes runs in the shell as it stands.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ScriptVerbTests
{
    [Test]
    public void Script_for_a_new_database_that_the_shell_makes_is_what_the_tool_calls_up_to_date([Values] bool isToFile)
    {
        SqliteShell.Require();
        using ToolFolder folder = new();
        string[] named = ["script", "--assembly", ToolFolder.MailServer, "--to", "22"];

        ToolOutcome made = isToFile ? folder.Run([.. named, "--output", "up.sql"]) : folder.Run(named);
        string sql = isToFile ? File.ReadAllText(folder.Path("up.sql")) : made.Output;

        Assert.That(made.ExitCode, Is.Zero, made.Error);
        Assert.That(made.Error, Is.Empty);
        ShellOutcome ran = SqliteShell.Run(folder.Database, sql);
        Assert.That(ran.Error, Is.Empty);
        Assert.That(ran.Output, Is.Empty);
        Assert.That(folder.Run("verify", "--assembly", ToolFolder.MailServer, "--database", "app.db").ExitCode, Is.Zero);
        Assert.That(folder.Run("status", "--json", "--assembly", ToolFolder.MailServer, "--database", "app.db").Json.GetProperty("result").GetProperty("modules")[0].GetProperty("applied").GetInt64(), Is.EqualTo(22));
    }

    [Test]
    public void Session_is_as_approved()
    {
        using ToolFolder folder = new ToolFolder().With(
            new SqlMigration(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT NOT NULL)", "DROP TABLE \"user\""),
            new SqlMigration(2, "AddQuota", "ALTER TABLE \"user\" ADD COLUMN quota INTEGER NOT NULL DEFAULT 0", "ALTER TABLE \"user\" DROP COLUMN quota"),
            new SqlMigration(3, "Index", "CREATE INDEX by_email ON \"user\" (email)", "DROP INDEX by_email"));
        File.WriteAllText(folder.Path("migrations.json"), """{ "assembly": "App.dll", "database": "app.db" }""");

        Transcript.AssertSame(folder, "script");
    }

    [Test]
    public void Json_holds_the_script_with_its_versions_and_migrations()
    {
        using ToolFolder folder = new ToolFolder().With(new SqlMigration(1, "One", "CREATE TABLE one (a)"), new SqlMigration(2, "Two", "CREATE TABLE two (a)"));

        JsonElement result = folder.Run("script", "--assembly", "App.dll", "--from", "1", "--json").Json.GetProperty("result");

        Assert.That(result.GetProperty("from").GetInt64(), Is.EqualTo(1));
        Assert.That(result.GetProperty("to").GetInt64(), Is.EqualTo(2));
        Assert.That(result.GetProperty("database").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(result.GetProperty("migrations").EnumerateArray().Single().GetProperty("name").GetString(), Is.EqualTo("Two"));
        Assert.That(result.GetProperty("sql").GetString(), Does.Contain("CREATE TABLE two (a); /*"));
    }

    [Test]
    public void Script_with_code_ends_with_3_and_names_the_migration()
    {
        using ToolFolder folder = new();

        ToolOutcome made = folder.Run("script", "--assembly", ToolFolder.MailServer);

        Assert.That(made.ExitCode, Is.EqualTo(3));
        Assert.That(made.Output, Is.Empty);
        Assert.That(made.Error, Does.Contain("There can be no script with migration 23").And.Contain("--from, --to"));
    }

    [Test]
    public void Script_that_fails_in_the_shell_leaves_the_database_as_it_was()
    {
        SqliteShell.Require();
        using ToolFolder folder = new ToolFolder().With(
            new SqlMigration(1, "One", "CREATE TABLE one (a INTEGER PRIMARY KEY)"),
            new SqlMigration(2, "Two", "INSERT INTO one VALUES (2); INSERT INTO one VALUES (1)"));
        folder.Run(["upgrade", .. ToolFolder.Named, "--to", "1", "--quiet", "--yes"]);
        folder.Execute("INSERT INTO one VALUES (1)");
        ToolOutcome made = folder.Run(["script", .. ToolFolder.Named]);
        DatabaseSnapshot before = folder.Snapshot();

        ShellOutcome ran = SqliteShell.Run(folder.Database, made.Output);

        Assert.That(ran.ExitCode, Is.EqualTo(1));
        folder.Snapshot().AssertSameAs(before);
    }
}
