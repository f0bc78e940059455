using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;

namespace Migrations.Runner.History;

/// <summary>The table that keeps, for every module and applied version, what the migration meant when it was applied.</summary>
internal static class VersionHistory
{
    public const string Table = "__VersionHistory";

    /// <summary>All entries; empty where there is no such table yet.</summary>
    public static ImmutableArray<HistoryEntry> Read(SqliteConnection connection) =>
        connection.ReadInteger("SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = ?1", Table) == 0
            ? []
            : [.. connection.ReadRows($"SELECT Module, Version, Fingerprint FROM main.{Table} ORDER BY Module, Version")
                .Select(row => new HistoryEntry((string)row[0]!, (long)row[1]!, (string?)row[2]))];
}
