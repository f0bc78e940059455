using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Drops a column, with the constraints written on it.</summary>
internal sealed record DropColumn(SqlIdentifier Column) : TableChange;
