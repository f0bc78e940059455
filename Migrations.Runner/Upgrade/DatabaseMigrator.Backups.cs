using System.Diagnostics;
using Migrations.Runner.Backup;
using Migrations.Runner.Locking;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner;

/// <content>Backups that are asked for, and restoring.</content>
public sealed partial class DatabaseMigrator
{
    /// <summary>
    /// Makes a verified backup of the database as it is, under the lock of upgrades, by SQLite's online backup API (backup.html). The
    /// application may go on reading and, with a write-ahead log, writing (with a rollback journal writers wait meanwhile); the backup
    /// holds one state of it all.
    /// </summary>
    /// <param name="path">A file that is not there yet; its folder is created. Null for a name in <see cref="BackupOptions.Folder"/>, where
    /// later upgrades delete it when it has become an old one. A database in memory needs a path.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <returns>The backup: a single file that needs no other one beside it.</returns>
    /// <exception cref="DatabaseUnusableException">The database can't be read or was damaged before, the disk is full, or the folder can't be
    /// written to.</exception>
    /// <exception cref="BackupFailedException">The file is there already or could not be written, or there is no database yet.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the migrator disposed.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null and the database is in memory.</exception>
    public Task<DatabaseBackup> BackupAsync(string? path = null, CancellationToken cancellationToken = default) =>
        BackupAsync(path, null, cancellationToken);

    /// <summary>Makes a verified backup of the database as it is; see the other overload.</summary>
    /// <param name="path">A file that is not there yet, or null.</param>
    /// <param name="progress">Told the pages that are copied.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <returns>The backup.</returns>
    public Task<DatabaseBackup> BackupAsync(string? path, IProgress<UpgradeProgress>? progress, CancellationToken cancellationToken = default)
    {
        if (path is null && file.IsInMemory)
        {
            throw new ArgumentException("A database in memory has no folder: name a path for its backup.", nameof(path));
        }

        // A relative path means the folder in which the caller is now.
        string? full = path is null ? null : System.IO.Path.GetFullPath(path);
        return Locked("backup", run => run.Back(full), progress, cancellationToken);
    }

    /// <summary>Puts a backup back into the database; see the overload with a path.</summary>
    /// <param name="backup">One of <see cref="GetBackups"/>, or what <see cref="BackupAsync(string?, CancellationToken)"/> returned.</param>
    /// <param name="progress">Told the pages that are copied.</param>
    /// <param name="cancellationToken">Stops it; the database is as it was.</param>
    /// <returns>What became of the database that was there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="backup"/> is null.</exception>
    public Task<RestoreResult> RestoreAsync(
        DatabaseBackup backup, IProgress<UpgradeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return RestoreAsync(backup.Path, progress, cancellationToken);
    }

    /// <summary>
    /// Puts a backup back into the database, under the lock of upgrades. The backup is checked first, and the database as it is now is
    /// backed up. Then all pages are copied in one transaction of SQLite, so that other connections may stay open and go on with what
    /// was restored; until it is committed, also after a crash, the database is as it was. A database that is missing or can't be
    /// read is replaced as a file, and kept under another name; connections that others have to it must be opened again. The journal
    /// mode stays, except there: the replaced one has no write-ahead log.
    /// </summary>
    /// <param name="path">The backup's file, whatever its name.</param>
    /// <param name="progress">Told the pages that are copied.</param>
    /// <param name="cancellationToken">Stops it; the database is as it was.</param>
    /// <returns>What became of the database that was there.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="BackupFailedException">The backup is missing, damaged, another application's, or holds migrations that this application does
    /// not know.</exception>
    /// <exception cref="DatabaseUnusableException">The database is used by others for longer than the timeout or can't be written, the disk is
    /// full, or the safety backup's folder can't be written to.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the migrator disposed.</exception>
    public Task<RestoreResult> RestoreAsync(
        string path, IProgress<UpgradeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = System.IO.Path.GetFullPath(path);
        return Locked("restore", run => run.Restore(full), progress, cancellationToken);
    }

    private Task<T> Locked<T>(
        string name, Func<RestoreRun, T> work, IProgress<UpgradeProgress>? progress, CancellationToken cancellationToken) => InBackground(
        token =>
        {
            Action<UpgradeProgress> report = new ProgressReport(progress, loggers).Report;
            using Activity? span = Tracing.Begin(name, file.Name);
            try
            {
                using UpgradeLock held = UpgradeLock.Acquire(file, settings.LockTimeout, () => report(new(UpgradePhase.WaitingForLock)), token);
                return work(new(settings, file, loggers, report, token));
            }
            catch (Exception error)
            {
                span.Fail(error);
                throw;
            }
        },
        cancellationToken);
}
