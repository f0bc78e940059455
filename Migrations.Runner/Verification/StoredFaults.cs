using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;

namespace Migrations.Runner.Verification;

/// <summary>What SQLite's own checks find in what is stored, row by row as they find it.</summary>
internal static class StoredFaults
{
    /// <summary>Pages, rows and indexes that are wrong (pragma.html#pragma_integrity_check).</summary>
    public static IEnumerable<string> Damage(SqliteConnection connection)
    {
        using SqliteCommand command = Command(connection, "PRAGMA main.integrity_check");
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (reader.GetString(0) is var line and not "ok")
            {
                yield return line;
            }
        }
    }

    /// <summary>Rows that refer to none (pragma.html#pragma_foreign_key_check).</summary>
    public static IEnumerable<string> Orphans(SqliteConnection connection)
    {
        Dictionary<(string Table, long Key), string> columns = [];
        using SqliteCommand command = Command(connection, "PRAGMA main.foreign_key_check");
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            (string Table, long Key) key = (reader.GetString(0), reader.GetInt64(3));
            if (!columns.TryGetValue(key, out string? named))
            {
                columns[key] = named = string.Join(", ", connection
                    .ReadRows(string.Create(CultureInfo.InvariantCulture, $"SELECT \"from\" FROM pragma_foreign_key_list(?1, 'main') WHERE id = {key.Key} ORDER BY seq"), key.Table)
                    .Select(row => SqlIdentifier.Quote((string)row[0]!))); // A key has columns.
            }

            // A table without rowids has no place to name.
            string place = reader.IsDBNull(1) ? "" : string.Create(CultureInfo.InvariantCulture, $", row {reader.GetInt64(1)}");
            yield return $"table {SqlIdentifier.Quote(key.Table)}{place}: {named} refers to no row of {SqlIdentifier.Quote(reader.GetString(2))}";
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
