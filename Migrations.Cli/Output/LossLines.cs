using System.Collections.Immutable;
using Migrations.Runner;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Cli.Output;

/// <summary>What a plan says of lost data, for somebody who is asked whether it may be.</summary>
internal static class LossLines
{
    /// <summary>Why migrations lose data that say so ([LosesData]), by their modules and versions.</summary>
    public static IReadOnlyDictionary<(string Module, long Version), string> Declared(MigratorSettings settings) => settings.Modules
        .SelectMany(module => MigrationCatalog.Read(module, settings.Tags).Known.Select(known => (Key: (module.Name, known.Version), known.Loses)))
        .Where(known => known.Loses is not null)
        .ToDictionary(known => known.Key, known => known.Loses!); // The others were left out.

    /// <summary>Why a migration loses data, where it says so; null on the way down, of which it says nothing.</summary>
    public static string? Of(PlannedMigration migration, IReadOnlyDictionary<(string Module, long Version), string> declared) =>
        migration.IsUp ? declared.GetValueOrDefault((migration.Migration.Module, migration.Migration.Version)) : null;

    /// <summary>A line for each loss, and for what the plan can't tell; empty where nothing is lost.</summary>
    public static ImmutableArray<string> Of(UpgradePlan plan, IReadOnlyDictionary<(string Module, long Version), string> declared) =>
    [
        .. plan.Migrations.SelectMany(migration => Lines(migration, declared).Select(line => $"{migration.Migration}: {line}")),
        .. plan.LacksTable ? plan.Missing.Select(missing => $"unknown, because it can't be planned for: {missing}") : [],
        .. plan.Error is null || plan.Migrations.Count == 0 ? ImmutableArray<string>.Empty : [$"unknown after this, where it would fail: {plan.Error.Message}"],
    ];

    private static IEnumerable<string> Lines(PlannedMigration migration, IReadOnlyDictionary<(string Module, long Version), string> declared)
    {
        if (Of(migration, declared) is { } reason)
        {
            yield return reason;
        }

        foreach (PlannedLoss loss in migration.Losses.Where(loss => loss.Count > 0))
        {
            yield return $"drops {loss}";
        }

        foreach (string uncounted in migration.Uncounted)
        {
            yield return uncounted;
        }
    }
}
