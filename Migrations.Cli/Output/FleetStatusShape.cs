using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>What the files of a fleet hold, in the order of their paths.</summary>
internal sealed record FleetStatusShape(ImmutableArray<FleetFileStatusShape> Files);
