using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>
/// Adds a column at the end, or at <paramref name="Place"/>. <paramref name="Definition"/> is the text of a column definition
/// with its name. <paramref name="ExistingRows"/> is an SQL expression over the table's columns for the rows that are there;
/// null gives them the default.
/// </summary>
internal sealed record AddColumn(string Definition, ColumnPlace? Place = null, string? ExistingRows = null) : TableChange
{
    internal SqlIdentifier Name => CreateTableReader.ReadColumn(Definition).Name.Identifier;
}
