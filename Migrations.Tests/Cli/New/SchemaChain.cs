using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Migrations.Core.Schema.Comparison;
using Migrations.Runner;
using Migrations.Tests.Drafting;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli.New;

/// <summary>
/// A history of schemas, told again by the tool: from each to the next it drafts a migration, on an assembly of all that it has drafted
/// before. Their classes, compiled and run, must lead to each of the schemas, and back.
/// </summary>
internal static class SchemaChain
{
    private const string Folder = "migrations";

    /// <summary>Drafts the migrations, and runs them.</summary>
    /// <param name="folder">The folder of the tool.</param>
    /// <param name="scripts">The schemas in their order.</param>
    /// <returns>How many migrations there are; a schema that means the same as the one before has none.</returns>
    public static int Hold(ToolFolder folder, IReadOnlyList<string> scripts)
    {
        List<(long Version, string Script)> drafted = [];
        DraftedAssembly.Write(folder.Path("App.dll"), []);
        for (int i = 0; i < scripts.Count; i++)
        {
            if (Draft(folder, string.Create(CultureInfo.InvariantCulture, $"Revision{i}"), scripts[i], isFirst: drafted.Count == 0) is { } version)
            {
                drafted.Add((version, scripts[i]));
                DraftedAssembly.Write(folder.Path("App.dll"), Files(folder));
            }
        }

        Assert.That(drafted.Select(one => one.Version), Is.Ordered.Ascending.And.Unique);
        Run(DraftedAssembly.Compile(Files(folder)), drafted);
        return drafted.Count;
    }

    private static IEnumerable<string> Files(ToolFolder folder) => Directory.EnumerateFiles(folder.Path(Folder), "*.cs");

    // From the second one on, the place and the namespace are those of the newest.
    private static long? Draft(ToolFolder folder, string name, string script, bool isFirst)
    {
        File.WriteAllText(folder.Path("wanted.sql"), script);
        string[] place = isFirst ? ["--output", Folder, "--namespace", "App.Migrations"] : [];
        ToolOutcome outcome = folder.Run(["new", name, "--from-sql", "wanted.sql", "--assembly", "App.dll", "--json", .. place]);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.Text);
        JsonElement result = outcome.Json.GetProperty("result");
        foreach (string way in (string[])["up", "down"])
        {
            Assert.That(result.GetProperty("notDrafted").GetProperty(way).GetArrayLength(), Is.Zero, outcome.Text);
        }

        Assert.That(result.GetProperty("class").GetString(), Is.EqualTo($"App.Migrations.{name}"));
        long version = result.GetProperty("version").GetInt64();
        Assert.That(
            result.GetProperty("file").GetString(),
            result.GetProperty("code").ValueKind is JsonValueKind.Null
                ? Is.Null
                : Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"~/{Folder}/{version}_{name}.cs")));
        return result.GetProperty("file").ValueKind is JsonValueKind.Null ? null : version;
    }

    private static void Run(Assembly assembly, List<(long Version, string Script)> history)
    {
        using DatabaseFolder database = new();
        using DatabaseMigrator migrator = database.Migrator(assembly);
        IEnumerable<(long Version, string Script)> there = history;
        IEnumerable<(long Version, string Script)> back = [.. history.AsEnumerable().Reverse().Skip(1), (0, "")];
        foreach ((long version, string script) in (IEnumerable<(long, string)>)[.. there, .. back])
        {
            migrator.MigrateToAsync(version).GetAwaiter().GetResult();
            using SqliteConnection wanted = new("Data Source=:memory:;Foreign Keys=False;Pooling=False");
            wanted.Open();
            wanted.Execute(script);
            using SqliteConnection reached = database.Open();
            Assert.That(
                SchemaComparison.Compare(wanted, reached, DraftProof.IsIgnored).Select(difference => difference.ToString()),
                Is.Empty,
                string.Create(CultureInfo.InvariantCulture, $"at version {version}"));
        }
    }
}
