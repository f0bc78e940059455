using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>Whether the rows of sqlite_schema can be written. In doubt they can't, and a table is copied.</summary>
internal static class SchemaWrites
{
    // sqlite3.h: SQLITE_DBCONFIG_...
    private const int Defensive = 1010;
    private const int WritableSchema = 1011;

    /// <summary>Asks SQLite, which only compiles the statement. The connection's settings are as before.</summary>
    public static bool ArePossible(SqliteConnection connection, SqlIdentifier database)
    {
        if (Configure(connection, Defensive, -1) != 0)
        {
            return false;
        }

        int before = Configure(connection, WritableSchema, -1);
        Configure(connection, WritableSchema, 1);
        try
        {
            return Compiles(connection, $"UPDATE {database.Quoted}.sqlite_schema SET sql = sql WHERE 0")
                && Compiles(connection, $"PRAGMA {database.Quoted}.schema_version=1");
        }
        finally
        {
            Configure(connection, WritableSchema, before);
        }
    }

    private static bool Compiles(SqliteConnection connection, string sql)
    {
        int result = raw.sqlite3_prepare_v2(connection.Handle, sql, out sqlite3_stmt statement);
        statement.Dispose();
        return result == raw.SQLITE_OK;
    }

    private static int Configure(SqliteConnection connection, int setting, int value)
    {
        raw.sqlite3_db_config(connection.Handle, setting, value, out int result);
        return result;
    }
}
