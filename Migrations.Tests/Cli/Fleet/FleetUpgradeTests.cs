using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli.Fleet;

[Parallelizable(ParallelScope.All)]
internal sealed class FleetUpgradeTests
{
    private static readonly SqlMigration AddIndex = new(3, "AddIndex", "CREATE INDEX by_email ON user (email)");

    [Test]
    public void Thousand_files_of_which_one_is_damaged_and_one_is_locked()
    {
        string[] names = [.. Enumerable.Range(1, 1000).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number:0000}.db"))];
        using ToolFolder folder = FleetTenants.Make(AddIndex, names);
        byte[] damaged = FleetTenants.Damage(folder, "0300.db");
        DatabaseSnapshot locked = FleetTenants.Snapshot(folder, "0700.db");
        string[] arguments = ["fleet", "upgrade", "tenants/*.db", "--assembly", "App.dll", "--timeout", "1", "--yes", "--json"];
        ToolOutcome first;
        using (SqliteConnection other = FleetTenants.Open(folder, "0700.db"))
        {
            other.Execute("BEGIN IMMEDIATE");
            first = folder.Run(arguments);
            other.Execute("ROLLBACK");
        }

        FleetTenants.Snapshot(folder, "0700.db").AssertSameAs(locked);
        ToolOutcome second = folder.Run(arguments);

        Assert.That(Files(first, "failed"), Is.EqualTo(["~/tenants/0300.db"]));
        Assert.That(Files(first, "locked"), Is.EqualTo(["~/tenants/0700.db"]));
        Assert.That(Files(first, "upgraded"), Is.EqualTo(names.Where(name => name is not ("0300.db" or "0700.db")).Select(name => $"~/tenants/{name}")));
        Assert.That(File.ReadAllBytes(folder.Path("tenants/0300.db")), Is.EqualTo(damaged));
        Assert.That(Files(second, "upgraded"), Is.EqualTo(["~/tenants/0700.db"]));
        Assert.That(Files(second, "failed"), Is.EqualTo(["~/tenants/0300.db"]));
        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(names.Where(name => name is not "0300.db").Select(name => FleetTenants.State(folder, name)), Is.All.EqualTo((3, FleetTenants.Rows)));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Signals are sent by kill.")]
    public void Cancelled_in_the_middle_every_file_is_at_a_whole_version_and_another_run_finishes()
    {
        SqlMigration endless = new(
            3,
            "Endless",
            "ALTER TABLE user ADD COLUMN half TEXT; CREATE TABLE big AS WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < "
            + "(SELECT CASE WHEN EXISTS (SELECT 1 FROM user WHERE note = 'endless') THEN 1000000000000 ELSE 3 END)) SELECT n FROM counted");
        using ToolFolder folder = FleetTenants.Make(endless, ["a.db", "b.db", "c.db"]);
        Execute(folder, "b.db", "UPDATE user SET note = 'endless' WHERE id = 1");
        DatabaseSnapshot before = FleetTenants.Snapshot(folder, "b.db");
        string[] arguments = ["fleet", "upgrade", "tenants/*.db", "--assembly", "App.dll", "--parallel", "1", "--json", "--report", "report.jsonl"];
        using Process process = folder.Start(arguments);
        Assert.That(process.StandardError.ReadLine(), Does.StartWith("[1/3] tenants/a.db: 2 -> 3 in "));
        while (Directory.GetFiles(folder.Path("tenants"), "b.db.*.backup").Length == 0)
        {
            Assert.That(process.HasExited, Is.False);
            Thread.Sleep(1);
        }

        Signals.Send(process, "TERM");
        ToolOutcome first = folder.End(process);
        FleetTenants.Snapshot(folder, "b.db").AssertSameAs(before);
        Execute(folder, "b.db", "UPDATE user SET note = NULL");
        ToolOutcome second = folder.Run(arguments);

        Assert.That(first.ExitCode, Is.EqualTo(130).And.EqualTo(first.Json.GetProperty("exitCode").GetInt32()));
        Assert.That((Files(first, "upgraded"), Files(first, "cancelled"), Files(first, "notBegun")), Is.EqualTo(((string[])["~/tenants/a.db"], (string[])["~/tenants/b.db"], (string[])["~/tenants/c.db"])));
        Assert.That(second.ExitCode, Is.Zero);
        Assert.That((Files(second, "upToDate"), Files(second, "upgraded")), Is.EqualTo(((string[])["~/tenants/a.db"], (string[])["~/tenants/b.db", "~/tenants/c.db"])));
        Assert.That(
            File.ReadLines(folder.Path("report.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("result").GetProperty("outcome").GetString()),
            Is.EqualTo(["upgraded", "cancelled", "upToDate", "upgraded", "upgraded"]));
    }

    [Test]
    public void Answers_are_one_object_of_the_documented_shape()
    {
        using ToolFolder folder = FleetTenants.Make(AddIndex, ["a.db", "b.db"]);
        FleetTenants.Damage(folder, "b.db");

        ToolOutcome status = folder.Run("fleet", "status", "tenants/*.db", "--assembly", "App.dll", "--json");
        ToolOutcome upgrade = folder.Run("fleet", "upgrade", "tenants/*.db", "--assembly", "App.dll", "--json", "--quiet");

        Assert.That(status.Json.GetProperty("verb").GetString(), Is.EqualTo("fleet status"));
        Assert.That(Properties(status.Json.GetProperty("result")), Is.EqualTo(["files"]));
        Assert.That(
            Properties(status.Json.GetProperty("result").GetProperty("files")[0]),
            Is.EqualTo(["file", "state", "problem", "message", "versions", "pending", "losses"]));
        Assert.That(status.ExitCode, Is.EqualTo(1));

        JsonElement result = upgrade.Json.GetProperty("result");
        Assert.That(upgrade.Json.GetProperty("verb").GetString(), Is.EqualTo("fleet upgrade"));
        Assert.That(Properties(result), Is.EqualTo(["files", "counts", "milliseconds"]));
        Assert.That(Properties(result.GetProperty("counts")), Is.EqualTo(["upgraded", "upToDate", "failed", "locked", "refused", "cancelled", "notBegun"]));
        Assert.That(
            Properties(result.GetProperty("files")[0]), Is.EqualTo(["file", "outcome", "from", "to", "milliseconds", "backup", "message", "problem", "failed"]));
        Assert.That(result.GetProperty("files")[1].GetProperty("problem").GetString(), Is.EqualTo("damaged"));
        Assert.That((upgrade.ExitCode, upgrade.Error), Is.EqualTo((1, "")));
    }

    private static void Execute(ToolFolder folder, string name, string sql)
    {
        using SqliteConnection connection = FleetTenants.Open(folder, name);
        connection.Execute(sql);
    }

    private static string[] Files(ToolOutcome outcome, string wanted) =>
    [
        .. outcome.Json.GetProperty("result").GetProperty("files").EnumerateArray()
            .Where(file => file.GetProperty("outcome").GetString() == wanted).Select(file => file.GetProperty("file").GetString()!), // Each has one.
    ];

    private static IEnumerable<string> Properties(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
