using System.Text.RegularExpressions;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

internal sealed partial class ReadmeTests
{
    private const int MostLines = 200;

    [Test]
    public void Readme_fits_in_200_lines() => Assert.That(RepositoryTexts.Lines("README.md"), Has.Count.LessThanOrEqualTo(MostLines));

    [Test]
    public void Readme_shows_only_code_that_is_compiled()
    {
        string compiled = Normalized(RepositoryTexts.Read("Migrations.Tests/Repository/ReadmeCode.cs"));
        string[] paragraphs = [.. CodeBlocks("csharp").SelectMany(Paragraphs)];

        Assert.That(paragraphs, Has.Length.GreaterThan(5));
        Assert.That(paragraphs.Where(paragraph => !compiled.Contains(Normalized(paragraph), StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Readme_names_only_projects_and_targets_that_exist()
    {
        string readme = RepositoryTexts.Read("README.md");
        string script = RepositoryTexts.Read("build.cake");
        IEnumerable<string> missing = Projects().Matches(readme).Select(match => match.Groups["path"].Value)
            .Where(path => !Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root.FullName, path), "*.csproj").Any())
            .Concat(Targets().Matches(readme).Select(match => match.Groups["name"].Value)
                .Where(name => !script.Contains($"Task(\"{name}\")", StringComparison.Ordinal)));

        Assert.That(Projects().Count(readme), Is.GreaterThan(1));
        Assert.That(missing, Is.Empty);
    }

    private static IEnumerable<string> CodeBlocks(string language)
    {
        List<string>? block = null;
        foreach (string line in RepositoryTexts.Lines("README.md"))
        {
            if (block is null && line == $"```{language}")
            {
                block = [];
            }
            else if (block is not null && line == "```")
            {
                yield return string.Join('\n', block);
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }

    // What a blank line parts may stand apart in the source. Each using is a part of its own.
    private static IEnumerable<string> Paragraphs(string block) => block.Split("\n\n").SelectMany(paragraph =>
        paragraph.StartsWith("using ", StringComparison.Ordinal) && !paragraph.Contains('=', StringComparison.Ordinal)
            ? paragraph.Split('\n')
            : [paragraph]);

    private static string Normalized(string code) =>
        string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"--project (?<path>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Projects();

    [GeneratedRegex(@"--target=(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Targets();
}
