using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>Drops an index.</summary>
internal sealed record DeleteIndex(SqlIdentifier Index, SqlIdentifier Table) : DraftOperation;
