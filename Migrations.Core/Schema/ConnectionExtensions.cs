using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Migrations.Core.Schema;

/// <summary>Reads rows of the schema tables and pragmas, within the connection's transaction where there is one.</summary>
internal static class ConnectionExtensions
{
    public static ImmutableArray<T> ReadRows<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        ImmutableArray<T>.Builder rows = ImmutableArray.CreateBuilder<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows.ToImmutable();
    }

    public static string? GetStringOrNull(this SqliteDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
