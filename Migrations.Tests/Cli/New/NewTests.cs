using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
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

    [TestCase(20_200_229_235_959, "yyyyMMddHHmmss")]
    [TestCase(202_002_292_359, "yyyyMMddHHmm")]
    [TestCase(20_200_229, "yyyyMMdd")]
    [TestCase(20_200_229_99, "yyyyMMdd'01'")]
    public void Version_is_the_moment_where_the_newest_one_is(long newest, string style)
    {
        using ToolFolder folder = new ToolFolder().With(new SqlMigration(newest, "First", "SELECT 1"));
        DateTime before = DateTime.UtcNow;

        ToolOutcome outcome = folder.Run("new", "Second", "--assembly", "App.dll", "--print", "--json");

        Assert.That(
            outcome.Json.GetProperty("result").GetProperty("version").GetInt64(),
            Is.InRange(Version(before, style), Version(DateTime.UtcNow, style)));
    }

    [TestCase(21_991_231_235_959, 21_991_231_235_960)]
    [TestCase(99_999_999, 100_000_000)]
    public void Version_is_above_the_newest_one(long newest, long next)
    {
        using ToolFolder folder = new ToolFolder().With(new SqlMigration(newest, "First", "SELECT 1"));

        ToolOutcome outcome = folder.Run("new", "Second", "--assembly", "App.dll", "--print", "--json");

        Assert.That(outcome.Json.GetProperty("result").GetProperty("version").GetInt64(), Is.EqualTo(next));
    }

    [Test]
    public void Version_above_the_highest_number_is_refused()
    {
        using ToolFolder folder = new ToolFolder().With(new SqlMigration(long.MaxValue, "Last", "SELECT 1"));

        Assert.That(
            folder.Run("new", "Later", "--assembly", "App.dll").Text,
            Is.EqualTo("! No version is above 9223372036854775807, the newest one: give that migration a lower one.\n= 2\n"));
    }

    [Test]
    public void Database_to_lead_to_is_left_as_it_is()
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        using SqliteConnection writer = folder.Open();
        writer.Execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE log (line TEXT UNIQUE, at INTEGER); INSERT INTO log VALUES ('a', 1)");
        writer.Execute("BEGIN IMMEDIATE; INSERT INTO log VALUES ('b', 2)");
        byte[] file = Bytes(folder.Database);
        byte[] log = Bytes(folder.Database + "-wal");

        ToolOutcome outcome = folder.Run("new", "Shrink", "--from-database", "app.db", "--assembly", "App.dll", "--print");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.Text);
        Assert.That(outcome.Output, Does.Contain("[LosesData(").And.Contain("Delete.Table(\"user\")").And.Contain(".AddColumn(\"at\""));
        Assert.That(log, Is.Not.Empty);
        Assert.That(Bytes(folder.Database), Is.EqualTo(file));
        Assert.That(Bytes(folder.Database + "-wal"), Is.EqualTo(log));
    }

    private static byte[] Bytes(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static long Version(DateTime time, string style) =>
        long.Parse(time.ToString(style, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
