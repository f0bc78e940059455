using Migrations.Core.Schema;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>Creates a table, virtual ones included.</summary>
internal sealed record CreateTable(TableSchema Table, DatabaseSchema Schema) : DraftOperation;
