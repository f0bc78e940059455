using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;

namespace Migrations.Runner.History;

/// <summary>
/// The table that keeps, for every module and applied version, what the migration meant when it was applied. It lies beside
/// FluentMigrator's own, which stay as they are.
/// </summary>
internal static class VersionHistory
{
    public const string Table = "__VersionHistory";

    /// <summary>Makes the table where it is not there.</summary>
    public const string Create = $"""
        CREATE TABLE IF NOT EXISTS main."{Table}" (
            "Module" TEXT NOT NULL COLLATE NOCASE,
            "Version" INTEGER NOT NULL,
            "Fingerprint" TEXT,
            "RecordedOn" TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
            PRIMARY KEY ("Module", "Version")
        ) WITHOUT ROWID
        """;

    private static readonly ImmutableArray<string> Columns = ["Module", "Version", "Fingerprint", "RecordedOn"];

    /// <summary>The tables that keep the history of modules, beside this one FluentMigrator's; none of them is the application's.</summary>
    public static ImmutableHashSet<SqlIdentifier> TablesOf(IEnumerable<MigrationModule> modules) =>
        [Table, .. modules.Select(module => new SqlIdentifier(module.VersionTable.TableName))];

    /// <summary>All entries; empty where there is no such table yet.</summary>
    /// <exception cref="DatabaseUnusableException">There is something else of that name.</exception>
    public static ImmutableArray<HistoryEntry> Read(SqliteConnection connection)
    {
        if (!IsThere(connection))
        {
            return [];
        }

        return [.. connection.ReadRows($"SELECT \"Module\", \"Version\", \"Fingerprint\" FROM main.\"{Table}\" ORDER BY 1, 2")
            .Select(row => new HistoryEntry((string)row[0]!, (long)row[1]!, (string?)row[2]))]; // Both are NOT NULL.
    }

    /// <summary>Whether the table is there.</summary>
    /// <exception cref="DatabaseUnusableException">There is something else of that name.</exception>
    public static bool IsThere(SqliteConnection connection)
    {
        List<object?[]> named = connection.ReadRows("SELECT type FROM main.sqlite_schema WHERE name = ?1 COLLATE NOCASE", Table);
        if (named.Count == 0)
        {
            return false;
        }

        if (named is not [["table"]]
            || !Columns.SequenceEqual(connection.ReadRows("SELECT name FROM pragma_table_xinfo(?1, 'main') ORDER BY cid", Table).Select(row => (string)row[0]!)))
        {
            throw new DatabaseUnusableException(
                DatabaseProblem.Other,
                connection.DataSource,
                $"\"{connection.DataSource}\" has a {named[0][0]} \"{Table}\" that is not the one in which applied migrations are kept. "
                + "Rename it; nothing was changed.");
        }

        return true;
    }

    /// <summary>Keeps a fingerprint in place of the one that may be there.</summary>
    public static string Record(HistoryEntry entry) =>
        $"INSERT OR REPLACE INTO main.\"{Table}\" (\"Module\", \"Version\", \"Fingerprint\") VALUES ({SqlText.Literal(entry.Module)}, {entry.Version}, "
        + $"{(entry.Fingerprint is null ? "NULL" : SqlText.Literal(entry.Fingerprint))})";

    /// <summary>Forgets a version.</summary>
    public static string Remove(string module, long version) =>
        $"DELETE FROM main.\"{Table}\" WHERE \"Module\" = {SqlText.Literal(module)} AND \"Version\" = {version}";

    /// <summary>Forgets a module.</summary>
    public static string Remove(string module) =>
        $"DELETE FROM main.\"{Table}\" WHERE \"Module\" = {SqlText.Literal(module)}";
}
