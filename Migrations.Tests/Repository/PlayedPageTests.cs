using System.Text;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

/// <summary>What the pages in docs show of the tool, of tables and of messages is what comes out when a reader does the same.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PlayedPageTests
{
    /// <summary>Set to 1, it has the pages written with what comes out.</summary>
    private const string Approve = "MIGRATIONS_APPROVE";

    /// <summary>The pages in docs; the others have tests of their own.</summary>
    public static readonly IReadOnlyList<string> Paths =
    [
        .. MarkdownPage.All().Select(page => page.Path)
            .Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path is not ("docs/testing-migrations.md" or "docs/command-line.md")),
    ];

    [TestCaseSource(nameof(Paths))]
    public void Page_shows_what_comes_out(string path)
    {
        MarkdownPage page = new(path);
        using PlayedPage player = new();
        PagePart[] played = [.. player.Play(page)];
        if (Environment.GetEnvironmentVariable(Approve) is "1")
        {
            File.WriteAllText(Path.Combine(RepositoryFiles.Root.FullName, path), Text(page, played));
        }
        else
        {
            Assert.That(
                string.Join("\n\n", played.Select(part => part.Text)),
                Is.EqualTo(string.Join("\n\n", page.Parts().Select(part => part.Text))),
                $"If it is meant to be so, write the page with {Approve}=1.");
        }
    }

    private static string Text(MarkdownPage page, IEnumerable<PagePart> played)
    {
        Queue<PagePart> blocks = new(played.Where(part => part.Language is not null));
        StringBuilder text = new();
        bool isInside = false;
        foreach (string line in RepositoryTexts.Lines(page.Path))
        {
            bool isFence = line.StartsWith("```", StringComparison.Ordinal);
            isInside ^= isFence;
            if (isFence || !isInside)
            {
                text.Append(line).Append('\n');
            }

            if (isFence && isInside && blocks.Dequeue().Text is { Length: > 0 } block)
            {
                text.Append(block).Append('\n');
            }
        }

        return text.ToString();
    }
}
