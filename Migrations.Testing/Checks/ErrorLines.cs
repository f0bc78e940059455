using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Runner;

namespace Migrations.Testing.Checks;

/// <summary>An error of an upgrade in lines: the first error's message, the statement, and the rows at fault where they are known.</summary>
internal static class ErrorLines
{
    public static ImmutableArray<string> Of(UpgradeFailedException error)
    {
        Exception first = error.InnerException ?? error;
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        lines.AddRange(Lines(first.Message));
        if (error.Statement is { } statement)
        {
            lines.AddRange(Lines($"Statement: {statement}"));
        }

        if (first is RowsRefusedException { Rows.Count: > 0 } refused)
        {
            lines.AddRange(refused.Rows.Where(row => !first.Message.Contains(row.ToString(), StringComparison.Ordinal)).Select(row => $"Row: {row}"));
        }

        return lines.ToImmutable();
    }

    private static string[] Lines(string text) => text.TrimEnd().ReplaceLineEndings("\n").Split('\n');
}
