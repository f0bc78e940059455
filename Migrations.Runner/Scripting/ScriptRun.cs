using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.Preview;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;
using Migrations.Runner.Verification;

namespace Migrations.Runner.Scripting;

/// <summary>Makes one script of the application's own migrations, on a copy of the schema that has no rows. Takes no lock, and only reads a database.</summary>
internal sealed class ScriptRun(MigratorSettings settings, ILoggerFactory loggers, CancellationToken cancellationToken)
{
    private readonly MigrationModule module = settings.Modules.SingleOrDefault(module => module.Name.Length == 0)
        ?? throw new ScriptRefusedException("There can be no script: it holds the application's own migrations, and all of these belong to modules. Upgrade with the library.");


    /// <summary>Makes a script for any database that the migrations have brought to a version.</summary>
    /// <exception cref="ScriptRefusedException">A migration can't be said in SQL.</exception>
    /// <exception cref="UpgradeFailedException">A migration up to the first version fails on a new database.</exception>
    public UpgradeScript Run(long from, long to)
    {
        using SqliteConnection fresh = FreshDatabase.Build(settings, name => name.Length == 0 ? from : FreshDatabase.Newest(settings, name), cancellationToken);
        ImmutableArray<long> applied = [.. MigrationCatalog.Read(module, settings.Tags).Migrations.Select(migration => migration.Version).Where(version => version <= from)];
        return Run(fresh, null, applied, to, isUp: to > from, isDown: to < from);
    }

    /// <summary>Makes a script for a database as it is.</summary>
    /// <param name="file">The database.</param>
    /// <param name="to">The version to go to; null for the newest one.</param>
    /// <exception cref="ScriptRefusedException">A migration can't be said in SQL.</exception>
    /// <exception cref="UpgradeRefusedException">The upgrade would be refused.</exception>
    /// <exception cref="DatabaseUnusableException">The database can't be read.</exception>
    public UpgradeScript Run(DatabaseFile file, long? to)
    {
        DatabaseStatus status = new StatusReader(settings, file).Read();
        MigrationTarget target = to is { } version ? VersionTarget.Find(settings, "", version) : MigrationTarget.Newest;
        if (UpgradeRefusal.Find(settings, status, target) is { } refusal)
        {
            throw refusal;
        }

        ModuleStatus own = status.Modules.Single(found => found.Module.Length == 0 && !found.IsMissing);
        try
        {
            return file.Exists
                ? file.Read(real =>
                {
                    real.Execute("PRAGMA query_only=ON");
                    return Run(real);
                })
                : Run((SqliteConnection?)null);
        }
        catch (SqliteException e) when (FileDiagnosis.IsAboutFile(e))
        {
            throw FileDiagnosis.Explain(file, e);
        }

        UpgradeScript Run(SqliteConnection? real) => this.Run(
            real,
            file.Name,
            [.. own.Applied.Select(migration => migration.Version)],
            Math.Min(target.Version, Math.Max(own.NewestKnown, own.NewestApplied)),
            target.Up(own).Any(),
            target.Down(own).Any());
    }

    private UpgradeScript Run(SqliteConnection? source, string? database, ImmutableArray<long> applied, long to, bool isUp, bool isDown)
    {
        ShadowSource shadowed = new(settings.ConnectionString, () => [module.VersionTable]) { Connection = source, IsMissing = source is null };
        using ShadowDatabase shadow = new(shadowed, settings.ConnectionOpened, loggers.CreateLogger<ScriptRun>());
        StartingSchema start = StartingSchema.Read(shadow.Open(), settings, module, applied);
        if (shadow.Missing.Count > 0)
        {
            throw new ScriptRefusedException($"There can be no script, because the schema can't be copied: {string.Join("; ", shadow.Missing)}.");
        }

        MigrationObserver observer = new(count: 0, _ => { }, logger: null, cancellationToken);
        StatementRecorder recorder = new(shadow, observer, settings, module);
        if (isUp || isDown)
        {
            Record(shadow, recorder, observer, to, isUp, isDown);
        }

        long from = applied.IsEmpty ? 0 : applied.Max();
        string sql = new ScriptText(settings, module, start, recorder, from, to, database).Write();
        return new(from, to, database, [.. recorder.Units.Where(unit => unit.Migration is not null).Select(unit => new ScriptedMigration(unit.Migration!, unit.IsUp))], sql); // Those without one were left out.
    }

    private void Record(ShadowDatabase shadow, StatementRecorder recorder, MigrationObserver observer, long to, bool isUp, bool isDown)
    {
        try
        {
            using ModuleSession session = new(settings, module, shadow.Open(), observer, loggers, recorder);
            if (isDown)
            {
                session.Runner.MigrateDown(to);
            }

            if (isUp)
            {
                session.Runner.MigrateUp(to);
            }

            recorder.End();
        }
        catch (Exception e) when (recorder.Refusal is not null && !ReferenceEquals(e, recorder.Refusal))
        {
            // FluentMigrator may have wrapped it.
            throw recorder.Refusal;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException or ScriptRefusedException))
        {
            throw new ScriptRefusedException($"There can be no script with migration {observer.Current}: it fails on a copy of the schema: {UpgradeErrors.Unwrap(observer.FirstError ?? e).Message}", e);
        }
    }
}
