using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Renames a column everywhere: in the table, its indexes, triggers, views and in other tables' foreign keys.</summary>
internal sealed record RenameColumn(SqlIdentifier Column, SqlIdentifier NewName) : TableChange;
