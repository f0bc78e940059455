using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Moves a column within the table.</summary>
internal sealed record PlaceColumn(SqlIdentifier Column, ColumnPlace Place) : TableChange;
