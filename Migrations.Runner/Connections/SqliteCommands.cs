using Microsoft.Data.Sqlite;

namespace Migrations.Runner.Connections;

/// <summary>Short ways to run a statement on an open connection, in the transaction that it is in.</summary>
internal static class SqliteCommands
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long ReadInteger(this SqliteConnection connection, string sql, params ReadOnlySpan<string?> arguments)
    {
        using SqliteCommand command = connection.Prepare(sql, arguments);
        return (long?)command.ExecuteScalar() ?? 0;
    }

    /// <summary>The rows of a query; arguments stand for ?1, ?2, and so on.</summary>
    public static List<object?[]> ReadRows(this SqliteConnection connection, string sql, params ReadOnlySpan<string?> arguments)
    {
        using SqliteCommand command = connection.Prepare(sql, arguments);
        using SqliteDataReader reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
        {
            object?[] row = new object?[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    private static SqliteCommand Prepare(this SqliteConnection connection, string sql, ReadOnlySpan<string?> arguments)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < arguments.Length; i++)
        {
            command.Parameters.AddWithValue($"?{i + 1}", (object?)arguments[i] ?? DBNull.Value);
        }

        return command;
    }
}
