using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>A setting of one connection that is made by a call of its own, in a transaction too (c3ref/c_dbconfig_defensive.html). Immutable.</summary>
internal readonly record struct DatabaseConfiguration
{
    private const int Ask = -1;

    // sqlite3.h: SQLITE_DBCONFIG_...
    private readonly int option;

    private DatabaseConfiguration(int option) => this.option = option;

    /// <summary>Whether foreign keys are enforced: PRAGMA foreign_keys, which has no effect within a transaction.</summary>
    public static DatabaseConfiguration EnableForeignKeys => new(1002);

    /// <summary>Whether triggers fire; those of the TEMP database do so all the same.</summary>
    public static DatabaseConfiguration EnableTrigger => new(1003);

    /// <summary>Whether the log stays when the last connection is closed.</summary>
    public static DatabaseConfiguration NoCheckpointOnClose => new(1006);

    /// <summary>Whether the schema and shadow tables are kept from being written.</summary>
    public static DatabaseConfiguration Defensive => new(1010);

    /// <summary>Whether the rows of sqlite_schema can be written: PRAGMA writable_schema.</summary>
    public static DatabaseConfiguration WritableSchema => new(1011);

    /// <summary>Whether "x" may be a string where it is no column (quirks.html, section 8), in statements other than those below.</summary>
    public static DatabaseConfiguration DoubleQuotedStringsInDml => new(1013);

    /// <summary>The same in CREATE statements, and in the stored text of the schema.</summary>
    public static DatabaseConfiguration DoubleQuotedStringsInDdl => new(1014);

    /// <summary>What it is now.</summary>
    public bool IsOn(sqlite3? connection) => Configure(connection, Ask);

    /// <summary>Sets it.</summary>
    /// <exception cref="SqliteException">The library does not know it.</exception>
    public void Set(sqlite3? connection, bool isOn) => Configure(connection, isOn ? 1 : 0);

    private bool Configure(sqlite3? connection, int value)
    {
        int result = raw.sqlite3_db_config(connection, option, value, out int isOn);
        SqliteException.ThrowExceptionForRC(result, connection);
        return isOn != 0;
    }
}
