using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>What became of a fleet: its files in the order of their paths, how many came to each outcome, and the time in all.</summary>
internal sealed record FleetShape(ImmutableArray<FleetFileShape> Files, FleetCountsShape Counts, double Milliseconds);
