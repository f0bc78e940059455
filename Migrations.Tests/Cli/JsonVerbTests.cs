using System.Collections.Immutable;
using System.Text.Json;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>What holds for every verb.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class JsonVerbTests
{
    private static readonly ImmutableArray<(string Verb, string Arguments)> Successful =
    [
        ("status", ""), ("plan", ""), ("upgrade", "--yes"), ("downgrade", "--to 1 --yes"), ("backup", "safe.db"), ("backups", ""), ("restore", "before.db --yes"),
        ("verify", ""), ("schema", ""), ("new", "AddQuota --print"), ("rehearse", ""), ("script", ""),
        ("fleet status", "app.db"), ("fleet upgrade", "app.db --yes"),
    ];

    private static readonly SqlMigration[] Migrations =
    [
        new(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)", "DROP TABLE \"user\""),
        new(2, "CreateGroup", "CREATE TABLE \"group\" (id INTEGER PRIMARY KEY)", "DROP TABLE \"group\"", "it says so"),
    ];

    private static IEnumerable<string> Verbs => ToolAssembly.Verbs;

    [TestCaseSource(nameof(Verbs))]
    public void Answer_is_one_object_and_a_quiet_verb_says_nothing_else(string verb)
    {
        string arguments = Successful.Where(one => one.Verb == verb).Select(one => one.Arguments).FirstOrDefault()
            ?? throw new InvalidOperationException($"Add arguments with which `{verb}` succeeds.");
        using ToolFolder folder = new ToolFolder().With(Migrations);
        folder.Run(["upgrade", "--to", verb is "downgrade" ? "2" : "1", "--yes", .. ToolFolder.Named]);
        File.Copy(folder.Database, folder.Path("before.db"));

        ToolOutcome outcome = folder.Run([.. verb.Split(' '), "--json", "--quiet", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. Named(verb)]);

        AssertObject(outcome, verb, JsonValueKind.Object, JsonValueKind.Null);
        Assert.That(outcome.Error, Is.Empty);
    }

    [TestCaseSource(nameof(Verbs))]
    public void Error_is_one_object_too(string verb)
    {
        using ToolFolder folder = new();

        ToolOutcome outcome = folder.Run([.. verb.Split(' '), "--json", "--assembly", "Nothing.dll", "--database", "app.db"]);

        AssertObject(outcome, verb, JsonValueKind.Null, JsonValueKind.Object);
        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.Output);
        Assert.That(outcome.Error, Is.Empty);
        Assert.That(File.Exists(folder.Database), Is.False);
    }

    private static string[] Named(string verb) => verb.StartsWith("fleet ", StringComparison.Ordinal) ? ["--assembly", "App.dll"] : ToolFolder.Named;

    private static void AssertObject(ToolOutcome outcome, string verb, JsonValueKind result, JsonValueKind error)
    {
        Assert.That(outcome.Output, Does.Not.Contain('\u001b'));
        JsonElement json = outcome.Json; // All of standard output.
        Assert.That(json.EnumerateObject().Select(property => property.Name), Is.EqualTo(["verb", "exitCode", "result", "error"]));
        Assert.That(json.GetProperty("verb").GetString(), Is.EqualTo(verb));
        Assert.That(json.GetProperty("exitCode").GetInt32(), Is.EqualTo(outcome.ExitCode));
        Assert.That((json.GetProperty("result").ValueKind, json.GetProperty("error").ValueKind), Is.EqualTo((result, error)), outcome.Output);
    }
}
