using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>Remarks on the two ways of a migration.</summary>
/// <param name="Up">Those on the way up.</param>
/// <param name="Down">Those on the way down.</param>
internal sealed record RemarksShape(ImmutableArray<string> Up, ImmutableArray<string> Down);
