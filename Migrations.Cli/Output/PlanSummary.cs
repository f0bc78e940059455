using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Runner.Planning;

namespace Migrations.Cli.Output;

/// <summary>A plan at one glance: a line for each migration, as SQL comments.</summary>
internal static class PlanSummary
{
    public static void Write(Terminal terminal, UpgradePlan plan, PlanEstimate estimate, IReadOnlyDictionary<(string Module, long Version), string> declared)
    {
        if (plan.Migrations.Count == 0)
        {
            return;
        }

        terminal.Line("--");
        Table table = new();
        table.Add(null, "version", "migration", "rows", "time", "tables", "loses");
        foreach (PlannedMigration migration in plan.Migrations)
        {
            string loses = Losses(migration, LossLines.Of(migration, declared));
            MigrationIdentity identity = migration.Migration;
            string module = identity.Module.Length == 0 ? "" : identity.Module + " ";
            table.Add(
                loses.Length > 0 ? "red" : null,
                module + identity.Version.ToString(CultureInfo.InvariantCulture),
                identity.Name + (migration.IsUp ? "" : " (taken back)"),
                migration.Work.Rows.ToString(CultureInfo.InvariantCulture),
                Short(Throughput.OfThisMachine.TimeOf(migration.Work)),
                Tables(migration),
                loses);
        }

        table.WriteTo(terminal, "--   ");
        terminal.Line("--");
        terminal.Line($"-- Together {Rounded.Time(estimate.Time)}{(estimate.Backup > 0 ? $", with a backup of {Rounded.Bytes(estimate.Backup)}" : "")}; "
            + $"{Rounded.Bytes(estimate.Disk)} of room beside the database meanwhile.");
        terminal.Line("-- Estimated from rows, pages and indexes, and from how fast this machine works on some rows; longer on a busy one. Statements count as if they touched every row.");
        if (estimate.Shortage is not null)
        {
            terminal.Line($"-- {estimate.Shortage}", "red");
        }
    }

    private static string Tables(PlannedMigration migration)
    {
        List<string> parts =
        [
            .. migration.Steps.Select(step => step.Alteration).OfType<AlterationPlan>().GroupBy(alteration => alteration.Table, StringComparer.OrdinalIgnoreCase)
                .GroupBy(table => string.Join(", ", table.Select(alteration => StrategyWords.Of(alteration.Strategy)).Distinct()), table => table.Key)
                .Select(tables => $"{tables.Key}: {string.Join(", ", tables)}"),
        ];
        int statements = migration.Steps.Count(step => step.Alteration is null);
        if (statements > 0)
        {
            parts.Add(statements == 1 ? "1 statement" : string.Create(CultureInfo.InvariantCulture, $"{statements} statements"));
        }

        return parts.Count == 0 ? "nothing to do" : string.Join("; ", parts);
    }

    private static string Losses(PlannedMigration migration, string? declared)
    {
        ImmutableArray<string> parts =
        [
            .. migration.Losses.Where(loss => loss.Count > 0).Select(loss => loss.ToString()),
            .. migration.Uncounted.IsEmpty ? ImmutableArray<string>.Empty : ["more that is not counted"],
            .. declared is null ? ImmutableArray<string>.Empty : ["[LosesData]"],
        ];
        return string.Join("; ", parts);
    }

    private static string Short(TimeSpan time) => time.TotalSeconds < 1 ? "< 1 s" : Rounded.Time(time)["about ".Length..];
}
