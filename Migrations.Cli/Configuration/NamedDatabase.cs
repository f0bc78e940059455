using Microsoft.Data.Sqlite;

namespace Migrations.Cli.Configuration;

/// <summary>The database that a user names: by the full path of its file, or by a connection string. Immutable.</summary>
internal sealed class NamedDatabase
{
    private readonly string? file;
    private readonly string? connection;

    private NamedDatabase(string? file, string? connection)
    {
        this.file = file;
        this.connection = connection;
    }

    public static NamedDatabase OfFile(string path) => new(path, null);

    public static NamedDatabase OfConnection(string connection) => new(null, connection);

    /// <summary>How it is opened.</summary>
    /// <param name="application">The connection string of the application, empty where it has none: a file takes the place of its own, and all
    /// else that it says, such as a key, holds for that file too.</param>
    public string ConnectionString(string application) => connection ?? ForFile(file ?? "", application);

    /// <summary>What stands for a database where a verb needs none; all else that the application's connection string says stays.</summary>
    public static string None(string application)
    {
        SqliteConnectionStringBuilder builder = Parse(application);
        builder.DataSource = "migrations";
        builder.Mode = SqliteOpenMode.Memory;
        builder.Cache = SqliteCacheMode.Shared;
        return builder.ToString();
    }

    /// <summary>How a file is opened.</summary>
    /// <inheritdoc cref="ConnectionString(string)"/>
    public static string ForFile(string path, string application)
    {
        SqliteConnectionStringBuilder builder = Parse(application);
        if (builder.Mode == SqliteOpenMode.Memory)
        {
            builder.Remove("Mode");
            builder.Remove("Cache");
        }

        builder.DataSource = path;
        return builder.ToString();
    }

    private static SqliteConnectionStringBuilder Parse(string application)
    {
        try
        {
            return new(application);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return []; // The application's own fault is another one's than that of the file.
        }
    }
}
