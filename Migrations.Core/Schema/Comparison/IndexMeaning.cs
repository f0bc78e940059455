using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Comparison;

/// <summary>What an index means, whatever it is called and however its statement is written. Immutable.</summary>
internal sealed class IndexMeaning(IndexSchema index, DatabaseSchema schema)
{
    public bool Means(IndexMeaning other)
    {
        ImmutableArray<IndexPart> parts = Parts();
        ImmutableArray<IndexPart> others = other.Parts();
        return Index.Table == other.Index.Table
            && Index.IsUnique == other.Index.IsUnique
            && parts.Length == others.Length
            && parts.Zip(others).All(pair => pair.First.Means(pair.Second))
            && (Where, other.Where) switch
            {
                (null, null) => true,
                ({ } left, { } right) => SqlTokens.MeaningEquals(left, right),
                _ => false,
            };
    }

    private IndexSchema Index => index;

    private string? Where => index.Syntax.Where?.TextIn(index.Sql);

    // A column without COLLATE is indexed by its own collation (lang_createindex.html, section 1.4).
    private ImmutableArray<IndexPart> Parts()
    {
        TableSchema? table = schema.Tables.FirstOrDefault(table => table.Name == index.Table);
        return
        [
            .. index.Columns.Zip(index.Syntax.Columns, (column, written) => new IndexPart(
                column.Name,
                written.Expression.TextIn(index.Sql),
                column.Collation ?? (column.Name is { } name ? table?.FindColumn(name)?.Collation : null) ?? "BINARY",
                column.Descending)),
        ];
    }
}
