using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>Renames a table.</summary>
internal sealed record RenameTableOperation(SqlIdentifier Table, SqlIdentifier NewName) : DraftOperation;
