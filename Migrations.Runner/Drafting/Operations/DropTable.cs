using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>Drops a table with its rows.</summary>
internal sealed record DropTable(SqlIdentifier Table) : DraftOperation
{
    public override bool LosesData => true;
}
