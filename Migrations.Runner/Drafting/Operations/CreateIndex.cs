using Migrations.Core.Schema;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>Creates an index; <see cref="Table"/> is the one it is on, as it will be.</summary>
internal sealed record CreateIndex(IndexSchema Index, TableSchema? Table) : DraftOperation;
