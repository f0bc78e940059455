using System.Text.RegularExpressions;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

/// <summary>README and the pages in docs say nothing that the repository doesn't hold.</summary>
internal sealed partial class DocumentationTests
{
    private const int MostLines = 200;

    private static IEnumerable<MarkdownPage> Pages => MarkdownPage.All();

    private static IEnumerable<MarkdownPage> PagesWithCode => Pages.Where(page => Compared(page).Any());

    [Test]
    public void Readme_fits_in_200_lines() => Assert.That(RepositoryTexts.Lines("README.md"), Has.Count.LessThanOrEqualTo(MostLines));

    [Test]
    public void Pages_are_found() => Assert.That(
        PagesWithCode.Select(page => page.Path), Is.SupersetOf(new[] { "README.md", "docs/testing-migrations.md" }));

    [TestCaseSource(nameof(PagesWithCode))]
    public void Page_shows_only_code_that_is_compiled(MarkdownPage page)
    {
        string compiled = Normalized(string.Join('\n', RepositoryTexts.Sources("samples").Prepend(page.CodePath).Select(RepositoryTexts.Read)));
        string[] paragraphs = [.. Compared(page).SelectMany(Paragraphs)];

        Assert.That(paragraphs, Is.Not.Empty);
        Assert.That(paragraphs.Where(paragraph => !compiled.Contains(Normalized(paragraph), StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_links_only_to_files_and_headings_that_exist(MarkdownPage page) =>
        Assert.That(page.Links.Where(link => !IsWeb(link) && !Exists(page, link)), Is.Empty);

    [TestCase("README.md", "docs/testing-migrations.md")]
    [TestCase("docs/testing-migrations.md", "../Migrations.Benchmarks/RESULTS.md")]
    public void Links_of_a_page_are_found(string page, string link) => Assert.That(new MarkdownPage(page).Links, Does.Contain(link));

    [TestCase("missing.md", false)]
    [TestCase("README.md", true)]
    [TestCase("README.md#limits", true)]
    [TestCase("#what-it-does-with-a-table", true)]
    [TestCase("#no-such-heading", false)]
    [TestCase("samples", true)]
    public void Link_exists_where_its_file_and_heading_do(string link, bool expected) =>
        Assert.That(Exists(new MarkdownPage("README.md"), link), Is.EqualTo(expected));

    [TestCaseSource(nameof(Pages))]
    public void Page_names_only_projects_and_targets_that_exist(MarkdownPage page)
    {
        string text = RepositoryTexts.Read(page.Path);
        string script = RepositoryTexts.Read("build.cake");
        IEnumerable<string> missing = Projects().Matches(text).Select(match => match.Groups["path"].Value)
            .Where(path => !Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root.FullName, path), "*.csproj").Any())
            .Concat(Targets().Matches(text).Select(match => match.Groups["name"].Value)
                .Where(name => !script.Contains($"Task(\"{name}\")", StringComparison.Ordinal)));

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Projects_and_targets_of_a_page_are_found()
    {
        string readme = RepositoryTexts.Read("README.md");

        Assert.That(Projects().Count(readme), Is.GreaterThan(1));
        Assert.That(Targets().Count(readme), Is.GreaterThan(0));
    }

    // The others are compiled as they stand on the page, and run.
    private static IEnumerable<string> Compared(MarkdownPage page) =>
        PlayedPageTests.Paths.Contains(page.Path) ? page.Blocks("csharp").Where(block => !PlayedPage.Runs(block)) : page.Blocks("csharp");

    private static bool IsWeb(string link) => link.StartsWith("https://", StringComparison.Ordinal);

    private static bool Exists(MarkdownPage page, string link)
    {
        string[] parts = link.Split('#', 2);
        string path = parts[0].Length == 0
            ? page.Path
            : Path.GetRelativePath(
                RepositoryFiles.Root.FullName,
                Path.Combine(RepositoryFiles.Root.FullName, Path.GetDirectoryName(page.Path) ?? "", parts[0]));
        return Path.Exists(Path.Combine(RepositoryFiles.Root.FullName, path))
            && (parts.Length == 1 || new MarkdownPage(path).Anchors.Contains(parts[1], StringComparer.Ordinal));
    }

    // What a blank line parts may stand apart in the source. Each using is a part of its own.
    private static IEnumerable<string> Paragraphs(string block) => block.Split("\n\n").SelectMany(paragraph =>
        paragraph.StartsWith("using ", StringComparison.Ordinal) && !paragraph.Contains('=', StringComparison.Ordinal)
            ? paragraph.Split('\n')
            : [paragraph]);

    private static string Normalized(string code) =>
        string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"--project (?<path>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Projects();

    [GeneratedRegex(@"--target=(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Targets();
}
