using System.Collections.Immutable;
using Migrations.Runner;
using Migrations.Runner.Fleet;

namespace Migrations.Cli.Output;

/// <summary>What became of one file of a fleet.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="From">Each module's version before; empty where it is not known.</param>
/// <param name="To">Each module's version after; empty where it is not known.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Backup">The backup that was made before.</param>
/// <param name="Message">What was refused or failed, why, and the way out; null where all went well.</param>
/// <param name="Problem">What is wrong with the file, the disk or other connections, where that is it.</param>
/// <param name="Failed">The migration that failed, or was running when it was cancelled.</param>
internal sealed record FleetFileShape(
    string File,
    FleetOutcome Outcome,
    ImmutableArray<ModuleVersionShape> From,
    ImmutableArray<ModuleVersionShape> To,
    double Milliseconds,
    string? Backup,
    string? Message,
    DatabaseProblem? Problem,
    MigrationShape? Failed)
{
    public static FleetFileShape Of(FleetResult result) => new(
        result.File,
        result.Outcome,
        [.. result.From.Select(ModuleVersionShape.Of)],
        [.. result.To.Select(ModuleVersionShape.Of)],
        Math.Round(result.Duration.TotalMilliseconds, 1),
        result.Backup,
        result.Message is { } message ? ToolWords.Of(message) : null,
        result.Problem,
        result.Migration is { } migration ? MigrationShape.Of(migration) : null);
}
