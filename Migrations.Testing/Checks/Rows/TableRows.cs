using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Checks.Rows;

/// <summary>The rows of a table at a moment, each value as quote() writes it. Immutable.</summary>
internal sealed class TableRows
{
    private readonly ImmutableArray<string> rowIds;

    private TableRows(
        SqlIdentifier name,
        ImmutableArray<SqlIdentifier> columns,
        ImmutableHashSet<SqlIdentifier> computed,
        ImmutableArray<SqlIdentifier> key,
        ImmutableArray<ImmutableArray<string?>> rows,
        ImmutableArray<string> rowIds)
    {
        Name = name;
        Columns = columns;
        Computed = computed;
        Key = key;
        Rows = rows;
        LooseRows = [.. rows.Select(row => row.Select(StoredLiteral.Loose).ToImmutableArray())];
        this.rowIds = rowIds;
    }

    public SqlIdentifier Name { get; }

    public ImmutableArray<SqlIdentifier> Columns { get; }

    /// <summary>Generated columns, which hold nothing of their own.</summary>
    public ImmutableHashSet<SqlIdentifier> Computed { get; }

    /// <summary>The columns of the primary key, empty where there is none.</summary>
    public ImmutableArray<SqlIdentifier> Key { get; }

    public ImmutableArray<ImmutableArray<string?>> Rows { get; }

    /// <summary>The same values, as <see cref="StoredLiteral.Loose(string?)"/> compares them.</summary>
    public ImmutableArray<ImmutableArray<string?>> LooseRows { get; }

    public int Count => Rows.Length;

    public bool HasRowIds => !rowIds.IsDefault;

    public string RowId(int row) => rowIds[row];

    /// <summary>The place of a column, negative where there is none.</summary>
    public int IndexOf(SqlIdentifier column) => Columns.IndexOf(column);

    /// <summary>How to find a row, for a message: <c>"email" = 'a@b.c'</c>, <c>rowid = 7</c>.</summary>
    public string KeyOf(int row) => !Key.IsEmpty
        ? string.Join(" AND ", Key.Select(column => $"{column} = {StoredLiteral.Shown(Rows[row][IndexOf(column)])}"))
        : HasRowIds ? $"rowid = {RowId(row)}" : string.Create(CultureInfo.InvariantCulture, $"row {row + 1}");

    /// <summary>A whole row, for a message.</summary>
    public string RowOf(int row) => $"({string.Join(", ", Columns.Select((column, i) => $"{column} = {StoredLiteral.Shown(Rows[row][i])}"))})";

    /// <summary>Reads the ordinary tables of the main database.</summary>
    public static ImmutableArray<TableRows> ReadAll(SqliteConnection connection, Func<SqlIdentifier, bool> isLeftOut) =>
    [
        .. connection
            .ReadRows(
                "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name COLLATE NOCASE",
                row => (Name: new SqlIdentifier(row.GetString(0)), IsWithoutRowId: row.GetBoolean(1)))
            .Where(table => !isLeftOut(table.Name))
            .Select(table => Read(connection, table.Name, table.IsWithoutRowId)),
    ];

    private static TableRows Read(SqliteConnection connection, SqlIdentifier name, bool isWithoutRowId)
    {
        // Parts of a table's key are numbered by their place in it (pragma.html#pragma_table_info).
        ImmutableArray<(SqlIdentifier Name, long Key, long Hidden)> columns = connection.ReadRows(
            $"SELECT name, pk, hidden FROM pragma_table_xinfo({SqlText.Literal(name.Name)}, 'main') ORDER BY cid",
            row => (new SqlIdentifier(row.GetString(0)), row.GetInt64(1), row.GetInt64(2)));
        SqlIdentifier[] names = ["rowid", "_rowid_", "oid"];
        SqlIdentifier? rowId = isWithoutRowId
            ? null
            : names.Where(free => columns.All(column => column.Name != free)).Select(free => (SqlIdentifier?)free).FirstOrDefault();
        IEnumerable<string> values = columns.Select(column => $"CASE WHEN t.{column.Name.Quoted} IS NOT NULL THEN quote(t.{column.Name.Quoted}) END");
        string sql = $"SELECT {string.Join(", ", values.Append(rowId is { } id ? $"CAST(t.{id.Name} AS TEXT)" : "NULL"))} FROM main.{name.Quoted} AS t"
            + (rowId is { } order ? $" ORDER BY t.{order.Name}" : "");
        ImmutableArray<(ImmutableArray<string?> Values, string? RowId)> rows = connection.ReadRows(
            sql, row => (Enumerable.Range(0, columns.Length).Select(row.GetStringOrNull).ToImmutableArray(), row.GetStringOrNull(columns.Length)));
        return new(
            name,
            [.. columns.Select(column => column.Name)],
            [.. columns.Where(column => column.Hidden is 2 or 3).Select(column => column.Name)],
            [.. columns.Where(column => column.Key > 0).OrderBy(column => column.Key).Select(column => column.Name)],
            [.. rows.Select(row => row.Values)],
            rowId is null ? default : [.. rows.Select(row => row.RowId!)]); // A rowid is never NULL.
    }
}
