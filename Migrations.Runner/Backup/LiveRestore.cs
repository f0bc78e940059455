using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Backup;

/// <summary>Puts a backup into the place of the live database, or empties it; all of it or nothing.</summary>
internal sealed class LiveRestore(MigratorSettings settings, DatabaseFile file, CopySettings copying, ILogger logger)
{
    public void Run(string path, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        using BackupSource backup = BackupSource.Open(file, path, settings, copying, cancellationToken);
        Run(backup, progress, cancellationToken);
    }

    /// <summary>Puts an open backup into the place of the database.</summary>
    /// <returns>Where the database was put that was there; null where it was written over.</returns>
    public string? Run(BackupSource backup, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        string? aside = Run(backup.Connection, backup.Path, progress, cancellationToken);
        BackupLog.Restored(logger, file.Name, backup.Path, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return aside;
    }

    /// <summary>Puts nothing into the place of the database: it is then as a new one, with its settings for pages.</summary>
    public void Empty(Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        using EmptyDatabase empty = EmptyDatabase.Create(file, copying, logger);
        Run(empty.Connection, empty.Path, progress, cancellationToken);
        BackupLog.Emptied(logger, file.Name);
    }

    private string? Run(SqliteConnection source, string path, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        progress(new(UpgradePhase.Restoring));
        Action<long, long> pages = (done, total) => progress(new(UpgradePhase.Restoring, done: done, total: total));
        FileReplacement replacement = new(file, copying, settings.BusyTimeout, logger);
        try
        {
            if (!file.Exists)
            {
                return replacement.Run(source, pages, cancellationToken);
            }

            try
            {
                CopyInto(source, pages, cancellationToken);
                return null;
            }
            catch (SqliteException e) when (BackupFaults.IsDamage(e) && !file.IsInMemory)
            {
                // SQLite can't even begin to write to it.
                return replacement.Run(source, pages, cancellationToken);
            }
        }
        catch (Exception e) when (BackupFaults.IsStorage(e))
        {
            throw BackupFaults.Restoring(file, path, e);
        }
    }

    // Through SQLite itself, never by copying the file: a write-ahead log beside it would be applied to the restored pages, and
    // connections of others would go on with the old ones.
    private void CopyInto(SqliteConnection source, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using SqliteConnection target = file.Open(SqliteOpenMode.ReadWriteCreate);
        BusyWait wait = new(settings.BusyTimeout, copying.Clock, cancellationToken);
        bool hasLog = (string?)wait.Run(target, "PRAGMA main.journal_mode") == "wal";
        bool isResized = target.ReadInteger("PRAGMA main.page_size") != source.ReadInteger("PRAGMA main.page_size");
        if (isResized && hasLog)
        {
            LeaveLog(target, wait);
        }

        new PageCopy(source, target, copying, settings.BusyTimeout).Run(progress, cancellationToken);
        if (isResized && hasLog)
        {
            wait.Run(target, "PRAGMA main.journal_mode = WAL");
        }
    }

    // With a write-ahead log the size of pages is fixed (c3ref/backup_finish.html: SQLITE_READONLY). Leaving it needs the file alone.
    private void LeaveLog(SqliteConnection target, BusyWait wait)
    {
        try
        {
            while ((string?)wait.Run(target, "PRAGMA main.journal_mode = DELETE") != "delete")
            {
                if (!wait.Again())
                {
                    throw new SqliteException("database is locked", SQLitePCL.raw.SQLITE_BUSY);
                }
            }
        }
        catch (SqliteException e) when (BusyWait.IsBusy(e.SqliteErrorCode))
        {
            throw new DatabaseUnusableException(
                DatabaseProblem.Busy,
                file.Name,
                $"The backup's pages are of another size than those of \"{file.Name}\", which has a write-ahead log: to restore it, every other connection must be closed. Nothing was changed.",
                e);
        }
    }
}
