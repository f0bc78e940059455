using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Migrations.Tests.Repository;

/// <summary>A page of the documentation: its code, its links, and what links can lead to.</summary>
internal sealed partial class MarkdownPage(string path)
{
    private readonly IReadOnlyList<string> lines = RepositoryTexts.Lines(path);

    public string Path { get; } = path;

    /// <summary>The source file with the page's C#: <c>docs/some-page.md</c> has <c>SomePageCode.cs</c>.</summary>
    public string CodePath => "Migrations.Tests/Repository/" + string.Concat(
        System.IO.Path.GetFileNameWithoutExtension(Path).Split('-')
            .Select(word => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word.ToLowerInvariant()))) + "Code.cs";

    /// <summary>The headings as links name them.</summary>
    public IEnumerable<string> Anchors => Prose()
        .Where(line => line.StartsWith('#'))
        .Select(line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Where the page's links lead, as they are written.</summary>
    public IEnumerable<string> Links => Prose().SelectMany(line => Link().Matches(InlineCode().Replace(line, "")))
        .Select(match => match.Groups["target"].Value);

    public static IEnumerable<MarkdownPage> All() => RepositoryTexts.Texts()
        .Where(path => path.EndsWith(".md", StringComparison.Ordinal))
        .Select(path => new MarkdownPage(path));

    /// <summary>The text of each fenced block in a language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Parts().Where(part => part.Language == language).Select(part => part.Text);

    public override string ToString() => Path;

    /// <summary>Blocks and prose in their order.</summary>
    public IEnumerable<PagePart> Parts()
    {
        StringBuilder text = new();
        string? language = null;
        foreach (string line in lines)
        {
            bool isFence = line.StartsWith("```", StringComparison.Ordinal);
            if (isFence)
            {
                yield return new(language, text.ToString().TrimEnd('\n'));
                language = language is null ? line[3..].Trim() : null;
                text.Clear();
            }
            else
            {
                text.Append(line).Append('\n');
            }
        }

        yield return new(language, text.ToString().TrimEnd('\n'));
    }

    private IEnumerable<string> Prose() =>
        Parts().Where(part => part.Language is null).SelectMany(part => part.Text.Split('\n'));

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`(?!\\])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex NoAnchor();
}
