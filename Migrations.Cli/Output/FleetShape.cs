using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>What became of a fleet.</summary>
/// <param name="Files">Its files in the order of their paths.</param>
/// <param name="Counts">How many came to each outcome.</param>
/// <param name="Milliseconds">How long it took in all.</param>
internal sealed record FleetShape(ImmutableArray<FleetFileShape> Files, FleetCountsShape Counts, double Milliseconds);
