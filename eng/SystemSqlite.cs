using System.Runtime.CompilerServices;

namespace Migrations;

/// <summary>Lets Microsoft.Data.Sqlite use the operating system's library; compiled into programs by Directory.Build.targets.</summary>
internal static class SystemSqlite
{
    [ModuleInitializer]
    internal static void Use() => SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_sqlite3());
}
