using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A migration that was run; its direction is "up" or "down".</summary>
internal sealed record MigrationRunShape(
    string Module, long Version, string Name, string Direction, double Milliseconds, ImmutableArray<AlterationShape> Alterations)
{
    public static MigrationRunShape Of(MigrationResult result) => new(
        result.Migration.Module,
        result.Migration.Version,
        result.Migration.Name,
        result.IsUp ? "up" : "down",
        Math.Round(result.Duration.TotalMilliseconds, 1),
        [.. result.Alterations.Select(AlterationShape.Of)]);
}
