using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;
using Migrations.Runner.Connections;
using SQLitePCL;

namespace Migrations.Runner.Files;

/// <summary>The database of a connection string: where it is, and every connection to it. Immutable.</summary>
internal sealed class DatabaseFile
{
    private readonly string source;
    private readonly string connectionString;
    private readonly Action<SqliteConnection>? opened;

    public DatabaseFile(string connectionString, TimeSpan busyTimeout, Action<SqliteConnection>? opened)
    {
        if (PlainConnectionString.DataSource(connectionString) is { } plain)
        {
            source = plain;
            IsPlain = opened is null;
        }
        else
        {
            (source, IsInMemory) = Parse(connectionString);
            source = !IsInMemory && DataSourcePath.IsUri(source) ? DataSourcePath.WithoutMode(source) : source;
        }

        Path = IsInMemory ? "" : DataSourcePath.Of(source);
        BusySeconds = Math.Max(1, (int)Math.Ceiling(busyTimeout.TotalSeconds));

        // Of a word that is said twice the last one counts. A path that is not rooted would change with the current folder.
        string rooted = IsInMemory ? "" : ";Data Source=" + Quote(DataSourcePath.IsUri(source) ? source : Path);
        this.connectionString = connectionString + rooted + ";Pooling=False;Default Timeout=" + BusySeconds.ToString(CultureInfo.InvariantCulture);
        this.opened = opened;
    }

    public bool IsInMemory { get; }

    /// <summary>How it is opened, without a mode: rooted, unpooled, with the timeout.</summary>
    public string ConnectionString => connectionString;

    /// <summary>Whether the file can be read by its path alone, without a key, a hook or any other setting.</summary>
    public bool IsPlain { get; }

    /// <summary>The full path, empty where the database is in memory.</summary>
    public string Path { get; }

    /// <summary>What messages call the database.</summary>
    public string Name => IsInMemory ? source : Path;

    /// <summary>How long SQLite waits for other connections.</summary>
    public int BusySeconds { get; }

    /// <summary>Whether there is anything to open, be it an empty file.</summary>
    public bool Exists => IsInMemory || File.Exists(Path);

    /// <summary>The size of the file, 0 where it is in memory.</summary>
    public long Length => IsInMemory ? 0 : new FileInfo(Path).Length;

    /// <summary>Whether there is a write-ahead log with anything in it.</summary>
    public bool HasLog => !IsInMemory && HasContent(Path + "-wal");

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
        return Connect(IsInMemory ? connectionString : connectionString + ";Mode=" + NameOf(mode));
    }

    /// <summary>
    /// Asks what is there, on a connection of its own, and leaves the file and what lies beside it as they were. SQLite itself finishes
    /// what a crash has interrupted, where the process may write.
    /// </summary>
    /// <exception cref="SqliteException">The file is not there, or can't be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        bool hasLog = HasLog;
        try
        {
            using SqliteConnection connection = Open(SqliteOpenMode.ReadWrite);
            if (hasLog)
            {
                KeepLog(connection.Handle!); // It is open.
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
    public DatabaseFile At(string path) =>
        new($"{connectionString};Data Source={Quote(path)};Mode=ReadWriteCreate;Cache=Default", TimeSpan.FromSeconds(BusySeconds), opened);

    // The names of the words, as System.Enum knows them: reading them from it takes longer than opening the file.
    private static string NameOf(SqliteOpenMode mode) => mode switch
    {
        SqliteOpenMode.ReadWriteCreate => nameof(SqliteOpenMode.ReadWriteCreate),
        SqliteOpenMode.ReadWrite => nameof(SqliteOpenMode.ReadWrite),
        SqliteOpenMode.ReadOnly => nameof(SqliteOpenMode.ReadOnly),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    private static string Quote(string value) => "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>Lets the log be when the connection is closed: the last one to close would move it into the file (wal.html#automatic_checkpoint).</summary>
    public static void KeepLog(sqlite3 database) => DatabaseConfiguration.NoCheckpointOnClose.Set(database, true);

    private static (string Source, bool IsInMemory) Parse(string connectionString)
    {
        SqliteConnectionStringBuilder settings = new(connectionString);
        return (settings.DataSource, settings.Mode == SqliteOpenMode.Memory || IsMemoryName(settings.DataSource));
    }

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private bool HasSideFiles() => HasLog || HasContent(Path + "-journal");

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
        using (SqliteConnection connection = Connect($"{connectionString};Data Source={Quote(UriWith("immutable=1"))};Mode=ReadOnly"))
        {
            answer = read(connection);
        }

        FileInfo after = new(Path);
        return after.Exists && after.Length == length && after.LastWriteTimeUtc == changedAt && !HasSideFiles() ? answer : ReadPlainly(read);
    }

    private string UriWith(string parameter)
    {
        if (DataSourcePath.IsUri(source))
        {
            // SQLite ignores what comes after a '#' (uri.html).
            string uri = source.Split('#')[0];
            return $"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{parameter}";
        }

        string path = Path.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);
        return $"file:{path}?{parameter}";
    }

    private UnpooledConnection Connect(string asked)
    {
        UnpooledConnection connection = new(opened) { ConnectionString = asked };
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

    private static bool IsMemoryName(string source) =>
        source == ":memory:"
        || (DataSourcePath.IsUri(source)
            && (source.StartsWith("file::memory:", StringComparison.OrdinalIgnoreCase) || source.Contains("mode=memory", StringComparison.OrdinalIgnoreCase)));
}
