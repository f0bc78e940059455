using System.Collections.Immutable;
using System.Reflection;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Cli.Output;

/// <summary>What a plan says of lost data, for somebody who is asked whether it may be.</summary>
internal static class LossLines
{
    /// <summary>Why migrations lose data that say so ([LosesData]), by their versions.</summary>
    public static IReadOnlyDictionary<long, string> Declared(MigrationCatalog catalog) => catalog.Known
        .Select(known => (known.Version, Loss: known.Type.GetCustomAttribute<LosesDataAttribute>()?.Reason))
        .Where(known => known.Loss is not null)
        .ToDictionary(known => known.Version, known => known.Loss!); // The others were left out.

    /// <summary>A line for each loss, and for what the plan can't tell; empty where nothing is lost.</summary>
    public static ImmutableArray<string> Of(UpgradePlan plan, IReadOnlyDictionary<long, string> declared) =>
    [
        .. plan.Migrations.SelectMany(migration => Of(migration, declared).Select(line => $"{migration.Migration}: {line}")),
        .. plan.LacksTable ? plan.Missing.Select(missing => $"unknown, because it can't be planned for: {missing}") : [],
        .. plan.Error is null || plan.Migrations.Count == 0 ? ImmutableArray<string>.Empty : [$"unknown after this, where it would fail: {plan.Error.Message}"],
    ];

    private static IEnumerable<string> Of(PlannedMigration migration, IReadOnlyDictionary<long, string> declared)
    {
        if (migration.IsUp && migration.Migration.Module.Length == 0 && declared.TryGetValue(migration.Migration.Version, out string? reason))
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
