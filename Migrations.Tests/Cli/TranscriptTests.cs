using NUnit.Framework;

namespace Migrations.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class TranscriptTests
{
    private static readonly SqlMigration[] Migrations =
    [
        new(
            1,
            "CreateUser",
            "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT NOT NULL, note TEXT); CREATE INDEX by_email ON \"user\" (email);",
            "DROP TABLE \"user\""),
        new(2, "AddQuota", "ALTER TABLE \"user\" ADD COLUMN quota INTEGER NOT NULL DEFAULT 0", "ALTER TABLE \"user\" DROP COLUMN quota"),
        new(3, "DropNote", "ALTER TABLE \"user\" DROP COLUMN note", "ALTER TABLE \"user\" ADD COLUMN note TEXT", "nobody reads notes"),
    ];

    [Test]
    public void Session_is_as_approved(
        [Values("upgrade", "backup", "failures", "usage", "help", "plan", "rehearse", "verify", "schema")] string name)
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        SqlMigrations.Write(folder.Path("Failing.dll"), [.. Migrations, new(4, "Fails", "INSERT INTO \"user\" (email) VALUES (NULL)")]);
        File.WriteAllText(folder.Path("migrations.json"), """{ "assembly": "App.dll", "database": "app.db" }""");

        Transcript.AssertSame(folder, name);
    }
}
