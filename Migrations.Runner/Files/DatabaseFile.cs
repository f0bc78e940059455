using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;

namespace Migrations.Runner.Files;

/// <summary>The database of a connection string: where it is, and every connection to it. Immutable.</summary>
internal sealed class DatabaseFile
{
    private readonly SqliteConnectionStringBuilder settings;
    private readonly Action<SqliteConnection>? opened;

    public DatabaseFile(string connectionString, TimeSpan busyTimeout, Action<SqliteConnection>? opened)
    {
        settings = new(connectionString)
        {
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(busyTimeout.TotalSeconds)),
        };
        this.opened = opened;
        IsInMemory = settings.Mode == SqliteOpenMode.Memory || IsMemoryName(settings.DataSource);
        Path = IsInMemory ? "" : System.IO.Path.GetFullPath(LocalPath(settings.DataSource));
    }

    public bool IsInMemory { get; }

    /// <summary>The full path, empty where the database is in memory.</summary>
    public string Path { get; }

    /// <summary>What messages call the database.</summary>
    public string Name => IsInMemory ? settings.DataSource : Path;

    /// <summary>How long SQLite waits for other connections.</summary>
    public int BusySeconds => settings.DefaultTimeout;

    /// <summary>Whether there is anything to open, be it an empty file.</summary>
    public bool Exists => IsInMemory || File.Exists(Path);

    /// <summary>The folder of the file.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? "";

    public static bool IsPrivate(SqliteConnectionStringBuilder settings) =>
        settings.DataSource.Length == 0
        || ((settings.Mode == SqliteOpenMode.Memory || IsMemoryName(settings.DataSource))
            && settings.Cache != SqliteCacheMode.Shared
            && !settings.DataSource.Contains("cache=shared", StringComparison.OrdinalIgnoreCase));

    /// <summary>Opens a connection that is never pooled, with the application's hook applied.</summary>
    public SqliteConnection Open(SqliteOpenMode mode)
    {
        SqliteConnectionStringBuilder asked = new(settings.ToString());
        if (!IsInMemory)
        {
            asked.Mode = mode;
        }

        UnpooledConnection connection = new(opened) { ConnectionString = asked.ToString() };
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The same for another file, such as a backup, with the same key and hook.</summary>
    public DatabaseFile At(string path) => new(
        new SqliteConnectionStringBuilder(settings.ToString()) { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Cache = SqliteCacheMode.Default }.ToString(),
        TimeSpan.FromSeconds(settings.DefaultTimeout),
        opened);

    private static bool IsMemoryName(string source) =>
        source == ":memory:" || source.Contains("mode=memory", StringComparison.OrdinalIgnoreCase);

    private static string LocalPath(string source)
    {
        if (!source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return source;
        }

        string path = source["file:".Length..].Split('?', '#')[0];
        return Uri.UnescapeDataString(path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path);
    }
}
