using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>What the files of a fleet hold.</summary>
/// <param name="Files">Its files in the order of their paths.</param>
internal sealed record FleetStatusShape(ImmutableArray<FleetFileStatusShape> Files);
