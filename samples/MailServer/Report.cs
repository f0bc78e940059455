using System.Globalization;
using Migrations.Core;

namespace MailServer;

/// <summary>Prints what was done, and what is in the database.</summary>
internal sealed class Report(TextWriter output)
{
    private const int Width = 118;
    private const int RowsShown = 2;

    // Secrets, and columns that tell nothing here.
    private static readonly string[] Hidden = ["password", "created_at", "updated_at"];

    public void Begin(MailDatabase database, IReadOnlyList<int> applied, int target)
    {
        string from = applied.Count == 0 ? "new" : string.Create(CultureInfo.InvariantCulture, $"at revision {applied[^1]:00}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{database.File} is {from}, and goes to revision {target:00}."));
    }

    public void Step(RevisionStep step)
    {
        string title = step.IsUp ? step.Revision.Title : $"{step.Revision.Title} (taken back)";
        output.WriteLine();
        Line($"{step.Revision.Number:00} {step.Revision.Name}  {title,-60} {Milliseconds(step.Duration)}");
        foreach (string table in step.CreatedTables)
        {
            Line($"   {table,-14} created");
        }

        foreach (AlterationResult alteration in step.Alterations)
        {
            Alteration(alteration);
        }

        foreach (string table in step.DroppedTables)
        {
            Line($"   {table,-14} dropped");
        }

        if (step.CreatedTables.Count + step.DroppedTables.Count + step.Alterations.Count == 0)
        {
            output.WriteLine("   nothing to change");
        }

        if (step.Seeded)
        {
            output.WriteLine("   test rows put in");
        }
    }

    public void End(MailDatabase database, int steps)
    {
        int revision = database.Applied()[^1];
        output.WriteLine();
        Line($"{(steps == 0 ? "Nothing to do: " : "")}{database.File} is at revision {revision:00} and holds:");
        foreach (string table in database.Tables())
        {
            long count = database.CountRows(table);
            Line($"   {table,-14} {CountRows(count)}");
            Rows(database, table);
        }
    }

    private static string Milliseconds(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds,8:0.0} ms");

    private static string CountRows(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "row" : "rows")}");

    private static string Print(object? value)
    {
        string text = value switch
        {
            string words => $"'{words.ReplaceLineEndings("\\n")}'",
            byte[] bytes => $"x'{Convert.ToHexString(bytes)}'",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "NULL",
        };
        return text.Length > 40 ? text[..39] + "…" : text;
    }

    private void Alteration(AlterationResult alteration)
    {
        foreach (AlterationPlan plan in alteration.Plans)
        {
            string rows = plan.Strategy == AlterationStrategy.Copy
                ? $", {CountRows(alteration.RowsCopied)}"
                : "";
            Line($"   {alteration.Table,-14} {plan.Strategy.ToString().ToLowerInvariant()}{rows}, {Milliseconds(alteration.Duration).Trim()}: {plan.Reason}");
        }
    }

    private void Rows(MailDatabase database, string table)
    {
        IReadOnlyList<string> columns = database.TellingColumns(table).Except(Hidden, StringComparer.Ordinal).ToList();
        foreach (object?[] row in database.Rows(table, columns, RowsShown))
        {
            string indent = "      ";
            string line = indent;
            foreach (string part in columns.Zip(row).Where(pair => pair.Second is not null).Select(pair => $"{pair.First} {Print(pair.Second)}"))
            {
                if (line.Length > indent.Length && line.Length + part.Length > Width)
                {
                    output.WriteLine(line.TrimEnd());
                    indent = "         ";
                    line = indent;
                }

                line += part + "  ";
            }

            output.WriteLine(line.TrimEnd());
        }
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
