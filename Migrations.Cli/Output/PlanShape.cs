using System.Collections.Immutable;
using Migrations.Runner;
using Migrations.Runner.Planning;

namespace Migrations.Cli.Output;

/// <summary>What an upgrade would do.</summary>
/// <param name="Database">The database.</param>
/// <param name="Message">What it holds, in words.</param>
/// <param name="Migrations">The migrations in their order; where it would fail, the last one is the one that does.</param>
/// <param name="Missing">What the copy of the schema lacks on which this was found out.</param>
/// <param name="Estimate">About how long it takes, and how much room it needs.</param>
/// <param name="Fails">Why it would fail; null where nothing is known of that.</param>
internal sealed record PlanShape(
    string Database,
    string Message,
    ImmutableArray<PlannedMigrationShape> Migrations,
    ImmutableArray<string> Missing,
    PlanEstimateShape Estimate,
    string? Fails)
{
    public static PlanShape Of(UpgradePlan plan, IReadOnlyDictionary<(string Module, long Version), string> losses, PlanEstimate estimate) => new(
        plan.Status.Database,
        ToolWords.Of(plan.Status.Message),
        [.. plan.Migrations.Select(migration => PlannedMigrationShape.Of(migration, losses))],
        [.. plan.Missing],
        PlanEstimateShape.Of(estimate),
        plan.Error is { } error ? ToolWords.Of(error.Message) : null);
}
