using NUnit.Framework;

namespace Migrations.Tests.Cli.New;

[Parallelizable(ParallelScope.All)]
internal sealed class NewTests
{
    private const string User = "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT NOT NULL, quota INTEGER NOT NULL DEFAULT 0)";

    private static readonly SqlMigration[] Migrations =
    [
        new(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT NOT NULL)", "DROP TABLE \"user\""),
        new(2, "AddQuota", "ALTER TABLE \"user\" ADD COLUMN quota INTEGER NOT NULL DEFAULT 0", "ALTER TABLE \"user\" DROP COLUMN quota"),
        new(3, "AddLog", "CREATE TABLE log (line TEXT UNIQUE)", "DROP TABLE log"),
    ];

    [Test]
    public void Session_is_as_approved()
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        File.WriteAllText(folder.Path("migrations.json"), """{ "assembly": "App.dll", "database": "app.db" }""");
        File.WriteAllText(folder.Path("same.sql"), $"-- 1 CreateUser\n\n{User};\nCREATE TABLE log (\n    line TEXT UNIQUE\n);\n");
        File.WriteAllText(folder.Path("conflict.sql"), $"{User}; CREATE TABLE log (line TEXT UNIQUE ON CONFLICT IGNORE, at INTEGER)");
        File.WriteAllText(folder.Path("wrong.sql"), $"{User};\n\nCREATE TABLE log (\n    line TEXT UNIQUE,,\n    at INTEGER\n);");
        File.WriteAllText(folder.Path("missing.sql"), $"{User};\n-- what there is not\nINSERT INTO log VALUES (1);\nSELECT 1");
        File.WriteAllText(folder.Path("attach.sql"), $"{User};\nATTACH 'other.db' AS other;");
        File.WriteAllText(folder.Path("4_There.cs"), "// Somebody's.");

        Transcript.AssertSame(folder, "new");

        Assert.That(File.ReadAllText(folder.Path("4_There.cs")), Is.EqualTo("// Somebody's."));
        Assert.That(Directory.GetFiles(folder.Path("migrations")).Select(Path.GetFileName), Is.EqualTo(["4_AddState.cs"]));
        Assert.That(File.Exists(folder.Path("other.db")), Is.False);
    }
}
