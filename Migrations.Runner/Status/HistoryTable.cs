using System.Collections.Immutable;
using System.Globalization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;

namespace Migrations.Runner.Status;

/// <summary>What a module's version table holds, read row by row and with everything that may be odd about it. Immutable.</summary>
internal sealed class HistoryTable
{
    private HistoryTable(ImmutableSortedDictionary<long, string> versions) => Versions = versions;

    /// <summary>The applied versions with their descriptions, which may be empty.</summary>
    public ImmutableSortedDictionary<long, string> Versions { get; }

    /// <summary>Reads the table of a module; null where there is none.</summary>
    /// <exception cref="HistoryUnreadableException">It is there, and FluentMigrator could not read it either.</exception>
    public static HistoryTable? Read(SqliteConnection connection, IVersionTableMetaData table) =>
        Read(connection, SchemaOf(table), table.TableName, table.ColumnName, table.DescriptionColumnName);

    /// <summary>The database that holds the table: the main one unless the application names one that it attaches.</summary>
    public static SqlIdentifier SchemaOf(IVersionTableMetaData table) => string.IsNullOrEmpty(table.SchemaName) ? "main" : table.SchemaName;

    public static HistoryTable? Read(SqliteConnection connection, SqlIdentifier schema, SqlIdentifier table, SqlIdentifier version, SqlIdentifier description)
    {
        List<object?[]> found = connection.ReadRows($"SELECT type FROM {schema.Quoted}.sqlite_schema WHERE name = ?1 COLLATE NOCASE AND type IN ('table', 'view')", table.Name);
        if (found.Count == 0)
        {
            return null;
        }

        if (found[0][0] is not "table")
        {
            throw new HistoryUnreadableException($"{table} is a view, and the history of migrations must be a table");
        }

        HashSet<SqlIdentifier> columns =
            [.. connection.ReadRows("SELECT name FROM pragma_table_xinfo(?1, ?2)", table.Name, schema.Name).Select(row => new SqlIdentifier((string)row[0]!))]; // Every column has a name.
        if (!columns.Contains(version))
        {
            throw new HistoryUnreadableException($"the table {table}, which holds the history of migrations, has no column {version}");
        }

        string descriptions = columns.Contains(description) ? $"v.{description.Quoted}" : "NULL";
        ImmutableSortedDictionary<long, string>.Builder versions = ImmutableSortedDictionary.CreateBuilder<long, string>();
        foreach (object?[] row in connection.ReadRows($"SELECT v.{version.Quoted}, {descriptions} FROM {schema.Quoted}.{table.Quoted} AS v"))
        {
            versions[Version(row[0], table, version)] = row[1] as string ?? "";
        }

        return new(versions.ToImmutable());
    }

    // FluentMigrator takes a version from the value's text, whatever its storage class.
    private static long Version(object? value, SqlIdentifier table, SqlIdentifier column) => value switch
    {
        long version => version,
        null => throw new HistoryUnreadableException($"the column {column} of {table}, which holds the history of migrations, holds NULL"),
        _ when value is not byte[]
            && long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out long version) => version,
        _ => throw new HistoryUnreadableException(string.Create(
            CultureInfo.InvariantCulture,
            $"the column {column} of {table}, which holds the history of migrations, holds {(value is byte[]? "a BLOB" : $"'{value}'")}, which is no version")),
    };
}
