using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;
using SQLitePCL;

namespace Migrations.Runner.Backup;

/// <summary>A backup that was opened and checked, and stays as it was checked while this is open.</summary>
internal sealed class BackupSource : IDisposable
{
    private BackupSource(string path, SqliteConnection connection)
    {
        Path = path;
        Connection = connection;
    }

    public string Path { get; }

    /// <summary>In a read transaction.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Opens a backup, holds its state, and checks it.</summary>
    /// <exception cref="BackupFailedException">It is not there, or can't be restored.</exception>
    public static BackupSource Open(
        DatabaseFile database, string path, MigratorSettings settings, CopySettings copying, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new BackupFailedException(path, $"There is no file \"{path}\". Nothing was changed.");
        }

        SqliteConnection? connection = null;
        try
        {
            connection = Open(database.At(path));
            PageCopy.HoldState(connection, new(settings.BusyTimeout, copying.Clock, cancellationToken));
            Check(connection, path, settings, cancellationToken);
            return new(path, connection);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (BackupFaults.IsStorage(e))
            {
                throw new BackupFailedException(path, $"The backup \"{path}\" can't be read: {e.Message} Nothing was changed: restore another one.", e);
            }

            throw;
        }
    }

    public void Dispose() => Connection.Dispose();

    private static SqliteConnection Open(DatabaseFile backup)
    {
        try
        {
            return backup.Open(SqliteOpenMode.ReadOnly);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_READONLY)
        {
            // Many applications ask every connection for a write-ahead log in ConnectionOpened, which is a write.
            return backup.Open(SqliteOpenMode.ReadWrite);
        }
    }

    private static void Check(SqliteConnection connection, string path, MigratorSettings settings, CancellationToken cancellationToken)
    {
        QuickCheck check = QuickCheck.Run(connection, cancellationToken);
        if (check.IsDamaged)
        {
            throw new BackupFailedException(path, $"The backup \"{path}\" is damaged: {check.DamageInWords}. Nothing was changed. Restore another one.");
        }

        if (settings.ApplicationId is { } expected
            && connection.ReadInteger("PRAGMA main.application_id") is var actual
            && actual != expected && actual != 0)
        {
            throw new BackupFailedException(path, $"The file \"{path}\" is another application's: its application_id is {actual}, not {expected}. Nothing was changed.");
        }
    }
}
