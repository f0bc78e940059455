using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// Enforcement of foreign keys is off until this is disposed. Unlike PRAGMA foreign_keys this also works within a transaction
/// (c3ref/c_dbconfig_defensive.html, SQLITE_DBCONFIG_ENABLE_FKEY).
/// </summary>
internal sealed class ForeignKeysOff : IDisposable
{
    private const int EnableForeignKeys = 1002;
    private const int Ask = -1;

    private readonly sqlite3 handle;
    private readonly int before;

    public ForeignKeysOff(sqlite3 handle)
    {
        this.handle = handle;
        raw.sqlite3_db_config(handle, EnableForeignKeys, Ask, out before);
        raw.sqlite3_db_config(handle, EnableForeignKeys, 0, out _);
    }

    public void Dispose() => raw.sqlite3_db_config(handle, EnableForeignKeys, before, out _);
}
