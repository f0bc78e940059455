using System.Collections.Immutable;
using System.Globalization;
using Migrations.Cli.Output;
using Migrations.Runner.Rehearsal;

namespace Migrations.Cli.Verbs;

/// <summary>A rehearsal as text.</summary>
internal static class RehearsalLines
{
    public static void Write(Terminal terminal, RehearsalResult result, RehearsalShape rehearsal)
    {
        if (rehearsal.Migrations.IsEmpty)
        {
            terminal.Line($"\"{rehearsal.Database}\" is at {BackupLines.Versions(rehearsal.From)}: nothing is pending, so a copy of it was checked and that was all.");
        }
        else
        {
            WriteTable(terminal, rehearsal);
            foreach (RehearsedMigrationShape migration in rehearsal.Migrations.Where(migration => !migration.Findings.IsEmpty))
            {
                WriteFindings(terminal, migration);
            }
        }

        FindingLines.Write(terminal, rehearsal.Findings, rehearsal.Migrations.IsEmpty ? "" : " after the upgrade");
        FindingLines.Write(terminal, rehearsal.OldFindings, rehearsal.Migrations.IsEmpty ? "" : ", before the upgrade as after it");
        FindingLines.WriteDifferences(terminal, rehearsal.Differences);
        if (rehearsal.NotCompared is not null)
        {
            terminal.Line();
            terminal.Line($"The schema was not compared with what the migrations make: {rehearsal.NotCompared.TrimEnd('.')}.");
        }

        terminal.Line();
        terminal.Line(Summary(result, rehearsal), rehearsal.IsClean ? "green" : "red");
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"The copy of {rehearsal.Size:N0} bytes took {Seconds(rehearsal.CopyMilliseconds)}, its upgrade {Seconds(rehearsal.UpgradeMilliseconds)}, the checks {Seconds(rehearsal.CheckMilliseconds)}, all of it {Seconds(rehearsal.Milliseconds)}."));
        terminal.Line(rehearsal.Kept is { } kept
            ? $"The upgraded copy is \"{kept}\": it holds the database's rows, delete it when it is no longer needed."
            : $"The copy is deleted; \"{rehearsal.Database}\" was not touched.");
    }

    private static void WriteTable(Terminal terminal, RehearsalShape rehearsal)
    {
        Table table = new Table().Add(null, "", "", "up", "down", "up again", "rows", "");
        foreach (RehearsedMigrationShape migration in rehearsal.Migrations)
        {
            table.Add(
                migration.Findings.All(finding => finding.IsExpected) ? null : "red",
                migration.Version.ToString(CultureInfo.InvariantCulture),
                migration.Module.Length == 0 ? migration.Name : $"{migration.Module}: {migration.Name}",
                Time(migration.UpMilliseconds),
                Time(migration.DownMilliseconds),
                Time(migration.UpAgainMilliseconds),
                migration.Rows.ToString("N0", CultureInfo.InvariantCulture),
                Verdict(migration.Findings));
        }

        table.WriteTo(terminal);
    }

    private static void WriteFindings(Terminal terminal, RehearsedMigrationShape migration)
    {
        foreach (RehearsalFindingShape finding in migration.Findings)
        {
            terminal.Line();
            terminal.Line(
                string.Create(CultureInfo.InvariantCulture, $"{migration.Version} {migration.Name}: {Heading(finding, migration.Loses)}"),
                finding.IsExpected ? "yellow" : "red");
            foreach (string line in finding.Lines)
            {
                FindingLines.WriteDifference(terminal, line);
            }
        }
    }

    private static string Verdict(ImmutableArray<RehearsalFindingShape> findings) =>
        findings.IsEmpty ? "comes back the same" : string.Join(", ", findings.Select(finding => Short(finding)));

    private static string Short(RehearsalFindingShape finding) => finding.Kind switch
    {
        RehearsalFindingKind.Irreversible => "can't be taken back",
        RehearsalFindingKind.DownFails => "Down fails",
        RehearsalFindingKind.SchemaAfterDown => "Down leaves another schema",
        RehearsalFindingKind.RowsAfterDown => finding.IsExpected ? "loses data, as it says" : "Down leaves other rows",
        RehearsalFindingKind.UpAgainFails => "Up fails the second time",
        RehearsalFindingKind.SchemaAfterUpAgain => "the second Up leaves another schema",
        _ => finding.IsExpected ? "the second Up leaves other rows, as data was lost" : "the second Up leaves other rows",
    };

    private static string Heading(RehearsalFindingShape finding, string? loses) => finding.Kind switch
    {
        RehearsalFindingKind.Irreversible => "it can't be taken back, as it says itself.",
        RehearsalFindingKind.DownFails => "its Down fails.",
        RehearsalFindingKind.SchemaAfterDown => "its Down does not give back the schema (- as it was, + after Up and Down).",
        RehearsalFindingKind.RowsAfterDown when finding.IsExpected => $"Down does not give back all data, and it says so: {loses}",
        RehearsalFindingKind.RowsAfterDown => "Down does not give back all data, and it does not say so ([LosesData]).",
        RehearsalFindingKind.UpAgainFails => "after Up and Down its Up fails.",
        RehearsalFindingKind.SchemaAfterUpAgain => "after Up, Down and Up the schema is another one (- after the first Up, + after the second).",
        _ => "after Up, Down and Up other data is there than after the first Up.",
    };

    private static string Summary(RehearsalResult result, RehearsalShape rehearsal)
    {
        string went = rehearsal.Migrations.IsEmpty
            ? "The copy was checked"
            : $"The copy went from {BackupLines.Versions(rehearsal.From)} to {BackupLines.Versions(rehearsal.To)}";
        if (rehearsal.IsClean)
        {
            return rehearsal.Migrations.IsEmpty ? $"{went}: nothing is wrong." : $"{went}, and nothing is wrong.";
        }

        int count = result.Migrations.Sum(migration => migration.Findings.Count(finding => !finding.IsExpected))
            + rehearsal.Findings.Length + rehearsal.OldFindings.Length + (rehearsal.NotCompared is null ? 0 : 1);
        return string.Create(CultureInfo.InvariantCulture, $"{went}, and {(count == 1 ? "1 thing is" : $"{count} things are")} not as {(count == 1 ? "it" : "they")} should be.");
    }

    private static string Time(double? milliseconds) => milliseconds is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known / 1000:0.000} s") : "-";

    private static string Seconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s");
}
