using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A migration that was run.</summary>
/// <param name="Module">Its module, empty for the application's own.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its description, or the name of its class.</param>
/// <param name="Direction">"up" or "down".</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Alterations">The tables that it altered.</param>
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
