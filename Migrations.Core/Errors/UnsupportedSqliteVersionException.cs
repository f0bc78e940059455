namespace Migrations.Core;

/// <summary>The SQLite library that is loaded is older than this library supports. Nothing was changed.</summary>
public sealed class UnsupportedSqliteVersionException : MigrationsException
{
    internal UnsupportedSqliteVersionException(Version actual, Version minimum)
        : base($"SQLite {actual} is loaded; altering tables needs {minimum} or newer. Update the native SQLite library, "
            + "or use the one that Microsoft.Data.Sqlite brings.")
    {
        Actual = actual;
        Minimum = minimum;
    }

    /// <summary>The version of the library that is loaded.</summary>
    public Version Actual { get; }

    /// <summary>The oldest version that is supported.</summary>
    public Version Minimum { get; }
}
