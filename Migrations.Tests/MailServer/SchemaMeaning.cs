using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using SQLitePCL;

namespace Migrations.Tests.MailServer;

/// <summary>
/// What a schema means, as lines: SQLite's own account of every table by its pragmas, and the names of constraints from the
/// text. Two databases whose lines are equal behave the same, however their statements are written. Tables of the two
/// migration tools themselves are left out.
/// </summary>
internal static class SchemaMeaning
{
    public static IReadOnlyList<string> Of(SqliteConnection connection)
    {
        List<string> lines = [];
        foreach (string table in Tables(connection))
        {
            lines.AddRange(Table(connection, table).Select(line => $"{table}: {line}"));
        }

        lines.AddRange(connection
            .Rows("SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY type, name")
            .Select(row => Print(row)));
        return lines;
    }

    /// <summary>The application's tables, by name.</summary>
    public static IReadOnlyList<string> Tables(SqliteConnection connection) =>
    [
        .. connection
            .Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
            .Select(row => (string)row[0]!)
            .Where(name => name is not ("alembic_version" or "VersionInfo" or "__VersionHistory")),
    ];

    private static IEnumerable<string> Table(SqliteConnection connection, string table)
    {
        string quoted = $"'{table}'";
        foreach (object?[] row in connection.Rows($"SELECT type, ncol, wr, strict FROM pragma_table_list({quoted}) WHERE schema = 'main'"))
        {
            yield return $"kind, columns, WITHOUT ROWID, STRICT: {Print(row)}";
        }

        foreach (object?[] row in connection.Rows($"SELECT cid, name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo({quoted}) ORDER BY cid"))
        {
            string name = (string)row[1]!;
            row[4] = row[4] is string text ? WithoutOuterParentheses(text) : null;
            yield return $"column {Print(row)} {StorageOf(connection, table, name)}";
        }

        // Automatic indexes are numbered by the position of their constraint, which means nothing: their columns count.
        List<string> indexes = [];
        foreach (object?[] row in connection.Rows($"SELECT name, \"unique\", origin, partial FROM pragma_index_list({quoted})"))
        {
            string name = (string)row[0]!;
            IEnumerable<string> columns = connection
                .Rows($"SELECT seqno, name, \"desc\", coll, key FROM pragma_index_xinfo('{name}') ORDER BY seqno")
                .Select(Print);
            string text = connection.Scalar<string?>($"SELECT sql FROM sqlite_schema WHERE name = '{name}'") ?? "automatic";
            indexes.Add($"index unique, origin, partial: {Print(row[1..])} {text} {string.Join(' ', columns)}");
        }

        indexes.Sort(StringComparer.Ordinal);
        foreach (string index in indexes)
        {
            yield return index;
        }

        List<string> keys = [.. connection
            .Rows($"SELECT seq, \"from\", \"table\", \"to\", on_update, on_delete, \"match\" FROM pragma_foreign_key_list({quoted})")
            .Select(row => $"foreign key {Print(row)}")];
        keys.Sort(StringComparer.Ordinal);
        foreach (string key in keys)
        {
            yield return key;
        }

        foreach (string constraint in NamedConstraints.Of(connection.Scalar<string>($"SELECT sql FROM sqlite_schema WHERE name = '{table}'")))
        {
            yield return constraint;
        }
    }

    private static string StorageOf(SqliteConnection connection, string table, string column)
    {
        int rc = raw.sqlite3_table_column_metadata(
            connection.Handle, "main", table, column, out _, out string collation, out _, out _, out int autoIncrement);
        SqliteException.ThrowExceptionForRC(rc, connection.Handle);
        return $"collates {collation}, autoincrement {autoIncrement}";
    }

    private static string WithoutOuterParentheses(string text)
    {
        text = text.Trim();
        while (text.Length > 1 && text[0] == '(' && EndOfFirstGroup(text) == text.Length - 1)
        {
            text = text[1..^1].Trim();
        }

        return text;
    }

    private static int EndOfFirstGroup(string text)
    {
        int depth = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '\'';
            depth += quoted ? 0 : text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Print(object?[] row) =>
        "(" + string.Join(", ", row.Select(value => Convert.ToString(value ?? "NULL", CultureInfo.InvariantCulture))) + ")";
}
