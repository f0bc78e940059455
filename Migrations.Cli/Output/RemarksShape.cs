using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>Remarks on the two ways of a migration.</summary>
internal sealed record RemarksShape(ImmutableArray<string> Up, ImmutableArray<string> Down);
