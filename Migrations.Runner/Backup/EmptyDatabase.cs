using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;

namespace Migrations.Runner.Backup;

/// <summary>
/// A database without tables that is otherwise made as another one: with its size of pages, its encoding and its key. A file
/// beside it, so that it can have a key, and gone when this is closed.
/// </summary>
internal sealed class EmptyDatabase : IDisposable
{
    private readonly ILogger logger;

    private EmptyDatabase(string path, SqliteConnection connection, ILogger logger)
    {
        this.logger = logger;
        Path = path;
        Connection = connection;
    }

    public string Path { get; }

    /// <summary>In a read transaction.</summary>
    public SqliteConnection Connection { get; }

    public static EmptyDatabase Create(DatabaseFile like, CopySettings copying, ILogger logger)
    {
        string path = ":memory:";
        if (!like.IsInMemory)
        {
            // Named as an unfinished backup, so that one which a crash leaves is removed with those.
            BackupName name = BackupName.Fitting(System.IO.Path.GetFileName(like.Path), copying.Clock.GetUtcNow(), []);
            path = System.IO.Path.Combine(like.Folder, name + BackupName.Partial);
            BackupWriter.Claim(path);
        }

        SqliteConnection? connection = null;
        try
        {
            connection = like.At(path).Open(SqliteOpenMode.ReadWriteCreate);
            connection.Execute("PRAGMA main.journal_mode = DELETE");
            foreach (string pragma in Settings(like))
            {
                connection.Execute(pragma);
            }

            // The first write makes the file; one that a hook made before gets its settings by VACUUM (lang_vacuum.html).
            connection.Execute("PRAGMA main.user_version = 0");
            connection.Execute("VACUUM");
            connection.Execute("BEGIN");
            connection.ReadInteger("SELECT count(*) FROM main.sqlite_schema");
            return new(path, connection, logger);
        }
        catch
        {
            connection?.Dispose();
            Remove(path, logger);
            throw;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        Remove(Path, logger);
    }

    private static List<string> Settings(DatabaseFile like)
    {
        try
        {
            return like.Read(connection => (List<string>)
            [
                $"PRAGMA main.page_size = {connection.ReadInteger("PRAGMA main.page_size")}",
                $"PRAGMA main.auto_vacuum = {connection.ReadInteger("PRAGMA main.auto_vacuum")}",
                $"PRAGMA main.encoding = '{(string)connection.ReadRows("PRAGMA main.encoding")[0][0]!}'", // SQLite always has one.
            ]);
        }
        catch (SqliteException e) when (BackupFaults.IsDamage(e))
        {
            return [];
        }
    }

    private static void Remove(string path, ILogger logger)
    {
        if (path != ":memory:")
        {
            BackupWriter.Discard(path, logger);
        }
    }
}
