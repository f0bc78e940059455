using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using SQLitePCL;

namespace Migrations.Tests.Corpus;

/// <summary>
/// A fingerprint of a database that is cheap enough to take thousands of times: every text of sqlite_schema, and of every table a hash
/// of its rows with rowids, storage classes and bytes.
/// </summary>
internal sealed class DatabaseContent
{
    private DatabaseContent(ImmutableArray<SchemaRow> schema, ImmutableSortedDictionary<string, ulong> tables)
    {
        Schema = schema;
        Tables = tables;
    }

    /// <summary>sqlite_schema in the order of its rowids.</summary>
    public ImmutableArray<SchemaRow> Schema { get; }

    /// <summary>A hash of the rows of each table.</summary>
    public ImmutableSortedDictionary<string, ulong> Tables { get; }

    public static DatabaseContent Of(SqliteConnection connection)
    {
        ImmutableSortedDictionary<string, ulong>.Builder tables = ImmutableSortedDictionary.CreateBuilder<string, ulong>(StringComparer.Ordinal);
        foreach (object?[] row in connection.Rows("PRAGMA main.table_list"))
        {
            if (row[0] is "main" && row[2] is "table" or "shadow" && (string)row[1]! is not ("sqlite_schema" or "sqlite_temp_schema"))
            {
                tables.Add((string)row[1]!, HashOf(connection, (string)row[1]!, row[4] is 1L, []));
            }
        }

        return new DatabaseContent(
            [.. connection.Rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid")
                .Select(row => new SchemaRow((string)row[0]!, (string)row[1]!, (string)row[2]!, (string?)row[3]))],
            tables.ToImmutable());
    }

    /// <summary>The rows of a table without some columns.</summary>
    public static ulong HashWithout(SqliteConnection connection, string table, params IReadOnlyCollection<string> left) =>
        HashOf(connection, table, connection.Rows($"PRAGMA main.table_list({TestDatabase.Quote(table)})").First(row => row[0] is "main")[4] is 1L, left);

    /// <summary>
    /// What is not as it was before, apart from a table's own text and rows. The order of the indexes and triggers of a table counts.
    /// </summary>
    public IReadOnlyList<string> DifferencesApartFrom(string? table, DatabaseContent before)
    {
        List<string> differences = [];
        IEnumerable<string> Rows(DatabaseContent content) => content.Schema
            .Where(row => !(row.Sql is null || (row.Type is "table" && NameComparer.Instance.Equals(row.Name, table))))
            .OrderBy(row => row.Type, StringComparer.Ordinal).ThenBy(row => row.TableName, NameComparer.Instance)
            .Select(row => $"{row.Type} {row.Name}: {row.SqlWithQuotedName}");
        differences.AddRange(Rows(before).Except(Rows(this), StringComparer.Ordinal).Select(row => $"was {row}"));
        differences.AddRange(Rows(this).Except(Rows(before), StringComparer.Ordinal).Select(row => $"is {row}"));
        if (differences.Count == 0 && !Rows(before).SequenceEqual(Rows(this), StringComparer.Ordinal) && before.Schema.Any(IsOrdered))
        {
            differences.Add("the order of indexes or triggers is another");
        }

        foreach (string name in before.Tables.Keys.Union(Tables.Keys, StringComparer.Ordinal).Where(name => !NameComparer.Instance.Equals(name, table)))
        {
            if (before.Tables.GetValueOrDefault(name) != Tables.GetValueOrDefault(name))
            {
                differences.Add($"the rows of {name} are not as they were");
            }
        }

        return differences;
    }

    public string? TextOf(string table) =>
        Schema.FirstOrDefault(row => row.Type is "table" && NameComparer.Instance.Equals(row.Name, table))?.Sql;

    private static bool IsOrdered(SchemaRow row) => row.Type is "index" or "trigger";

    // The sum of the rows' hashes: a table WITHOUT ROWID, and SQLite's own tables, have no order of their own.
    private static ulong HashOf(SqliteConnection connection, string table, bool isWithoutRowId, IReadOnlyCollection<string> left)
    {
        string[] all = [.. connection.Rows($"SELECT name FROM pragma_table_xinfo('{table.Replace("'", "''", StringComparison.Ordinal)}', 'main')").Select(row => (string)row[0]!)];
        bool isOwn = table.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);
        string? rowId = isWithoutRowId || isOwn
            ? null
            : new[] { "rowid", "_rowid_", "oid" }.FirstOrDefault(name => !all.Contains(name, NameComparer.Instance));
        string[] columns = [.. all.Where(name => !left.Contains(name, NameComparer.Instance)).Order(StringComparer.Ordinal)];
        StringBuilder sql = new($"SELECT {rowId ?? "0"}");
        foreach (string column in columns)
        {
            sql.Append(CultureInfo.InvariantCulture, $", {TestDatabase.Quote(column)}");
        }

        sql.Append(CultureInfo.InvariantCulture, $" FROM main.{TestDatabase.Quote(table)} NOT INDEXED");
        ulong sum = 0;
        int rc = raw.sqlite3_prepare_v2(connection.Handle, sql.ToString(), out sqlite3_stmt statement);
        using (statement)
        {
            SqliteException.ThrowExceptionForRC(rc, connection.Handle);
            while ((rc = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                sum = unchecked(sum + HashOfRow(statement, columns.Length + 1) + 1);
            }

            SqliteException.ThrowExceptionForRC(rc == raw.SQLITE_DONE ? raw.SQLITE_OK : rc, connection.Handle);
        }

        return sum;
    }

    private static ulong HashOfRow(sqlite3_stmt statement, int count)
    {
        ulong hash = 14695981039346656037;
        for (int i = 0; i < count; i++)
        {
            int type = raw.sqlite3_column_type(statement, i);
            hash = unchecked((hash ^ (uint)type) * 1099511628211);
            switch (type)
            {
                case raw.SQLITE_INTEGER:
                    long integer = raw.sqlite3_column_int64(statement, i);
                    hash = Add(hash, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in integer)));
                    break;
                case raw.SQLITE_FLOAT:
                    double real = raw.sqlite3_column_double(statement, i);
                    hash = Add(hash, MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in real)));
                    break;
                case raw.SQLITE_TEXT or raw.SQLITE_BLOB:
                    // Text goes by its bytes: it may hold NUL or be no UTF-8 at all.
                    hash = Add(hash, raw.sqlite3_column_blob(statement, i));
                    break;
            }
        }

        return hash;
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            hash = unchecked((hash ^ b) * 1099511628211);
        }

        return unchecked((hash ^ (uint)bytes.Length) * 1099511628211);
    }
}
