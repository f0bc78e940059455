using System.Collections.Immutable;
using Migrations.Runner.Rehearsal;

namespace Migrations.Cli.Output;

/// <summary>A migration as it went on the copy.</summary>
/// <param name="Module">Empty for the application's own.</param>
/// <param name="Version">The version.</param>
/// <param name="Name">The description, or the name of the class.</param>
/// <param name="Loses">Why it may lose data, where it says that it does ([LosesData]).</param>
/// <param name="UpMilliseconds">How long it took in the upgrade.</param>
/// <param name="DownMilliseconds">How long it took to take it back; null where that failed.</param>
/// <param name="UpAgainMilliseconds">How long it took to apply it again; null where that failed or was not tried.</param>
/// <param name="Rows">How many rows its alterations of tables copied or updated.</param>
/// <param name="Alterations">Its alterations of tables.</param>
/// <param name="Findings">What was found.</param>
internal sealed record RehearsedMigrationShape(
    string Module,
    long Version,
    string Name,
    string? Loses,
    double UpMilliseconds,
    double? DownMilliseconds,
    double? UpAgainMilliseconds,
    long Rows,
    ImmutableArray<AlterationShape> Alterations,
    ImmutableArray<RehearsalFindingShape> Findings)
{
    public static RehearsedMigrationShape Of(RehearsedMigration rehearsed) => new(
        rehearsed.Up.Migration.Module,
        rehearsed.Up.Migration.Version,
        rehearsed.Up.Migration.Name,
        rehearsed.Loses,
        Milliseconds(rehearsed.Up.Duration),
        rehearsed.Down is { } down ? Milliseconds(down) : null,
        rehearsed.UpAgain is { } again ? Milliseconds(again) : null,
        rehearsed.Rows,
        [.. rehearsed.Up.Alterations.Select(AlterationShape.Of)],
        [.. rehearsed.Findings.Select(RehearsalFindingShape.Of)]);

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 1);
}
