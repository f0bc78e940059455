using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner.Backup;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.History;
using Migrations.Runner.Preview;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Planning;

/// <summary>
/// Makes one plan: runs what an upgrade would run, in all modules, on one empty copy of the schema. Takes no lock, and only
/// reads the database.
/// </summary>
internal sealed class PlanRun(MigratorSettings settings, DatabaseFile file, ILoggerFactory loggers)
{
    public UpgradePlan Run(MigrationTarget target)
    {
        DatabaseStatus status = new StatusReader(settings, file).Read();
        Exception? refusal = UpgradeRefusal.Find(settings, status, target);
        if (refusal is not null || status.Modules.All(module => !target.Up(module).Any() && !target.Down(module).Any()))
        {
            return new(status, [], [], refusal);
        }

        try
        {
            return file.Exists
                ? file.Read(real =>
                {
                    real.Execute("PRAGMA query_only=ON");
                    return Run(target, status, real);
                })
                : Run(target, status, null);
        }
        catch (SqliteException e) when (FileDiagnosis.IsAboutFile(e))
        {
            throw FileDiagnosis.Explain(file, e);
        }
    }

    private UpgradePlan Run(MigrationTarget target, DatabaseStatus status, SqliteConnection? real)
    {
        ShadowSource source = new(settings.ConnectionString, () => settings.Modules.Select(module => module.VersionTable))
        {
            Connection = real,
            IsMissing = real is null,
        };
        using ShadowDatabase shadow = new(source, settings.ConnectionOpened, loggers.CreateLogger<PlanRun>());
        MigrationObserver observer = new(count: 0, _ => { }, logger: null, CancellationToken.None);
        TableSizes sizes = new(real);
        PlanRecorder recorder = new(shadow, sizes, observer, VersionHistory.TablesOf(settings.Modules).Contains);
        Exception? error = null;
        try
        {
            foreach (MigrationModule module in settings.Modules)
            {
                Run(target, module, status.Modules.Single(found => found.Module == module.Name && !found.IsMissing), recorder, observer);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException && observer.Current is not null)
        {
            // The upgrade would fail in the same place: what is planned so far, and why it ends there, is the answer.
            recorder.Refused(e);
            error = e;
        }

        recorder.End(hasFailed: error is not null);
        bool makesBackup = settings.BacksUp && real is not null && !file.IsInMemory;
        List<(MigrationIdentity Migration, bool IsUp)> migrations = [.. observer.Done.Select(done => (done.Migration, done.IsUp))];
        if (error is not null && observer.Current is { } failed)
        {
            migrations.Add((failed, IsUp(target, status, failed)));
        }

        return new(
            status,
            [.. migrations.Select((one, i) => new PlannedMigration(
                one.Migration,
                one.IsUp,
                recorder.StepsOf(i),
                recorder.NotesOn(i, isLast: i == migrations.Count - 1),
                real is null ? [] : LossSearch.Count(real, recorder.LossesOf(i).Dropped, sizes.Of),
                recorder.LossesOf(i).Uncounted)
            {
                Differences = recorder.DifferencesOf(i),
            })],
            [.. shadow.Missing],
            error)
        {
            LacksTable = shadow.LacksTable,
            Folder = file.IsInMemory ? null : file.Folder,
            BackupFolder = makesBackup ? new BackupFolder(settings, file).Path : null,
            BackupBytes = makesBackup ? FreeSpace.SizeOf(real!) : 0, // It is there.
        };
    }

    private static bool IsUp(MigrationTarget target, DatabaseStatus status, MigrationIdentity migration) =>
        target.Up(status.Modules.Single(module => module.Module == migration.Module && !module.IsMissing)).Any(pending => pending.Version == migration.Version);

    private void Run(MigrationTarget target, MigrationModule module, ModuleStatus status, PlanRecorder recorder, MigrationObserver observer)
    {
        bool isUp = target.Up(status).Any();
        bool isDown = target.Down(status).Any();
        if (!isUp && !isDown)
        {
            return;
        }

        using ModuleSession session = new(settings, module, recorder.Shadow.Open(), observer, loggers, recorder);
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
