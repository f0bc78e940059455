using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;
using SQLitePCL;

namespace Migrations.Runner.Files;

/// <summary>The database of a connection string: where it is, and every connection to it. Immutable.</summary>
internal sealed class DatabaseFile
{
    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.
    private const int NoCheckpointOnClose = 1006;

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

        return Connect(asked);
    }

    /// <summary>
    /// Asks what is there, on a connection of its own, and leaves the file and what lies beside it as they were. SQLite itself finishes
    /// what a crash has interrupted, where the process may write.
    /// </summary>
    /// <exception cref="SqliteException">The file is not there, or can't be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        bool hasLog = !IsInMemory && HasContent(Path + "-wal");
        try
        {
            using SqliteConnection connection = Open(SqliteOpenMode.ReadWrite);
            if (hasLog)
            {
                // The last connection to close would move the log into the file and delete it (wal.html#automatic_checkpoint).
                raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);
            }

            if (IsInMemory || raw.sqlite3_db_readonly(connection.Handle, "main") == 0)
            {
                return read(connection);
            }
        }
        catch (SqliteException e) when (!IsInMemory && e.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && File.Exists(Path) && !HasSideFiles())
        {
            return ReadUnchanging(read);
        }

        return HasSideFiles() ? ReadPlainly(read) : ReadUnchanging(read);
    }

    /// <summary>The same for another file, such as a backup, with the same key and hook.</summary>
    public DatabaseFile At(string path) => new(
        new SqliteConnectionStringBuilder(settings.ToString()) { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Cache = SqliteCacheMode.Default }.ToString(),
        TimeSpan.FromSeconds(settings.DefaultTimeout),
        opened);

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private bool HasSideFiles() => HasContent(Path + "-wal") || HasContent(Path + "-journal");

    private T ReadPlainly<T>(Func<SqliteConnection, T> read)
    {
        using SqliteConnection connection = Open(SqliteOpenMode.ReadOnly);
        return read(connection);
    }

    // A file in WAL mode needs files beside it even to be read, which a process that may not write can't make. While there is no log and no
    // journal with anything in it, the file is all there is, and SQLite may be told that it doesn't change (uri.html#uriimmutable). Whether
    // that was true is seen afterwards; a writer would have made one of them before it came to the file.
    private T ReadUnchanging<T>(Func<SqliteConnection, T> read)
    {
        FileInfo before = new(Path);
        (long length, DateTime changedAt) = (before.Length, before.LastWriteTimeUtc);
        T answer;
        using (SqliteConnection connection = Connect(new(settings.ToString()) { DataSource = UriWith("immutable=1"), Mode = SqliteOpenMode.ReadOnly }))
        {
            answer = read(connection);
        }

        FileInfo after = new(Path);
        return after.Exists && after.Length == length && after.LastWriteTimeUtc == changedAt && !HasSideFiles() ? answer : ReadPlainly(read);
    }

    private string UriWith(string parameter)
    {
        string source = settings.DataSource;
        return IsUri(source)
            ? $"{source}{(source.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{parameter}"
            : $"file:{Path.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)}?{parameter}";
    }

    private UnpooledConnection Connect(SqliteConnectionStringBuilder asked)
    {
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

    private static bool IsUri(string source) => source.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    private static bool IsMemoryName(string source) =>
        source == ":memory:" || source.Contains("mode=memory", StringComparison.OrdinalIgnoreCase);

    private static string LocalPath(string source)
    {
        if (!IsUri(source))
        {
            return source;
        }

        string path = source["file:".Length..].Split('?', '#')[0];
        return Uri.UnescapeDataString(path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path);
    }
}
