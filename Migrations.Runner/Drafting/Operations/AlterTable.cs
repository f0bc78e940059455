using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>Changes of one table in one pass.</summary>
internal sealed record AlterTable(SqlIdentifier Table, ImmutableArray<DraftedChange> Changes) : DraftOperation
{
    public override bool LosesData => Changes.Any(change => change.LosesData);
}
