using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Renames the table everywhere.</summary>
internal sealed record RenameTable(SqlIdentifier NewName) : TableChange;
