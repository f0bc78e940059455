using Migrations.Core.Alteration.Execution;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// Enforcement of foreign keys is off until this is disposed. Unlike PRAGMA foreign_keys this also works within a transaction
/// (c3ref/c_dbconfig_defensive.html, SQLITE_DBCONFIG_ENABLE_FKEY).
/// </summary>
internal sealed class ForeignKeysOff : IDisposable
{
    private readonly sqlite3 handle;
    private readonly bool before;

    public ForeignKeysOff(sqlite3 handle)
    {
        this.handle = handle;
        before = DatabaseConfiguration.EnableForeignKeys.IsOn(handle);
        DatabaseConfiguration.EnableForeignKeys.Set(handle, false);
    }

    public void Dispose() => DatabaseConfiguration.EnableForeignKeys.Set(handle, before);
}
