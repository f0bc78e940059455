using System.Collections.Immutable;
using Migrations.Runner;
using Migrations.Runner.Planning;

namespace Migrations.Cli.Output;

/// <summary>What one migration would do.</summary>
/// <param name="Module">Empty for the application's own.</param>
/// <param name="Version">The version.</param>
/// <param name="Name">The description, or the name of the class.</param>
/// <param name="Direction">"up" or "down".</param>
/// <param name="Loses">Why it may lose data, where it says that it does ([LosesData]); null on the way down.</param>
/// <param name="Losses">Tables and columns that it drops, also such with nothing in them.</param>
/// <param name="Uncounted">What else may lose data, and can't be counted beforehand.</param>
/// <param name="Notes">What the plan can't say.</param>
/// <param name="Steps">Statements and alterations in their order.</param>
/// <param name="Schema">What it changes of the schema.</param>
/// <param name="Seconds">About how long it takes; an estimate.</param>
/// <param name="DiskBytes">How much room it needs until it is done; an estimate.</param>
internal sealed record PlannedMigrationShape(
    string Module,
    long Version,
    string Name,
    string Direction,
    string? Loses,
    ImmutableArray<PlannedLossShape> Losses,
    ImmutableArray<string> Uncounted,
    ImmutableArray<string> Notes,
    ImmutableArray<PlannedStepShape> Steps,
    ImmutableArray<SchemaDifferenceShape> Schema,
    double Seconds,
    long DiskBytes)
{
    public static PlannedMigrationShape Of(PlannedMigration migration, IReadOnlyDictionary<(string Module, long Version), string> declared) => new(
        migration.Migration.Module,
        migration.Migration.Version,
        migration.Migration.Name,
        migration.IsUp ? "up" : "down",
        LossLines.Of(migration, declared),
        [.. migration.Losses.Select(PlannedLossShape.Of)],
        migration.Uncounted,
        [.. migration.Notes],
        [.. migration.Steps.Select(PlannedStepShape.Of)],
        [.. migration.Differences.Select(SchemaDifferenceShape.Of)],
        Math.Round(Throughput.OfThisMachine.TimeOf(migration.Work).TotalSeconds, 1),
        migration.Work.Disk);
}
