using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

internal sealed partial class SourceTests
{
    private const int MostLines = 400;

    [Test]
    public void Source_file_is_never_longer_than_400_lines()
    {
        string[] sources = [.. RepositoryTexts.Sources()];
        IEnumerable<string> tooLong = sources
            .Select(path => (Path: path, Lines: RepositoryTexts.Lines(path).Count))
            .Where(source => source.Lines > MostLines)
            .Select(source => $"{source.Path}: {source.Lines} lines");

        Assert.That(sources, Has.Length.GreaterThan(100));
        Assert.That(tooLong, Is.Empty);
    }

    [Test]
    public void Text_file_never_names_a_place_on_one_machine_or_a_package_registry()
    {
        IEnumerable<string> found =
            from path in RepositoryTexts.Texts()
            from line in RepositoryTexts.Lines(path).Select((text, index) => (Text: text, Number: index + 1))
            where MachinePath().IsMatch(line.Text) || RegistryAddress().IsMatch(line.Text)
            select $"{path}:{line.Number}: {line.Text.Trim()}";

        Assert.That(found, Is.Empty);
    }

    [Test]
    [TestCase("see /home" + "/someone/file", true)]
    [TestCase(@"C:" + @"\Users\someone", true)]
    [TestCase("https" + "://nuget.example.org/v3/index.json", true)]
    [TestCase("http" + "://127.0.0.1:8080/", true)]
    [TestCase("https://www.sqlite.org/lang_altertable.html", false)]
    public void Search_for_machine_paths_and_registries_finds_what_it_is_for(string line, bool expected) =>
        Assert.That(MachinePath().IsMatch(line) || RegistryAddress().IsMatch(line), Is.EqualTo(expected));

    [GeneratedRegex(@"(?<![\w.])/(?:root|home|work|tmp|Users)/|\b[A-Za-z]:\\(?:Users|work|home)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://(?:[^/\s""]*(?:nuget|npm|pypi|registry|artifactory|proxy)|\d+\.\d+|localhost)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex RegistryAddress();
}
