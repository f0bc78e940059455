using Microsoft.Data.Sqlite;
using Migrations.Testing.Templates;

namespace Migrations.Testing.Databases;

/// <summary>
/// Where one database is kept, from its first byte until nothing of it is left. Its connection string names it and is never pooled: a
/// pool would keep a file open, and a database in memory alive.
/// </summary>
internal sealed class DatabasePlace : IDisposable
{
    private readonly TemporaryFolder? folder;

    private DatabasePlace(TemporaryFolder? folder, string? path, string connectionString)
    {
        this.folder = folder;
        Path = path;
        ConnectionString = connectionString;
    }

    /// <summary>The file, null in memory.</summary>
    public string? Path { get; }

    /// <summary>What opens it, before the caller's own settings.</summary>
    public string ConnectionString { get; }

    /// <summary>A connection string of the same kind, which nothing is ever opened by.</summary>
    public static string Nowhere(DatabaseStorage storage) => Name(storage, "nowhere");

    /// <summary>Makes room for a database; a file itself is not there yet.</summary>
    public static DatabasePlace Make(MigratedDatabaseOptions options)
    {
        if (options.Storage == DatabaseStorage.Memory)
        {
            return new(null, null, Name(options.Storage, $"migrations-test-{Guid.NewGuid():N}"));
        }

        TemporaryFolder made = TemporaryFolder.Make(options.Folder);
        string file = made.File("test.db");
        return new(made, file, Name(options.Storage, file));
    }

    /// <summary>
    /// Opens the first connection to a database in memory, with what a template holds. The caller's hook has not seen it: a connection takes
    /// over the encoding of what is copied into it only while it has not read any other schema.
    /// </summary>
    public static SqliteConnection OpenFilled(string connectionString, Template template)
    {
        SqliteConnection connection = new(connectionString);
        try
        {
            connection.Open();
            template.CopyTo(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the file and all that lies beside it. Connections must be closed; those to a database in memory keep it alive.</summary>
    public void Dispose() => folder?.Dispose();

    private static string Name(DatabaseStorage storage, string source) => storage switch
    {
        DatabaseStorage.Memory => $"Data Source={source};Mode=Memory;Cache=Shared;Pooling=False;Foreign Keys=True",
        DatabaseStorage.TemporaryFile => new SqliteConnectionStringBuilder { DataSource = source, Pooling = false, ForeignKeys = true }.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(storage), storage, "Databases are kept in memory or in a temporary file."),
    };
}
