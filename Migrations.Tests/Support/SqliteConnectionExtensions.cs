using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Migrations.Tests.Support;

/// <summary>Short ways to run SQL in tests.</summary>
public static class SqliteConnectionExtensions
{
    /// <summary>Runs one statement or many.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; NULL is the default of a reference or nullable type.</summary>
    public static T Scalar<T>(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        object? value = command.ExecuteScalar();
        if (value is null or DBNull)
        {
            // The caller asked for a type that can hold NULL, or gets the default and fails its assertion.
            return default!;
        }

        return value is T same
            ? same
            : (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>All rows; values are long, double, string, byte[] or null, as they are stored.</summary>
    public static IReadOnlyList<object?[]> Rows(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
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
}
