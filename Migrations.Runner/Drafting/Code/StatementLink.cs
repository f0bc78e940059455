using System.Collections.Immutable;

namespace Migrations.Runner.Drafting.Code;

/// <summary>A link of a statement's chain, with remarks above it. Immutable.</summary>
internal sealed record StatementLink(ImmutableArray<string> Calls)
{
    public ImmutableArray<string> Reviews { get; init; } = [];
}
