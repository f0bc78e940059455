using System.Collections.Immutable;
using Migrations.Runner.Rehearsal;

namespace Migrations.Cli.Output;

/// <summary>What a rehearsal did and found.</summary>
/// <param name="Database">The database, which was not touched.</param>
/// <param name="IsClean">Whether all went well and nothing is to be corrected.</param>
/// <param name="From">The versions of the database.</param>
/// <param name="To">The versions of the upgraded copy.</param>
/// <param name="Migrations">The migrations in the order in which they were applied.</param>
/// <param name="Findings">What the checks of the upgraded copy found, and was not there before.</param>
/// <param name="OldFindings">What they found, and was there before.</param>
/// <param name="Differences">The CREATE statements of what differs from what the migrations make, line by line.</param>
/// <param name="NotCompared">Why the schema was not compared with what the migrations make; null where it was.</param>
/// <param name="Size">The size of the copy before the upgrade, in bytes.</param>
/// <param name="CopyMilliseconds">How long the copy took.</param>
/// <param name="UpgradeMilliseconds">How long its upgrade took, without a backup.</param>
/// <param name="CheckMilliseconds">How long its checks took.</param>
/// <param name="Milliseconds">How long all of it took.</param>
/// <param name="Kept">The upgraded copy where it was to stay.</param>
internal sealed record RehearsalShape(
    string Database,
    bool IsClean,
    ImmutableArray<ModuleVersionShape> From,
    ImmutableArray<ModuleVersionShape> To,
    ImmutableArray<RehearsedMigrationShape> Migrations,
    ImmutableArray<FindingShape> Findings,
    ImmutableArray<FindingShape> OldFindings,
    ImmutableArray<string> Differences,
    string? NotCompared,
    long Size,
    double CopyMilliseconds,
    double UpgradeMilliseconds,
    double CheckMilliseconds,
    double Milliseconds,
    string? Kept)
{
    public static RehearsalShape Of(RehearsalResult result) => new(
        result.Status.Database,
        result.IsClean,
        [.. result.From.Select(ModuleVersionShape.Of)],
        [.. result.To.Select(ModuleVersionShape.Of)],
        [.. result.Migrations.Select(RehearsedMigrationShape.Of)],
        [.. result.NewFindings.Select(FindingShape.Of)],
        [.. result.OldFindings.Select(FindingShape.Of)],
        result.Differences,
        result.NotCompared is { } reason ? ToolWords.Of(reason) : null,
        result.Size,
        Rounded(result.Copying),
        Rounded(result.Upgrading),
        Rounded(result.Checking),
        Rounded(result.Duration),
        result.Kept);

    private static double Rounded(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 1);
}
