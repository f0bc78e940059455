using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// A table on its way to what is wanted: its text so far, what the text means, where each column's values come from,
/// and the indexes that will stand on it. Immutable.
/// </summary>
internal sealed record TableDraft
{
    /// <summary>The table as it will be; its text is the new CREATE TABLE text under the table's own name.</summary>
    public required TableSchema Table { get; init; }

    /// <summary>Columns that hold the values of a column of the table as it is, of the same name.</summary>
    public required ImmutableHashSet<SqlIdentifier> Kept { get; init; }

    /// <summary>Conversions, the first one nearest to the table.</summary>
    public required ImmutableArray<ConversionLayer> Layers { get; init; }

    /// <summary>C# functions used in the layers, by the name that SQL calls them by.</summary>
    public required ImmutableArray<ConversionFunction> Functions { get; init; }

    /// <summary>Conditions under which a row can't be converted, on the level at which they are asked.</summary>
    public required ImmutableArray<ConversionGuard> Guards { get; init; }

    /// <summary>The indexes that will stand, in order.</summary>
    public required ImmutableArray<IndexSchema> Indexes { get; init; }

    public CreateTableSyntax Syntax => Table.Syntax!;

    public static TableDraft Of(DatabaseSchema schema, TableSchema table) => new()
    {
        Table = table,
        Kept = [.. table.Columns.Where(column => !column.IsGenerated).Select(column => column.Name)],
        Layers = [],
        Functions = [],
        Guards = [],
        Indexes = [.. schema.IndexesOf(table.Name)],
    };

    public TableDraft WithText(string text) =>
        text == Table.Sql ? this : this with { Table = TableSchemaReader.Read(Table.Name, Table.Kind, text) };

    public ColumnSchema? FindColumn(SqlIdentifier name) => Table.FindColumn(name);

    /// <summary>Gives a column a new value; in the topmost level if no value there would be seen by the expression.</summary>
    public TableDraft WithExpression(SqlIdentifier column, string text)
    {
        string expression = SqlTokens.Closed(text);
        if (Layers is [.., { } top]
            && !top.Expressions.ContainsKey(column)
            && !top.Expressions.Keys.Any(changed => NameReferences.Mentions(expression, changed)))
        {
            return this with { Layers = Layers.SetItem(Layers.Length - 1, new ConversionLayer(top.Expressions.Add(column, expression))) };
        }

        return this with
        {
            Layers = Layers.Add(new ConversionLayer(ImmutableDictionary<SqlIdentifier, string>.Empty.Add(column, expression))),
        };
    }

    /// <summary>Whether any level gives the column a value.</summary>
    public bool IsConverted(SqlIdentifier column) => Layers.Any(layer => layer.Expressions.ContainsKey(column));
}
