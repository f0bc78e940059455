using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>The version of the SQLite library at run time, which need not be the one this library was built with.</summary>
internal static class SqliteVersion
{
    /// <summary>The oldest version that the tests run on.</summary>
    public static Version Minimum { get; } = new(3, 40, 0);

    public static Version Current
    {
        get
        {
            int number = raw.sqlite3_libversion_number();
            return new Version(number / 1_000_000, number / 1_000 % 1_000, number % 1_000);
        }
    }

    /// <summary>Whether the library leaves NULLs out at the end of the rows that it writes (compile.html, ENABLE_NULL_TRIM).</summary>
    public static bool TrimsNulls => raw.sqlite3_compileoption_used("ENABLE_NULL_TRIM") != 0;

    /// <summary>Throws unless a version is supported.</summary>
    /// <exception cref="UnsupportedSqliteVersionException">The library is too old.</exception>
    public static void Require(Version actual)
    {
        if (actual < Minimum)
        {
            throw new UnsupportedSqliteVersionException(actual, Minimum);
        }
    }
}
