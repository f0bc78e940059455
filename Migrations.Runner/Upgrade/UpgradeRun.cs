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
/// One upgrade from beginning to end: looks whether there is anything to do, takes the lock, looks again, makes a backup,
/// runs the migrations, checks.
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
    private readonly BackupFolder backups = new(settings, file);

    public UpgradeResult Run(MigrationTarget target)
    {
        DatabaseStatus status = reader.Read();
        if (status.Problem is { } problem)
        {
            throw new DatabaseUnusableException(problem, status.Database, status.Message, status.Error);
        }

        if (IsDone(status, target))
        {
            return Nothing(status);
        }

        using UpgradeLock? held = file.IsInMemory
            ? null
            : UpgradeLock.Acquire(file, settings.LockTimeout, () => progress(new(UpgradePhase.WaitingForLock)), cancellationToken);

        // Whoever held the lock may have done it all.
        status = reader.Read();
        return IsDone(status, target) ? Nothing(status) : Run(target, status);
    }

    private static ImmutableArray<ModuleVersion> Versions(DatabaseStatus status) =>
        [.. status.Modules.Select(module => new ModuleVersion(module.Module, module.NewestApplied))];

    private static bool IsDone(DatabaseStatus status, MigrationTarget target) =>
        status.CanUpgrade && status.Modules.All(module => !target.Up(module).Any() && !target.Down(module).Any());

    private UpgradeResult Nothing(DatabaseStatus status) =>
        new([], Versions(status), Versions(status), null, Stopwatch.GetElapsedTime(started));

    private UpgradeResult Run(MigrationTarget target, DatabaseStatus status)
    {
        if (!status.CanUpgrade)
        {
            throw new UpgradeRefusedException(status);
        }

        DatabaseBackup? backup = settings.BacksUp && !file.IsInMemory && status.State != DatabaseState.New
            ? backups.Make(Versions(status), null, progress, cancellationToken)
            : null;
        int count = status.Modules.Sum(module => target.Up(module).Count() + target.Down(module).Count());
        MigrationObserver observer = new(count, progress, cancellationToken);
        try
        {
            using SqliteConnection connection = file.Open(SqliteOpenMode.ReadWriteCreate);
            foreach (MigrationModule module in settings.Modules)
            {
                ModuleStatus current = status.Modules.Single(found => found.Module == module.Name);
                Migrate(target, module, current, connection, observer);
            }
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception e)
        {
            throw new UpgradeFailedException(
                $"The upgrade of \"{file.Name}\" failed in migration {observer.Current}: {e.Message}",
                [.. observer.Done], observer.Current, null, backup, isRestored: false, e);
        }

        return new([.. observer.Done], Versions(status), Versions(reader.Read()), backup, Stopwatch.GetElapsedTime(started));
    }

    private void Migrate(
        MigrationTarget target, MigrationModule module, ModuleStatus status, SqliteConnection connection, MigrationObserver observer)
    {
        bool isUp = target.Up(status).Any();
        bool isDown = target.Down(status).Any();
        if (!isUp && !isDown)
        {
            return;
        }

        using ModuleSession session = new(settings, module, connection, observer, loggers);
        if (isDown)
        {
            session.Runner.MigrateDown(target.Version);
        }

        if (isUp)
        {
            session.Runner.MigrateUp(target.Version);
        }
    }
}
