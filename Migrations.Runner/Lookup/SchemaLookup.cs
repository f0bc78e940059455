using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Lookup;

/// <summary>Answers what is there, by names as SQLite compares them. Reads only.</summary>
internal sealed class SchemaLookup(SqliteConnection connection)
{
    public bool HasDatabase(SqlIdentifier database) =>
        database == "temp" || AttachedDatabases.Read(connection).Contains(database);

    /// <summary>Whether there is a table of this name; a view is none.</summary>
    public bool HasTable(TableName table) => HasDatabase(table.Database)
        && connection.ReadInteger(
            $"SELECT count(*) FROM {table.Database.Quoted}.sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE",
            table.Table.Name) > 0;

    /// <summary>Whether a table has a column; generated columns count, the hidden ones of virtual tables do not.</summary>
    public bool HasColumn(TableName table, SqlIdentifier column) => HasTable(table)
        && connection.ReadInteger(
            "SELECT count(*) FROM pragma_table_xinfo(?1, ?2) WHERE name = ?3 COLLATE NOCASE AND hidden <> 1",
            table.Table.Name,
            table.Database.Name,
            column.Name) > 0;

    public bool HasIndex(TableName table, SqlIdentifier index) => HasTable(table)
        && connection.ReadInteger(
            "SELECT count(*) FROM pragma_index_list(?1, ?2) WHERE name = ?3 COLLATE NOCASE",
            table.Table.Name,
            table.Database.Name,
            index.Name) > 0;

    /// <summary>Whether a table has a constraint of a name, or a unique index that stands for one.</summary>
    public bool HasConstraint(TableName table, SqlIdentifier name)
    {
        if (!HasTable(table))
        {
            return false;
        }

        DatabaseSchema schema = SchemaReader.Read(connection, table.Database);
        if (schema.Unread.FirstOrDefault(unread => unread.Type is "table" && unread.Name == table.Table) is { } unread)
        {
            throw unread.ToException();
        }

        return schema.IndexesOf(table.Table).Any(index => index.IsUnique && index.Name == name)
            || (schema.FindTable(table.Table) is { } found && NamesOf(found).Contains(name));
    }

    /// <summary>
    /// Whether a column's default is this text after DEFAULT, or has the same value; <paramref name="asText"/> is what the
    /// caller wrote, where it wrote text, for those who give the default as it stands in the schema.
    /// </summary>
    public bool HasDefault(TableName table, SqlIdentifier column, string text, string? asText)
    {
        if (!HasTable(table)
            || connection.ReadRows(
                "SELECT dflt_value FROM pragma_table_xinfo(?1, ?2) WHERE name = ?3 COLLATE NOCASE AND dflt_value IS NOT NULL",
                table.Table.Name,
                table.Database.Name,
                column.Name) is not [[string actual]])
        {
            return false;
        }

        return IsSame(actual, text) || (asText is not null && IsSame(actual, asText)) || HasSameValue(actual, text);
    }

    private static IEnumerable<SqlIdentifier?> NamesOf(TableSchema table) =>
    [
        table.PrimaryKey?.Name,
        .. table.Uniques.Select(unique => unique.Name),
        .. table.Checks.Select(check => check.Name),
        .. table.ForeignKeys.Select(key => key.Name),
    ];

    private static bool IsSame(string left, string right) =>
        string.Equals(Bare(left), Bare(right), StringComparison.OrdinalIgnoreCase);

    // table_xinfo gives an expression without the parentheses that DEFAULT needs (pragma.html#pragma_table_xinfo).
    private static string Bare(string text)
    {
        string bare = text.Trim();
        return bare is ['(', .., ')'] ? bare[1..^1].Trim() : bare;
    }

    // Both are constants of the same kind: '5' and 5 are one default in a column that makes them one.
    private bool HasSameValue(string left, string right)
    {
        try
        {
            return connection.ReadInteger($"SELECT CAST(({left}) AS TEXT) = CAST(({right}) AS TEXT) AND NOT ({IsClock("?1")})", left + right) == 1;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            // A function that this connection does not know: its value can't be compared, and the texts differ.
            return false;
        }
    }

    private static string IsClock(string parameter) =>
        $"{parameter} LIKE '%CURRENT\\_%' ESCAPE '\\' OR {parameter} LIKE '%now%' OR {parameter} LIKE '%random%'";
}
