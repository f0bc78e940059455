using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Migrations.Tests.Support;

public sealed partial class DatabaseSnapshot
{
    private static readonly string[] ConnectionPragmas =
    [
        "foreign_keys", "legacy_alter_table", "ignore_check_constraints", "recursive_triggers", "defer_foreign_keys",
        "writable_schema", "trusted_schema", "cell_size_check", "reverse_unordered_selects", "query_only", "cache_spill",
    ];

    private static readonly string[] DatabasePragmas =
        ["user_version", "application_id", "auto_vacuum", "encoding", "page_size", "journal_mode"];

    private static readonly string[] RowIdNames = ["rowid", "_rowid_", "oid"];

    /// <summary>Reads a database through an open connection, also inside its transaction. Writes nothing.</summary>
    public static DatabaseSnapshot Of(SqliteConnection connection, string database = "main")
    {
        string quoted = TestDatabase.Quote(database);
        ImmutableSortedDictionary<string, TableRows>.Builder tables =
            ImmutableSortedDictionary.CreateBuilder<string, TableRows>(NameComparer.Instance);
        foreach (object?[] row in connection.Rows($"PRAGMA {quoted}.table_list"))
        {
            string name = (string)row[1]!;
            if (string.Equals((string)row[0]!, database, StringComparison.OrdinalIgnoreCase)
                && row[2] is "table" or "shadow"
                && name is not ("sqlite_schema" or "sqlite_temp_schema" or "sqlite_master"))
            {
                tables.Add(name, ReadTable(connection, quoted, name, isWithoutRowId: row[4] is 1L));
            }
        }

        ImmutableSortedDictionary<string, string>.Builder pragmas =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string pragma in ConnectionPragmas)
        {
            pragmas.Add(pragma, connection.Scalar<string>($"PRAGMA {pragma}"));
        }

        foreach (string pragma in DatabasePragmas)
        {
            pragmas.Add(pragma, connection.Scalar<string>($"PRAGMA {quoted}.{pragma}"));
        }

        return new(
            ReadSchema(connection, $"{quoted}.sqlite_schema"),
            ReadSchema(connection, "temp.sqlite_schema"),
            tables.ToImmutable(),
            pragmas.ToImmutable());
    }

    private static ImmutableArray<SchemaRow> ReadSchema(SqliteConnection connection, string table) =>
        [.. connection.Rows($"SELECT type, name, tbl_name, sql FROM {table} ORDER BY rowid")
            .Select(row => new SchemaRow((string)row[0]!, (string)row[1]!, (string)row[2]!, (string?)row[3]))];

    private static TableRows ReadTable(SqliteConnection connection, string database, string table, bool isWithoutRowId)
    {
        string[] columns = [.. connection.Rows($"PRAGMA {database}.table_xinfo({TestDatabase.Quote(table)})")
            .Select(row => (string)row[1]!)];

        // Neither sequences nor statistics are addressed by rowid, and their order means nothing; nor does that of a table WITHOUT ROWID,
        // which SQLite may read by any index.
        bool isOwn = table.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);
        string? rowId = isWithoutRowId || isOwn
            ? null
            : RowIdNames.FirstOrDefault(name => !columns.Contains(name, NameComparer.Instance));
        StringBuilder sql = new($"SELECT {rowId ?? "NULL"}");
        foreach (string column in columns.Select(TestDatabase.Quote))
        {
            // Text goes by its bytes: it may hold NUL or be no UTF-8 at all.
            sql.Append(CultureInfo.InvariantCulture, $", typeof({column}), CASE typeof({column}) WHEN 'text' THEN CAST({column} AS BLOB) ELSE {column} END");
        }

        sql.Append(CultureInfo.InvariantCulture, $" FROM {database}.{TestDatabase.Quote(table)} NOT INDEXED");
        if (rowId is not null)
        {
            sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {rowId}");
        }

        IEnumerable<(long? RowId, ImmutableArray<string> Values)> rows = connection.Rows(sql.ToString())
            .Select(row => (
                (long?)row[0],
                Enumerable.Range(0, columns.Length).Select(i => Print((string)row[1 + (2 * i)]!, row[2 + (2 * i)])).ToImmutableArray()));
        if (isOwn || isWithoutRowId)
        {
            rows = rows.OrderBy(row => string.Join('\n', row.Values), StringComparer.Ordinal);
        }

        return new([.. columns], [.. rows]);
    }

    private static string Print(string storageClass, object? value) => storageClass switch
    {
        "null" => "NULL",
        "integer" => ((long)value!).ToString(CultureInfo.InvariantCulture),
        "real" => "real " + ((double)value!).ToString("R", CultureInfo.InvariantCulture),
        "text" => PrintText((byte[])value!),
        "blob" => $"x'{Convert.ToHexStringLower((byte[])value!)}'",
        _ => throw new ArgumentOutOfRangeException(nameof(storageClass)),
    };

    private static string PrintText(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return text.Any(char.IsControl) || text.Contains('\uFFFD', StringComparison.Ordinal)
            ? $"text x'{Convert.ToHexStringLower(bytes)}'"
            : $"'{text}'";
    }
}
