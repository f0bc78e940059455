using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
#if SYSTEM_SQLITE
using System.Runtime.InteropServices;
#else
using System.Text.RegularExpressions;
#endif

namespace Migrations.Tests.Repository;

internal sealed partial class LoadedLibraryTests
{
    [Test]
    public void Sqlite_is_the_library_that_this_run_is_meant_for()
    {
        using SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        string version = Read(connection, "SELECT sqlite_version()").Single();
        TestContext.Progress.WriteLine($"SQLite {version}, {Read(connection, "SELECT sqlite_source_id()").Single()}");
        TestContext.Progress.WriteLine($"Compiled with: {string.Join(", ", Read(connection, "PRAGMA compile_options"))}");

        Assert.That(version, Is.EqualTo(ExpectedVersion()));
        Assert.That(LoadedModules(), Has.None.Contains(OtherLibrary));
    }

    private static IEnumerable<string> LoadedModules()
    {
        using Process process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.ModuleName)];
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> values = [];
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

#if SYSTEM_SQLITE
    private const string OtherLibrary = "e_sqlite3";

    private static string? ExpectedVersion()
    {
        IntPtr library = NativeLibrary.Load("sqlite3", typeof(LoadedLibraryTests).Assembly, null);
        LibraryVersion version = Marshal.GetDelegateForFunctionPointer<LibraryVersion>(
            NativeLibrary.GetExport(library, "sqlite3_libversion"));
        return Marshal.PtrToStringUTF8(version());
    }

    private delegate IntPtr LibraryVersion();
#else
    private const string OtherLibrary = "libsqlite3";

    private static string ExpectedVersion()
    {
        string dependencies = Path.ChangeExtension(typeof(LoadedLibraryTests).Assembly.Location, ".deps.json");
        return BundledPackage().Match(File.ReadAllText(dependencies)).Groups["version"].Value;
    }

    [GeneratedRegex("\"SQLite/(?<version>[0-9.]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex BundledPackage();
#endif
}
