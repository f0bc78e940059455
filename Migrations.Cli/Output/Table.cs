using System.Globalization;

namespace Migrations.Cli.Output;

/// <summary>Lines whose cells stand below each other.</summary>
internal sealed class Table
{
    private readonly List<(string? Style, string[] Cells)> rows = [];

    public Table Add(string? style, params string[] cells)
    {
        rows.Add((style, cells));
        return this;
    }

    public void WriteTo(Terminal terminal, string indent = "  ")
    {
        int columns = rows.Select(row => row.Cells.Length).DefaultIfEmpty().Max();
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => rows.Max(row => column < row.Cells.Length ? row.Cells[column].Length : 0))];
        foreach ((string? style, string[] cells) in rows)
        {
            terminal.Line(indent + string.Join("  ", cells.Select((cell, column) => IsNumber(cell) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd(), style);
        }
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);
}
