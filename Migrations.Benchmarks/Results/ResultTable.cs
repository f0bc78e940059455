using System.Globalization;
using System.Text;

namespace Migrations.Benchmarks.Results;

/// <summary>The measurements of one kind. Immutable.</summary>
internal sealed record ResultTable(string Title, string Text, string Unit, IReadOnlyList<Measurement> Measurements)
{
    /// <summary>A heading, a text and a table in Markdown, whose last two columns are the measured ratio and its goal.</summary>
    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append("## ").Append(Title).Append("\n\n").Append(Text).Append("\n\n");
        Row("what", "way", $"ours, {Unit}", "least", "yardstick", $"its {Unit}", "least", "", "ratio", "goal");
        Row("---", "---", "--:", "--:", "---", "--:", "--:", "---", "--:", "---");
        foreach (Measurement row in Measurements)
        {
            Row(
                row.Name, row.Way, Amount(row.Ours.Median), Amount(row.Ours.Minimum), row.Yardstick, Amount(row.Theirs.Median), Amount(row.Theirs.Minimum),
                Verdict(row), row.Ratio.ToString("F3", CultureInfo.InvariantCulture), row.Goal?.ToString() ?? "-");
        }

        return text.ToString();

        void Row(params ReadOnlySpan<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static string Verdict(Measurement row) => row switch
    {
        { Goal: null } => "",
        { IsMissed: true } => "**MISSED**",
        _ => "met",
    };

    private static string Amount(double value) => value.ToString(
        value switch { < 1 => "F3", < 10 => "F2", < 100 => "F1", _ => "F0" }, CultureInfo.InvariantCulture);
}
