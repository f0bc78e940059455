using System.Globalization;
using Migrations.Core;
using Migrations.Runner;

namespace MailServer;

/// <summary>Prints what was done, and what is in the database.</summary>
internal sealed class Report(TextWriter output, string file)
{
    private const int Width = 118;
    private const int RowsShown = 2;

    // Secrets, and columns that tell nothing here.
    private static readonly string[] Hidden = ["password", "created_at", "updated_at"];

    private readonly MailDatabase database = new(file);
    private int steps;

    /// <summary>Says where the database is and where it goes. What can't go anywhere is told by the upgrade itself.</summary>
    public void Begin(DatabaseStatus status, int target)
    {
        if (status.CanUpgrade)
        {
            Line($"{file} is {Place(status)}, and goes to revision {target:00}.");
        }
    }

    public void Step(RevisionStep step)
    {
        steps++;
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

    public void End(DatabaseStatus status)
    {
        output.WriteLine();
        Line($"{(steps == 0 ? "Nothing to do: " : "")}{file} is {Place(status)} and holds:");
        foreach (string table in database.Tables())
        {
            Line($"   {table,-14} {CountRows(database.CountRows(table))}");
            Rows(table);
        }
    }

    public void Backup(DatabaseBackup? backup)
    {
        if (backup is not null)
        {
            Line($"Backup: {backup.Path}");
        }
    }

    public void Restored(string backup, DatabaseStatus status)
    {
        output.WriteLine($"{file} is what {backup} holds.");
        output.WriteLine(status.Message);
    }

    public void Status(DatabaseStatus status, IReadOnlyList<DatabaseBackup> backups)
    {
        output.WriteLine(status.Message);
        foreach (ModuleStatus module in status.Modules)
        {
            Migrations("applied", module.Applied);
            Migrations("pending", module.Pending);
        }

        foreach (DatabaseBackup backup in backups)
        {
            Line($"   backup   {backup.Path}, {backup.Size} bytes, {backup.CreatedAt:u}");
        }
    }

    private static string Place(DatabaseStatus status) => status.Modules[0].Applied is [.., { } newest]
        ? string.Create(CultureInfo.InvariantCulture, $"at revision {RevisionAttribute.NumberOf(newest.Version):00}")
        : "new";

    private static string Words(AlterationStrategy strategy) => strategy switch
    {
        AlterationStrategy.Copy => "copy",
        AlterationStrategy.InPlace => "in place",
        AlterationStrategy.Native => "native",
        _ => "nothing to do",
    };

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

    private void Migrations(string what, IReadOnlyList<MigrationIdentity> migrations)
    {
        foreach (MigrationIdentity migration in migrations)
        {
            Line($"   {what}  {migration}");
        }
    }

    private void Alteration(AlterationResult alteration)
    {
        foreach (AlterationPlan plan in alteration.Plans)
        {
            string rows = plan.Strategy switch
            {
                AlterationStrategy.Copy => $", {CountRows(alteration.RowsCopied)}",
                AlterationStrategy.InPlace when alteration.RowsUpdated > 0 => $", {CountRows(alteration.RowsUpdated)} updated",
                _ => "",
            };
            Line($"   {alteration.Table,-14} {Words(plan.Strategy)}{rows}, {Milliseconds(alteration.Duration).Trim()}: {plan.Reason}");
        }
    }

    private void Rows(string table)
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
