using System.Collections.Immutable;
using Migrations.Core.Alteration.Editing;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// A row that was written before a column was added holds no value for it and reads the default out of the stored text
/// (fileformat2.html, section 2.1): with another default it would read another value, and no check of SQLite's would notice.
/// Such rows are found by a default that no row holds, for a moment, and made to store what they read before.
/// </summary>
internal static class StoredDefaults
{
    private const string Rule = "fileformat2.html, section 2.1";

    // Found by this value, a row is written as it reads; one that holds the very value is written needlessly, and stays the same.
    private const string Sentinel = "x'6D6967726174696F6E732073686F727420726F77'";

    /// <summary>A library that leaves NULLs out at the end of rows would not store them.</summary>
    public static bool IsPossible(TableSchema table, SetDefault set, Capabilities capabilities) =>
        !capabilities.TrimsNulls || table.FindColumn(set.Column) is not { } column || !DefaultExpression.IsNull(column.DefaultText);

    /// <summary>The columns of a table that rows may lack, and whose default changes, in order.</summary>
    public static ImmutableArray<ColumnSchema> Changed(TableSchema table, TableDraft draft) =>
    [
        .. table.Columns.Skip(1).Where(column =>
            !column.IsGenerated
            && draft.Kept.Contains(column.Name)
            && draft.FindColumn(column.Name) is { } now
            && !table.IsInPrimaryKey(column.Name)
            && !string.Equals(now.DefaultText, column.DefaultText, StringComparison.Ordinal)),
    ];

    /// <summary>A row that lacks a column lacks all that come after it, so the last one tells.</summary>
    public static IEnumerable<AlterationStep> Steps(DatabaseSchema schema, TableSchema table, ColumnSchema last)
    {
        SqlIdentifier database = schema.Database;
        string name = $"{database.Quoted}.{table.Name.Quoted}";
        string column = last.Name.Quoted;
        string written = LeastUsed(schema, table, last).Name.Quoted;
        string update = $"UPDATE OR ABORT {name} SET {written} = {written}";
        if (table.IsWithoutRowId ? Uses(schema, table, last) > 0 : table.RowIdName is null)
        {
            // SQLite can't be told to read a table WITHOUT ROWID itself and not an index that holds what is asked for (NOT INDEXED
            // is no word on that), and an index holds the old default.
            yield return Store(update);
            yield break;
        }

        string text = ColumnEdits.SetDefault(table.Syntax!, last.Syntax, Sentinel);
        TableSchema marked = TableSchemaReader.Read(table.Name, table.Kind, text);
        EditCheck.Require(table, marked, new SetDefault(last.Name, Sentinel));
        SqlIdentifier shortRows = FreeName.Like("migrations_short_rows", schema.TemporaryNames.Contains);
        string found = $"temp.{shortRows.Quoted}";
        ImmutableArray<SqlIdentifier> keys = table.IsWithoutRowId ? RowSource.KeysOf(table) : [table.RowIdName!.Value];
        string[] names = [.. keys.Select((_, index) => $"k{index + 1}")];
        string columns = table.IsWithoutRowId ? string.Join(", ", names) : "k1 INTEGER PRIMARY KEY";
        string key = string.Join(", ", keys.Select(part => part.Quoted));
        yield return new AlterationStep($"CREATE TEMP TABLE {shortRows.Quoted} ({columns})", "make room for the keys of rows that hold no value", Rule);
        yield return StoredTextEdits.Step(database, table.Name, text, $"give column {last.Name} a default that no row holds, for a moment");
        yield return new AlterationStep(
            $"INSERT INTO {found} SELECT {key} FROM {name} NOT INDEXED WHERE {column} IS {Sentinel}", $"find rows that hold no value for column {last.Name}", Rule);
        yield return StoredTextEdits.Step(database, table.Name, table.Sql, "give the column its old default back");
        yield return Store($"{update} WHERE {(keys.Length == 1 ? key : $"({key})")} IN (SELECT {string.Join(", ", names)} FROM {found})");
        yield return new AlterationStep($"DROP TABLE {found}", "forget their keys", Rule);

        AlterationStep Store(string sql) => new(sql, "make these rows store the value that they read", Rule) { Kind = AlterationStepKind.Update };
    }

    /// <summary>
    /// The column to write: an UPDATE writes the whole row anew, whichever column it sets, and the fewer indexes and constraints
    /// a column stands in, the less SQLite does and asks for the sake of a value that stays the same.
    /// </summary>
    private static ColumnSchema LeastUsed(DatabaseSchema schema, TableSchema table, ColumnSchema last) =>
        table.Columns
            .Where(column => !column.IsGenerated && !column.IsRowIdAlias && !table.IsInPrimaryKey(column.Name))
            .OrderBy(column => Uses(schema, table, column) + (column.IsNotNull ? 1 : 0))
            .ThenBy(column => column.Name == last.Name ? 0 : 1)
            .First();

    private static int Uses(DatabaseSchema schema, TableSchema table, ColumnSchema column) =>
        schema.IndexesOf(table.Name).Count(index => ChangeApplication.Uses(index, column.Name))
        + table.Uniques.Count(unique => unique.Columns.Any(part => part.Name == column.Name))
        + table.ForeignKeys.Count(key => key.Columns.Contains(column.Name))
        + schema.ForeignKeysTo(table.Name).Count(key => key.ParentColumns.Contains(column.Name))
        + table.Checks.Count(check => NameReferences.Mentions(check.Expression, column.Name))
        + table.Columns.Count(other => other.IsGenerated && NameReferences.Mentions(other.Syntax.Span.TextIn(table.Sql), column.Name));
}
