using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Backup;

/// <summary>A backup or a restore that the application asks for; the caller holds the upgrade lock.</summary>
internal sealed class RestoreRun(
    MigratorSettings settings,
    DatabaseFile file,
    ILoggerFactory loggers,
    Action<UpgradeProgress> progress,
    CancellationToken cancellationToken,
    CopySettings? copySettings = null)
{
    private readonly CopySettings copying = copySettings ?? new();
    private readonly ILogger logger = loggers.CreateLogger<DatabaseMigrator>();
    private readonly BackupFolder backups = new(settings, file, loggers, copySettings);

    public DatabaseBackup Back(string? path)
    {
        DatabaseStatus status = Usable(new StatusReader(settings, file).Read());
        return file.Exists
            ? backups.Make(ModuleVersions.Of(status), path, progress, cancellationToken)
            : throw new BackupFailedException(path ?? backups.Path, $"There is no database \"{file.Name}\" yet, and so nothing to back up.");
    }

    public RestoreResult Restore(string path)
    {
        long started = Stopwatch.GetTimestamp();
        if (IsLive(path))
        {
            throw new BackupFailedException(path, $"\"{path}\" is the database itself, not a backup of it.");
        }

        using BackupSource backup = BackupSource.Open(file, path, settings, copying, cancellationToken);
        RefuseUnknown(path);
        (DatabaseBackup? previous, string? damaged) = KeepCurrent();
        LiveRestore restore = new(settings, file, copying, logger);
        damaged = restore.Run(backup, progress, cancellationToken) ?? damaged;
        return new(previous, damaged, Stopwatch.GetElapsedTime(started));
    }

    private static DatabaseStatus Usable(DatabaseStatus status) => status.State == DatabaseState.Unusable
        ? throw new DatabaseUnusableException(status.Problem ?? DatabaseProblem.Other, status.Database, status.Message, status.Error)
        : status;

    private bool IsLive(string path) => !file.IsInMemory && string.Equals(RealPath.Of(path), RealPath.Of(file.Path), StringComparison.Ordinal);

    // What an upgrade would refuse afterwards must not take the place of a database that works.
    private void RefuseUnknown(string path)
    {
        DatabaseStatus status = new StatusReader(settings, file.At(path)).Read();
        bool isOurs = BackupStem.IsOfName(Path.GetFileName(file.Path), Path.GetFileName(path));
        if (status.State is DatabaseState.NewerThanApplication or DatabaseState.UnknownMigrations or DatabaseState.ModuleMissing
                or DatabaseState.OtherApplication or DatabaseState.Unusable
            || (status.State is DatabaseState.Unversioned or DatabaseState.New && !isOurs))
        {
            throw new BackupFailedException(
                path, $"The backup \"{path}\" is not restored, because this application could not work with it: {status.Message}", status.Error);
        }
    }

    // Whoever restores the wrong backup can go back.
    private (DatabaseBackup? Backup, string? Damaged) KeepCurrent()
    {
        if (file.IsInMemory || !file.Exists)
        {
            return default;
        }

        DatabaseStatus status = new StatusReader(settings, file).Read();
        if (status.State == DatabaseState.New)
        {
            return default;
        }

        bool isDamaged = status.Problem is DatabaseProblem.Damaged or DatabaseProblem.NotADatabase or DatabaseProblem.Encrypted;
        if (!isDamaged)
        {
            try
            {
                return (backups.Make(ModuleVersions.Of(Usable(status)), null, progress, cancellationToken), null);
            }
            catch (DatabaseUnusableException e) when (e.Problem == DatabaseProblem.Damaged)
            {
            }
        }

        return (null, KeepDamaged());
    }

    // Page by page, as far as SQLite can open it at all; what it can't open is put aside as a file when it is replaced.
    private string? KeepDamaged()
    {
        string aside = BackupName.Damaged(file.Path, copying.Clock.GetUtcNow());
        string partial = aside + BackupName.Partial;
        try
        {
            using SqliteConnection source = file.Open(SqliteOpenMode.ReadWrite);
            PageCopy.HoldState(source, new(settings.BusyTimeout, copying.Clock, cancellationToken));
            BackupWriter.Claim(partial);
            new BackupWriter(file, copying, settings.BusyTimeout, logger).WriteUnchecked(source, partial, cancellationToken);
            File.Move(partial, aside, overwrite: false);
            DurableFiles.FlushFolder(file.Folder);
            BackupLog.SetAside(logger, file.Name, aside);
            return aside;
        }
        catch (SqliteException e) when (BackupFaults.IsDamage(e))
        {
            BackupWriter.Discard(partial, logger);
            return null;
        }
        catch (Exception e)
        {
            BackupWriter.Discard(partial, logger);
            if (BackupFaults.IsStorage(e))
            {
                throw BackupFaults.Restoring(file, aside, e);
            }

            throw;
        }
    }
}
