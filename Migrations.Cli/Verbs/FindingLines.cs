using System.Collections.Immutable;
using Migrations.Cli.Output;
using Migrations.Runner.Verification;

namespace Migrations.Cli.Verbs;

/// <summary>What a verification found as text.</summary>
internal static class FindingLines
{
    public static void Write(Terminal terminal, ImmutableArray<FindingShape> findings, string suffix = "")
    {
        foreach (IGrouping<FindingKind, FindingShape> kind in findings.GroupBy(finding => finding.Kind))
        {
            terminal.Line();
            terminal.Line($"{Heading(kind.Key)}{suffix}:", "red");
            foreach (FindingShape finding in kind)
            {
                terminal.Line($"  {finding.Text}");
            }
        }
    }

    public static void WriteDifferences(Terminal terminal, ImmutableArray<string> differences)
    {
        if (differences.IsEmpty)
        {
            return;
        }

        terminal.Line();
        terminal.Line("Line by line (- as the migrations make it, + as it is):");
        foreach (string line in differences)
        {
            WriteDifference(terminal, line);
        }
    }

    public static void WriteDifference(Terminal terminal, string line) =>
        terminal.Line($"  {line}".TrimEnd(), line.StartsWith("- ", StringComparison.Ordinal) ? "red" : line.StartsWith("+ ", StringComparison.Ordinal) ? "green" : null);

    private static string Heading(FindingKind kind) => kind switch
    {
        FindingKind.Damage => "Pages, rows or indexes are not as they should be",
        FindingKind.ForeignKey => "Foreign keys refer to nothing",
        FindingKind.Compilation => "Views or triggers do not compile",
        FindingKind.History => "The history is not that of the migrations",
        _ => "The schema is not what the migrations make",
    };
}
