using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;
using SQLitePCL;

namespace Migrations.Runner.Scripting;

/// <summary>
/// Whether foreign keys change other rows when a statement runs (foreignkeys.html, section 4.3). SQLite carries that out as it does triggers, so the
/// program that it makes of the statement calls more programs where foreign keys are held than where they are not (opcode.html).
/// </summary>
internal static class ForeignKeyActions
{
    public static bool Fire(SqliteConnection connection, string statement)
    {
        bool isOn = DatabaseConfiguration.EnableForeignKeys.IsOn(connection.Handle);
        try
        {
            DatabaseConfiguration.EnableForeignKeys.Set(connection.Handle, true);
            int held = Programs(connection, statement);
            DatabaseConfiguration.EnableForeignKeys.Set(connection.Handle, false);
            return held > Programs(connection, statement);
        }
        finally
        {
            DatabaseConfiguration.EnableForeignKeys.Set(connection.Handle, isOn);
        }
    }

    // What does not compile, for what the statement before it makes is not there yet, has no rows of others to change.
    private static int Programs(SqliteConnection connection, string statement)
    {
        int programs = 0;
        if (raw.sqlite3_prepare_v2(connection.Handle, $"EXPLAIN {statement}", out sqlite3_stmt explained) == raw.SQLITE_OK)
        {
            while (raw.sqlite3_step(explained) == raw.SQLITE_ROW)
            {
                programs += raw.sqlite3_column_text(explained, 1).utf8_to_string() is "Program" ? 1 : 0;
            }
        }

        explained.Dispose();
        return programs;
    }
}
