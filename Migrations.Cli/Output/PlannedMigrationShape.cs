using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>What one migration would do.</summary>
/// <param name="Module">Empty for the application's own.</param>
/// <param name="Version">The version.</param>
/// <param name="Name">The description, or the name of the class.</param>
/// <param name="Direction">"up" or "down".</param>
/// <param name="Loses">Why it may lose data, where it says that it does ([LosesData]); null on the way down.</param>
/// <param name="Notes">What the plan can't say.</param>
/// <param name="Steps">Statements and alterations in their order.</param>
internal sealed record PlannedMigrationShape(
    string Module, long Version, string Name, string Direction, string? Loses, ImmutableArray<string> Notes, ImmutableArray<PlannedStepShape> Steps)
{
    public static PlannedMigrationShape Of(PlannedMigration migration, IReadOnlyDictionary<long, string> losses) => new(
        migration.Migration.Module,
        migration.Migration.Version,
        migration.Migration.Name,
        migration.IsUp ? "up" : "down",
        migration.IsUp && migration.Migration.Module.Length == 0 ? losses.GetValueOrDefault(migration.Migration.Version) : null,
        [.. migration.Notes],
        [.. migration.Steps.Select(PlannedStepShape.Of)]);
}
