using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>Renames a column.</summary>
internal sealed record RenameColumnOperation(SqlIdentifier Table, SqlIdentifier Column, SqlIdentifier NewName) : DraftOperation;
