using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Connections;

/// <summary>The databases that a connection knows (pragma.html#pragma_database_list).</summary>
internal static class AttachedDatabases
{
    /// <summary>"main", then those attached, without "temp".</summary>
    public static ImmutableArray<SqlIdentifier> Read(SqliteConnection connection) =>
    [
        .. connection.ReadRows("PRAGMA database_list")
            .Select(row => new SqlIdentifier((string)row[1]!))
            .Where(name => name != "temp"),
    ];
}
