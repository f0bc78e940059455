using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Duplicates under primary keys, UNIQUE constraints and unique indexes that are new or that compare other values than before.</summary>
internal sealed class KeyPreflights(DatabaseSchema schema, TableSchema table, TableDraft draft)
{
    private readonly RowSource source = new(schema.Database, table, draft);

    public IEnumerable<Preflight> All() => Changed().Select(Ask);

    /// <summary>Those of primary keys and UNIQUE constraints, which refuse a row as it is written.</summary>
    public IEnumerable<Preflight> OfConstraints() => Changed().Where(key => !key.IsIndex).Select(Ask);

    /// <summary>Those of unique indexes, which a copy builds when the old table is gone.</summary>
    public IEnumerable<Preflight> OfIndexes() => Changed().Where(key => key.IsIndex).Select(Ask);

    public IEnumerable<Preflight> OfNewIndexes() => Keys(draft.Table, draft.Indexes.Except(schema.IndexesOf(table.Name)))
        .Where(key => key.IsIndex)
        .Select(Ask);

    private IEnumerable<UniqueKey> Changed()
    {
        HashSet<string> known = [.. Keys(table, schema.IndexesOf(table.Name)).Select(key => key.Signature)];
        return Keys(draft.Table, draft.Indexes)
            .Where(key => !known.Contains(key.Signature) || RowChanges.Touch(table, draft, string.Join(", ", key.Terms)));
    }

    private static IEnumerable<UniqueKey> Keys(TableSchema table, IEnumerable<IndexSchema> indexes)
    {
        if (table.PrimaryKey is { } primaryKey)
        {
            yield return Constraint(table, $"the primary key{Called(primaryKey.Name)}", primaryKey.Columns);
        }

        foreach (UniqueSchema unique in table.Uniques)
        {
            yield return Constraint(table, $"UNIQUE constraint{Called(unique.Name)}", unique.Columns);
        }

        foreach (IndexSchema index in indexes.Where(index => index.IsUnique))
        {
            // An expression may carry its own COLLATE inside; a column's collation is added where none is written.
            ImmutableArray<string> terms =
            [
                .. index.Syntax.Columns.Select(column => column.Column is { } name
                    ? Term(table, new KeyColumn(name.Identifier, column.Collation?.Identifier, column.Descending))
                    : $"({column.Expression.TextIn(index.Sql)})" + (column.Collation is { } collation ? $" COLLATE {collation.Identifier.Quoted}" : "")),
            ];
            yield return new UniqueKey($"unique index {index.Name}", terms, index.Syntax.Where?.TextIn(index.Sql), IsIndex: true);
        }
    }

    private static UniqueKey Constraint(TableSchema table, string name, ImmutableArray<KeyColumn> columns) =>
        new(name, [.. columns.Select(column => Term(table, column))], Where: null, IsIndex: false);

    private static string Term(TableSchema table, KeyColumn column)
    {
        SqlIdentifier collation = column.Collation ?? table.FindColumn(column.Name!.Value)?.Collation ?? "BINARY";
        return column.Name!.Value.Quoted + (collation == "BINARY" ? "" : $" COLLATE {collation.Quoted}");
    }

    private static string Called(SqlIdentifier? name) => name is { } given ? $" {given}" : "";

    private Preflight Ask(UniqueKey key) => PreflightSql.Duplicates(
        source,
        key.Terms,
        key.Where,
        $"{key.Name} would hold values more than once",
        "Make the values unique first, or convert them in the same batch.",
        key.Terms.Length == 1 ? draft.Table.Columns.FirstOrDefault(column => column.Name.Quoted == key.Terms[0])?.Name : null);

    private sealed record UniqueKey(string Name, ImmutableArray<string> Terms, string? Where, bool IsIndex)
    {
        public string Signature => $"{string.Join(", ", Terms)} WHERE {Where}";
    }
}
