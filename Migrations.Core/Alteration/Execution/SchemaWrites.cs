using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>Whether the rows of sqlite_schema can be written. In doubt they can't, and a table is copied.</summary>
internal static class SchemaWrites
{
    /// <summary>Asks SQLite, which only compiles the statement. The connection's settings are as before.</summary>
    public static bool ArePossible(SqliteConnection connection, SqlIdentifier database)
    {
        if (DatabaseConfiguration.Defensive.IsOn(connection.Handle))
        {
            return false;
        }

        bool before = DatabaseConfiguration.WritableSchema.IsOn(connection.Handle);
        DatabaseConfiguration.WritableSchema.Set(connection.Handle, true);
        try
        {
            return Compiles(connection, $"UPDATE {database.Quoted}.sqlite_schema SET sql = sql WHERE 0")
                && Compiles(connection, $"PRAGMA {database.Quoted}.schema_version=1");
        }
        finally
        {
            DatabaseConfiguration.WritableSchema.Set(connection.Handle, before);
        }
    }

    private static bool Compiles(SqliteConnection connection, string sql)
    {
        int result = raw.sqlite3_prepare_v2(connection.Handle, sql, out sqlite3_stmt statement);
        statement.Dispose();
        return result == raw.SQLITE_OK;
    }
}
