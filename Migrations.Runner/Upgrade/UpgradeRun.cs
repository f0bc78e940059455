using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;
using Migrations.Runner.Status;

namespace Migrations.Runner.Upgrade;

/// <summary>
/// One upgrade from beginning to end: looks whether there is anything to do, takes the lock, looks again, makes sure that the
/// database can be written, makes a backup, runs the migrations, checks. What fails before the first migration has changed nothing.
/// </summary>
internal sealed class UpgradeRun(
    MigratorSettings settings,
    DatabaseFile file,
    ILoggerFactory loggers,
    Action<UpgradeProgress> progress,
    CancellationToken cancellationToken)
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly StatusReader reader = new(settings, file);
    private readonly BackupFolder backups = new(settings, file, loggers);
    private readonly ILogger logger = loggers.CreateLogger<DatabaseMigrator>();

    public UpgradeResult Run(MigrationTarget target)
    {
        using Activity? span = Tracing.Begin("upgrade", file.Name);
        try
        {
            return RunLocked(target);
        }
        catch (Exception error)
        {
            span.Fail(error);
            Log(error);
            throw;
        }
    }

    private UpgradeResult RunLocked(MigrationTarget target)
    {
        DatabaseStatus status = reader.Read();
        Exception? refusal = UpgradeRefusal.Find(settings, status, target);
        if (refusal is null && target.Count(status) == 0)
        {
            return Nothing(status);
        }

        // Somebody who is just upgrading may be why; where nobody ever has, that can't be, and no file is left beside the database.
        if (refusal is not null && !UpgradeLock.WasEverTaken(file))
        {
            throw refusal;
        }

        using UpgradeLock held = UpgradeLock.Acquire(file, settings.LockTimeout, ReportWaiting, cancellationToken);

        // Whoever held the lock may have done it all.
        status = reader.Read();
        if (UpgradeRefusal.Find(settings, status, target) is { } stillRefused)
        {
            throw stillRefused;
        }

        return target.Count(status) == 0 ? Nothing(status) : Upgrade(target, status);
    }

    private UpgradeResult Upgrade(MigrationTarget target, DatabaseStatus status)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isBackedUp = settings.BacksUp && !file.IsInMemory && status.State != DatabaseState.New;
        WriteAccess.Require(file, cancellationToken);
        backups.RequireSpace(isBackedUp);
        ConfiguredMigrations.Require(settings);
        ReportEdited(status);
        ImmutableArray<ModuleVersion> from = ModuleVersions.Of(status);
        int count = target.Count(status);
        UpgradeLog.Started(logger, file.Name, count, ModuleVersions.Describe(from));
        DatabaseBackup? backup = isBackedUp ? BackUp(from) : null;

        MigrationObserver observer = new(count, progress, logger, cancellationToken);
        MigrationRun run = new(settings, file, status, target, observer, loggers);
        bool isDamaged = false;
        try
        {
            run.Run();
            if (settings.ChecksAfterUpgrade && FindDamage(count) is { } damage)
            {
                isDamaged = true;
                throw damage;
            }
        }
        catch (Exception error)
        {
            throw Failure(status, run, observer, backup, UpgradeErrors.Unwrap(observer.FirstError ?? error), isDamaged);
        }

        if (backup is not null)
        {
            backups.Prune(backup);
        }

        ImmutableArray<ModuleVersion> to = ModuleVersions.After(status, observer.Done);
        TimeSpan duration = Stopwatch.GetElapsedTime(started);
        UpgradeLog.Finished(logger, file.Name, observer.Done.Count, ModuleVersions.Describe(to), duration);
        return new([.. observer.Done], from, to, backup, duration);
    }

    private UpgradeResult Nothing(DatabaseStatus status)
    {
        ReportEdited(status);
        ImmutableArray<ModuleVersion> versions = ModuleVersions.Of(status);
        UpgradeLog.NothingPending(logger, file.Name, ModuleVersions.Describe(versions));
        return new([], versions, versions, null, Stopwatch.GetElapsedTime(started));
    }

    private DatabaseBackup BackUp(ImmutableArray<ModuleVersion> versions)
    {
        using Activity? span = Tracing.Begin("backup", file.Name);
        try
        {
            DatabaseBackup made = backups.Make(versions, null, progress, cancellationToken);
            backups.PruneRepeated(made);
            return made;
        }
        catch (Exception error)
        {
            span.Fail(error);
            throw;
        }
    }

    // On a connection of its own, which reads the schema as it is stored now, as all later ones will.
    private DatabaseUnusableException? FindDamage(int count)
    {
        using Activity? span = Tracing.Begin("check", file.Name);
        UpgradeLog.Checking(logger, file.Name);
        progress(new(UpgradePhase.Checking, count: count));
        using SqliteConnection connection = file.Open(SqliteOpenMode.ReadWrite);
        QuickCheck check = QuickCheck.Run(connection, cancellationToken);
        if (!check.IsDamaged)
        {
            return null;
        }

        DatabaseUnusableException damage = new(
            DatabaseProblem.Damaged, file.Name, $"The check after the upgrade found \"{file.Name}\" damaged: {check.DamageInWords}.");
        span.Fail(damage);
        return damage;
    }

    private Exception Failure(
        DatabaseStatus status, MigrationRun run, MigrationObserver observer, DatabaseBackup? backup, Exception error, bool isDamaged)
    {
        bool isCancelled = UpgradeErrors.IsCancellation(error, cancellationToken);
        Exception? cause = isCancelled ? null : UpgradeErrors.Explain(file, error);
        if (cause is DatabaseUnusableException { Problem: DatabaseProblem.Busy } && observer.Done.Count == 0)
        {
            return cause;
        }

        (bool isRestored, Exception? restoreError) = isDamaged || settings.OnFailure == FailurePolicy.RestoreBackup
            ? Restore(status, run, backup)
            : (false, null);
        if (isCancelled && restoreError is null)
        {
            return new OperationCanceledException(
                $"The upgrade of \"{file.Name}\" was cancelled; it is at {ModuleVersions.Describe(ModuleVersions.After(status, isRestored ? [] : observer.Done))}.",
                error,
                cancellationToken);
        }

        return new UpgradeFailure
        {
            Before = status,
            Observer = observer,
            Error = error,
            Cause = cause ?? error,
            Backup = backup,
            IsRestored = isRestored,
            RestoreError = restoreError,
        }.ToException();
    }

    // Not cancellable: a database that is half put back helps nobody.
    private (bool IsRestored, Exception? Error) Restore(DatabaseStatus status, MigrationRun run, DatabaseBackup? backup)
    {
        using Activity? span = Tracing.Begin("restore", file.Name);
        try
        {
            if ((backup is null && status.State != DatabaseState.New) || !run.HasChanges())
            {
                return (false, null);
            }

            UpgradeLog.Restoring(logger, file.Name);
            if (backup is null)
            {
                backups.RestoreEmpty(progress, CancellationToken.None);
            }
            else
            {
                backups.Restore(backup, progress, CancellationToken.None);
            }

            return (true, null);
        }
#pragma warning disable CA1031 // The error of the migration is the one to throw; this one goes with it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            span.Fail(error);
            UpgradeLog.RestoreFailed(logger, error, file.Name);
            return (false, error);
        }
    }

    private void ReportWaiting()
    {
        UpgradeLog.Waiting(logger, file.Name);
        progress(new(UpgradePhase.WaitingForLock));
    }

    private void ReportEdited(DatabaseStatus status)
    {
        List<MigrationIdentity> edited = [.. status.Modules.SelectMany(module => module.Edited)];
        if (edited.Count > 0)
        {
            UpgradeLog.Edited(logger, file.Name, string.Join(", ", edited));
        }
    }

    private void Log(Exception error)
    {
        switch (error)
        {
            case OperationCanceledException:
                UpgradeLog.Cancelled(logger, file.Name, error.Message);
                break;
            case UpgradeRefusedException:
                UpgradeLog.Refused(logger, file.Name, error.Message);
                break;
            case DatabaseUnusableException:
                UpgradeLog.Unusable(logger, error, file.Name);
                break;
            default:
                UpgradeLog.Failed(logger, error, file.Name);
                break;
        }
    }
}
