using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Execution;

/// <summary>How many rows a table has, and about how many pages they fill. Immutable.</summary>
internal readonly record struct TableSize(long Rows, long Pages)
{
    private const int Sampled = 20;

    // A cell's pointer, the lengths of its payload and header, and its rowid (fileformat2.html, section 1.6).
    private const int CellOverhead = 8;

    private static readonly SqlIdentifier[] RowIdNames = ["rowid", "_rowid_", "oid"];

    /// <summary>
    /// Counts the rows, and estimates their pages from a few rows at both ends of the table, since SQLite itself counts pages only where
    /// it is built with DBSTAT. Writes nothing; the caller's transaction keeps the two consistent.
    /// </summary>
    public static TableSize Read(SqliteConnection connection, SqlIdentifier database, SqlIdentifier table)
    {
        string name = $"{database.Quoted}.{table.Quoted}";
        long rows = Count(connection, name);
        if (rows == 0)
        {
            return new TableSize(0, 1);
        }

        // Virtual generated columns are stored nowhere, and their functions may be missing.
        ImmutableArray<SqlIdentifier> columns =
        [
            .. connection.ReadRows(
                $"SELECT name FROM pragma_table_xinfo({SqlText.Literal(table.Name)}, {SqlText.Literal(database.Name)}) WHERE hidden <> 2",
                reader => new SqlIdentifier(reader.GetString(0))),
        ];
        long pageSize = connection.ReadRows($"PRAGMA {database.Quoted}.page_size", reader => reader.GetInt64(0))[0];
        bool hasRowIds = connection.ReadRows(
            $"SELECT wr FROM pragma_table_list WHERE schema = {SqlText.Literal(database.Name)} COLLATE NOCASE AND name = {SqlText.Literal(table.Name)} COLLATE NOCASE",
            reader => reader.GetInt64(0)) is [0, ..];
        double[] lengths = [.. Sample(connection, name, columns, hasRowIds)];
        return new TableSize(rows, Math.Max(1, (long)Math.Ceiling(rows * lengths.Average(length => PagesOf(length, pageSize)))));
    }

    /// <summary>How much of a page a row takes.</summary>
    private static double PagesOf(double length, long pageSize) =>
        length <= pageSize - 35 ? length / (pageSize - 12) : PagesOfLong(length, pageSize);

    /// <summary>The start of a row that does not fit stays with the others, the rest fills pages of its own (fileformat2.html, section 1.6).</summary>
    private static double PagesOfLong(double length, long pageSize)
    {
        double least = ((pageSize - 12) * 32 / 255) - 23;
        double kept = least + ((length - least) % (pageSize - 4));
        kept = kept <= pageSize - 35 ? kept : least;
        return (kept / (pageSize - 12)) + Math.Ceiling((length - kept) / (pageSize - 4));
    }

    /// <summary>The smallest index is counted, unless its collation is missing on this connection.</summary>
    private static long Count(SqliteConnection connection, string table)
    {
        string sql = $"SELECT count(*) FROM {table}";
        try
        {
            return connection.ReadRows(sql, reader => reader.GetInt64(0))[0];
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            return connection.ReadRows($"{sql} NOT INDEXED", reader => reader.GetInt64(0))[0];
        }
    }

    private static IEnumerable<double> Sample(SqliteConnection connection, string table, ImmutableArray<SqlIdentifier> columns, bool hasRowIds)
    {
        string lengths = string.Join(", ", columns.Select(column => LengthOf(column.Quoted)));
        SqlIdentifier? rowId = !hasRowIds ? null : RowIdNames.Where(name => !columns.Contains(name)).Cast<SqlIdentifier?>().FirstOrDefault();
        IEnumerable<string> ends = rowId is { } key ? [$" ORDER BY {key.Quoted}", $" ORDER BY {key.Quoted} DESC"] : [""];
        return ends.SelectMany(order => connection.ReadRows($"SELECT {lengths} FROM {table} NOT INDEXED{order} LIMIT {Sampled}", Length));
    }

    private static double Length(SqliteDataReader reader)
    {
        double length = CellOverhead;
        for (int i = 0; i < reader.FieldCount; i++)
        {
            length += reader.GetInt64(i);
        }

        return length;
    }

    /// <summary>The bytes of a value with its type in the header (fileformat2.html, section 2.1).</summary>
    private static string LengthOf(string column)
    {
        // A term has no collation, which the connection may lack.
        string number = $"({column} | 0)";
        return $"CASE typeof({column}) WHEN 'null' THEN 1 WHEN 'real' THEN 9 WHEN 'blob' THEN 2 + length({column}) WHEN 'text' THEN 2 + length(CAST({column} AS BLOB)) "
            + $"ELSE CASE WHEN {number} BETWEEN 0 AND 1 THEN 1 WHEN {number} BETWEEN -128 AND 127 THEN 2 WHEN {number} BETWEEN -32768 AND 32767 THEN 3 "
            + $"WHEN {number} BETWEEN -2147483648 AND 2147483647 THEN 5 ELSE 9 END END";
    }
}
