using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Backup;

/// <summary>The backups of one database: makes them, lists them, puts them back, and deletes old ones.</summary>
internal sealed class BackupFolder(MigratorSettings settings, DatabaseFile file, ILoggerFactory? loggers = null, CopySettings? copySettings = null)
{
    private readonly CopySettings copying = copySettings ?? new();

    private readonly ILogger logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<DatabaseMigrator>();

    /// <summary>Where backups are kept, without dots in it: what is listed there is known again by its path.</summary>
    public string Path => field ??= file.IsInMemory
        ? settings.BackupFolder ?? ""
        : System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(settings.BackupFolder ?? "", file.Folder));

    /// <summary>Makes a verified backup of the database; the caller holds the upgrade lock.</summary>
    /// <param name="versions">What the database holds, for the name.</param>
    /// <param name="path">A file that is not there yet; null for a name in the folder of backups.</param>
    /// <param name="progress">Told the pages.</param>
    /// <param name="cancellationToken">Stops it, without a trace.</param>
    public DatabaseBackup Make(
        IReadOnlyList<ModuleVersion> versions, string? path, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long started = Stopwatch.GetTimestamp();
        progress(new(UpgradePhase.BackingUp));
        string folder = path is null ? Path : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? "";
        MakeFolder(folder);
        RemoveLeftovers();
        using SqliteConnection source = OpenSource(path ?? folder, cancellationToken);
        if (settings.ChecksFreeSpace)
        {
            new FreeSpace(file, copying).Require((folder, FreeSpace.SizeOf(source)));
        }

        (string final, DateTimeOffset time) = Claim(versions, path, folder);
        string partial = final + BackupName.Partial;
        try
        {
            Writer.Write(source, partial, (done, total) => progress(new(UpgradePhase.BackingUp, done: done, total: total)), cancellationToken);
            File.Move(partial, final, overwrite: false);
        }
        catch (Exception e)
        {
            BackupWriter.Discard(partial, logger);
            if (BackupFaults.IsStorage(e))
            {
                throw BackupFaults.Making(file, final, e);
            }

            throw;
        }

        DurableFiles.FlushFolder(folder);
        DatabaseBackup made = new(final, time, BackupName.Parse(Stem, System.IO.Path.GetFileName(final))?.Versions ?? [.. versions], new FileInfo(final).Length);
        BackupLog.Made(logger, file.Name, final, made.Size, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return made;
    }

    /// <summary>Finds out before an upgrade whether the drives have room for it.</summary>
    /// <param name="isBackedUp">Whether a backup is going to be made first.</param>
    /// <exception cref="DatabaseUnusableException">They have not.</exception>
    public void RequireSpace(bool isBackedUp)
    {
        if (!settings.ChecksFreeSpace || file.IsInMemory || !file.Exists)
        {
            return;
        }

        if (isBackedUp)
        {
            MakeFolder(Path);
        }

        using SqliteConnection connection = file.Open(SqliteOpenMode.ReadWrite);
        FreeSpace space = new(file, copying);
        space.Require((file.Folder, space.WithLog(connection)), (isBackedUp ? Path : file.Folder, isBackedUp ? FreeSpace.SizeOf(connection) : 0));
    }

    /// <summary>Puts a backup back into the live database; the caller holds the upgrade lock.</summary>
    public void Restore(DatabaseBackup backup, Action<UpgradeProgress> progress, CancellationToken cancellationToken) =>
        new LiveRestore(settings, file, copying, logger).Run(backup.Path, progress, cancellationToken);

    /// <summary>Makes the database as empty as a new one, which had no backup; the caller holds the upgrade lock.</summary>
    public void RestoreEmpty(Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        if (file.Exists)
        {
            new LiveRestore(settings, file, copying, logger).Empty(progress, cancellationToken);
        }
    }

    /// <summary>The backups, newest first, by their names.</summary>
    public ImmutableArray<DatabaseBackup> List() => BackupList.Read(Path, Stem);

    /// <summary>
    /// Deletes backups beyond the newest ones, never the one just made. Called after success only; what can't be deleted stays, and is no
    /// failure.
    /// </summary>
    public void Prune(DatabaseBackup made) => BackupList.Prune(List, made, settings.KeepBackups, file.Name, logger);

    /// <summary>
    /// Deletes what is older than the newest backups of the same versions that are to be kept: an upgrade that fails at every start, or is
    /// killed, must not fill the disk. Backups of other versions stay.
    /// </summary>
    public void PruneRepeated(DatabaseBackup made) => BackupList.Prune(
        () => [.. List().Where(backup => backup.Versions.Select(version => version.ToString()).SequenceEqual(made.Versions.Select(version => version.ToString())))],
        made, settings.KeepBackups, file.Name, logger);

    private string Stem => field ??= BackupStem.Of(file, Path);

    private BackupWriter Writer => new(file, copying, settings.BusyTimeout, logger);

    private SqliteConnection OpenSource(string target, CancellationToken cancellationToken)
    {
        SqliteConnection? source = null;
        try
        {
            source = file.Open(SqliteOpenMode.ReadWrite);
            PageCopy.HoldState(source, new(settings.BusyTimeout, copying.Clock, cancellationToken));
            return source;
        }
        catch (Exception e)
        {
            source?.Dispose();
            if (BackupFaults.IsStorage(e))
            {
                throw BackupFaults.Making(file, target, e);
            }

            throw;
        }
    }

    private (string Final, DateTimeOffset Time) Claim(IReadOnlyList<ModuleVersion> versions, string? path, string folder)
    {
        DateTimeOffset time = copying.Clock.GetUtcNow();
        try
        {
            if (path is not null)
            {
                string full = System.IO.Path.GetFullPath(path);
                if (System.IO.Path.Exists(full))
                {
                    throw new BackupFailedException(full, $"\"{full}\" is there already and is not overwritten. Name a new file for the backup of \"{file.Name}\".");
                }

                BackupWriter.Remove(full + BackupName.Partial);
                BackupWriter.Claim(full + BackupName.Partial);
                return (full, time);
            }

            // Two backups may fall into one millisecond; neither replaces the other.
            BackupName name = BackupName.Fitting(Stem, time, versions);
            while (System.IO.Path.Exists(System.IO.Path.Combine(folder, name.ToString()))
                || System.IO.Path.Exists(System.IO.Path.Combine(folder, name + BackupName.Partial)))
            {
                name = name with { Time = name.Time.AddMilliseconds(1) };
            }

            string final = System.IO.Path.Combine(folder, name.ToString());
            BackupWriter.Claim(final + BackupName.Partial);
            return (final, name.Time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BackupFaults.Folder(file, folder, e);
        }
    }

    private void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BackupFaults.Folder(file, folder, e);
        }
    }

    // Nobody else makes a backup of this database now: the lock is held.
    private void RemoveLeftovers()
    {
        if (file.IsInMemory)
        {
            return;
        }

        foreach (string leftover in BackupList.Unfinished(Path, Stem).Union(BackupList.Unfinished(file.Folder, System.IO.Path.GetFileName(file.Path))))
        {
            try
            {
                File.Delete(leftover);
                BackupLog.LeftoverRemoved(logger, leftover);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                BackupLog.LeftoverStays(logger, leftover, e);
            }
        }
    }
}
