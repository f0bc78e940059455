using System.Text.Json;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class JsonTests
{
    [Test]
    public void Answers_are_one_object_of_the_documented_shape()
    {
        using ToolFolder folder = new();
        string[] named = ["--json", "--assembly", ToolFolder.MailServer, "--database", "app.db"];

        ToolOutcome fresh = folder.Run(["status", .. named]);
        ToolOutcome refused = folder.Run(["upgrade", .. named]);
        ToolOutcome upgrade = folder.Run(["upgrade", "--to", "5", "--yes", .. named]);
        ToolOutcome backup = folder.Run(["backup", "first.db", .. named]);
        ToolOutcome status = folder.Run(["status", .. named]);

        Assert.That(Properties(fresh.Json), Is.EqualTo(["verb", "exitCode", "result", "error"]));
        Assert.That(Properties(fresh.Json.GetProperty("result")), Is.EqualTo(["database", "state", "problem", "message", "modules", "backups"]));
        Assert.That(fresh.Json.GetProperty("result").GetProperty("state").GetString(), Is.EqualTo("new"));
        Assert.That(fresh.Json.GetProperty("exitCode").GetInt32(), Is.EqualTo(4).And.EqualTo(fresh.ExitCode));

        Assert.That(refused.Json.GetProperty("result").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            Properties(refused.Json.GetProperty("error")),
            Is.EqualTo(["kind", "message", "state", "problem", "failed", "statement", "backup", "applied"]));
        Assert.That(refused.Json.GetProperty("error").GetProperty("kind").GetString(), Is.EqualTo("refused"));
        Assert.That(refused.ExitCode, Is.EqualTo(3));

        JsonElement done = upgrade.Json.GetProperty("result");
        Assert.That(Properties(done), Is.EqualTo(["database", "from", "to", "migrations", "backup", "milliseconds"]));
        Assert.That(done.GetProperty("to")[0].GetProperty("version").GetInt64(), Is.EqualTo(5));
        Assert.That(
            done.GetProperty("migrations").EnumerateArray().Select(migration => migration.GetProperty("version").GetInt64()), Is.EqualTo([1, 2, 3, 4, 5]));
        Assert.That(
            done.GetProperty("migrations")[4].GetProperty("alterations")[0].GetProperty("strategies")[0].GetString(), Is.EqualTo("inPlace"));

        Assert.That(Properties(backup.Json.GetProperty("result")), Is.EqualTo(["path", "createdAt", "size", "versions"]));
        Assert.That(
            status.Json.GetProperty("result").GetProperty("modules")[0].GetProperty("migrations").EnumerateArray()
                .GroupBy(migration => migration.GetProperty("state").GetString())
                .Select(group => $"{group.Count()} {group.Key}"),
            Is.EqualTo(["5 applied", "28 pending"]));
    }

    [Test]
    public void Arguments_that_make_no_sense_are_an_object_too()
    {
        using ToolFolder folder = new();

        ToolOutcome nothing = folder.Run("--json");
        ToolOutcome wrong = folder.Run("upgrade", "--to", "two", "--json");

        Assert.That(nothing.Json.GetProperty("verb").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(wrong.Json.GetProperty("verb").GetString(), Is.EqualTo("upgrade"));
        Assert.That(wrong.Json.GetProperty("error").GetProperty("kind").GetString(), Is.EqualTo("usage"));
        Assert.That((nothing.ExitCode, wrong.ExitCode), Is.EqualTo((2, 2)));
    }

    private static IEnumerable<string> Properties(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
