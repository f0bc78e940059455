using System.Text.RegularExpressions;
using Migrations.Tests.Cli;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

/// <summary>The README's block of the tool is a session that works, and leaves out no verb.</summary>
internal sealed partial class ReadmeToolTests
{
    private const int Usage = 2;

    private static IReadOnlyList<string> Lines { get; } =
    [
        .. new MarkdownPage("README.md").Blocks("console").SelectMany(block => block.Split('\n')).Select(line => Comment().Replace(line, "")),
    ];

    [Test]
    public void Session_of_the_readme_works()
    {
        using ToolFolder folder = new ToolFolder().With(
            new SqlMigration(1, "CreateUser", "CREATE TABLE user (id INTEGER PRIMARY KEY)", "DROP TABLE user"),
            new SqlMigration(2, "AddNote", "ALTER TABLE user ADD COLUMN note TEXT", "ALTER TABLE user DROP COLUMN note", "nothing"));
        File.WriteAllText(folder.Path("migrations.json"), """{ "assembly": "App.dll", "database": "app.db" }""");
        Assert.That(folder.Run("upgrade", "--to", "1", "--yes").ExitCode, Is.Zero);
        foreach (string line in Lines)
        {
            ToolOutcome outcome = folder.Run(line["dotnet migrations ".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));

            Assert.That(outcome.ExitCode, Is.Not.EqualTo(Usage), $"{line}\n{outcome.Text}");
            Assert.That(outcome.ExitCode, line.EndsWith("status", StringComparison.Ordinal) ? Is.EqualTo(4) : Is.Zero, $"{line}\n{outcome.Text}");
        }
    }

    [Test]
    public void Every_verb_is_in_the_readme_and_in_a_page()
    {
        using ToolFolder folder = new();
        string[] verbs = [.. Verb().Matches(folder.Run("--help").Output).Select(match => match.Groups["name"].Value)];
        string pages = string.Concat(MarkdownPage.All().Where(page => page.Path != "README.md").Select(page => RepositoryTexts.Read(page.Path)));

        Assert.That(verbs, Has.Length.GreaterThan(8));
        Assert.That(verbs.Where(verb => !Lines.Any(line => line.StartsWith($"dotnet migrations {verb}", StringComparison.Ordinal))), Is.Empty);
        Assert.That(verbs.Where(verb => !pages.Contains($"dotnet migrations {verb}", StringComparison.Ordinal)), Is.Empty);
    }

    [GeneratedRegex(@"\s+# .*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^  (?<name>[a-z]+)( <\w+>)?  +\S", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Verb();
}
