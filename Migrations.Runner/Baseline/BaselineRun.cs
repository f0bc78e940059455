using System.Collections.Immutable;
using System.Globalization;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Core;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Backup;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Baseline;

/// <summary>One declaration of a version: compares, makes a backup, writes the history. The caller holds the upgrade lock.</summary>
internal sealed class BaselineRun(
    MigratorSettings settings,
    DatabaseFile file,
    ILoggerFactory loggers,
    Action<UpgradeProgress> progress,
    CancellationToken cancellationToken)
{
    public BaselineResult Run(MigrationModule module, long version, bool allowsExtraObjects)
    {
        DatabaseStatus status = new StatusReader(settings, file).Read();
        ImmutableArray<MigrationIdentity> migrations = Declared(module, version, status);
        using SqliteConnection fresh = file.At(":memory:").Open(SqliteOpenMode.ReadWriteCreate);
        Build(module, version, status, fresh);
        (ImmutableArray<SchemaDifference> differences, long schemaVersion) = Compare(fresh);
        ImmutableArray<SchemaDifference> extra = [.. differences.Where(difference => difference.Kind == SchemaDifferenceKind.ExtraObject)];
        ImmutableArray<SchemaDifference> refused = allowsExtraObjects ? Refused(module, version, status, differences, extra, fresh) : differences;
        if (!refused.IsEmpty)
        {
            bool hasOnlyExtra = !allowsExtraObjects && refused.Length == extra.Length;
            throw new UpgradeRefusedException(status, Different(module, version, refused, hasOnlyExtra), refused);
        }

        cancellationToken.ThrowIfCancellationRequested();
        DatabaseBackup? backup = settings.BacksUp && !file.IsInMemory
            ? new BackupFolder(settings, file, loggers).Make(ModuleVersions.Of(status), null, progress, cancellationToken)
            : null;
        Write(module, migrations, status, schemaVersion);
        return new(module.Name, version, migrations, extra, backup);
    }

    private ImmutableArray<MigrationIdentity> Declared(MigrationModule module, long version, DatabaseStatus status)
    {
        if (status.Problem is { } problem)
        {
            throw new DatabaseUnusableException(problem, status.Database, status.Message, status.Error);
        }

        if (status.State == DatabaseState.OtherApplication)
        {
            throw new UpgradeRefusedException(status);
        }

        ModuleStatus current = status.Modules.Single(found => string.Equals(found.Module, module.Name, StringComparison.OrdinalIgnoreCase));
        if (current.Applied.Count > 0)
        {
            throw new UpgradeRefusedException(
                status,
                string.Create(CultureInfo.InvariantCulture, $"\"{file.Name}\" is under these migrations already, at version {current.NewestApplied}: upgrade it."));
        }

        if (status.State == DatabaseState.New)
        {
            throw new UpgradeRefusedException(status, $"\"{file.Name}\" is empty or not there: an upgrade makes it, there is no version to declare.");
        }

        // With nothing applied, everything that is known is pending.
        ImmutableArray<MigrationIdentity> migrations = [.. current.Pending.Where(migration => migration.Version <= version)];
        return migrations is [.., { } newest] && newest.Version == version
            ? migrations
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"There is no migration {version}: the newest known is {current.NewestKnown}."), nameof(version));
    }

    private void Build(MigrationModule module, long version, DatabaseStatus status, SqliteConnection fresh)
    {
        foreach (MigrationModule each in settings.Modules)
        {
            long target = each == module ? version : status.Modules.Single(found => found.Module == each.Name).NewestApplied;
            if (target > 0)
            {
                Build(each, [target], fresh, _ => { });
            }
        }
    }

    private (ImmutableArray<SchemaDifference> Differences, long SchemaVersion) Compare(SqliteConnection fresh)
    {
        return file.Read(actual =>
        {
            actual.Execute("BEGIN");
            return (SchemaComparison.Compare(fresh, actual, VersionHistory.TablesOf(settings.Modules).Contains), SchemaVersion(actual));
        });
    }

    // What a later migration makes is not the application's own affair: the database is further on than the version says.
    private ImmutableArray<SchemaDifference> Refused(
        MigrationModule module,
        long version,
        DatabaseStatus status,
        ImmutableArray<SchemaDifference> differences,
        ImmutableArray<SchemaDifference> extra,
        SqliteConnection fresh)
    {
        if (extra.IsEmpty || extra.Length < differences.Length)
        {
            return differences.RemoveRange(extra);
        }

        HashSet<SqlIdentifier> later = [];
        IEnumerable<long> versions = status.Modules.Single(found => found.Module == module.Name).Pending
            .Select(migration => migration.Version)
            .Where(known => known > version);
        Build(module, versions, fresh, built => later.UnionWith(
            built.ReadRows("SELECT name FROM main.sqlite_schema").Select(row => new SqlIdentifier((string)row[0]!)))); // Every object has a name.
        return [.. extra.Where(difference => later.Any(name => difference.Object.EndsWith($" {name}", StringComparison.OrdinalIgnoreCase)))];
    }

    private void Build(MigrationModule module, IEnumerable<long> versions, SqliteConnection fresh, Action<SqliteConnection> built)
    {
        MigrationObserver observer = new(count: 0, _ => { }, logger: null, cancellationToken);
        try
        {
            using ModuleSession session = new(settings, module, fresh, observer, NullLoggerFactory.Instance);
            foreach (long version in versions)
            {
                session.Runner.MigrateUp(version);
                built(fresh);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpgradeFailedException(
                $"Migration {observer.Current} fails on a new database in memory, so there is nothing to compare \"{file.Name}\" with: {e.GetBaseException().Message}. "
                + "Nothing was changed.",
                [], observer.Current, observer.FailedStatement, null, isRestored: false, restoreError: null, e);
        }
    }

    private void Write(MigrationModule module, ImmutableArray<MigrationIdentity> migrations, DatabaseStatus status, long schemaVersion)
    {
        using SqliteConnection connection = file.Open(SqliteOpenMode.ReadWrite);
        using ModuleSession session = new(settings, module, connection, new(count: 0, _ => { }, logger: null, cancellationToken), loggers);
        SortedList<long, IMigrationInfo> known = session.Services.GetRequiredService<IMigrationInformationLoader>().LoadMigrations();

        // FluentMigrator makes its table with three migrations of its own, each in a transaction where there is none.
        using IMigrationScope scope = session.Runner.BeginScope();

        // From the first look in a scope on, the scope itself refuses to begin on another schema.
        session.Runner.Processor.TableExists(null, module.VersionTable.TableName);
        if (SchemaVersion(connection) != schemaVersion)
        {
            throw new UpgradeRefusedException(
                status, $"The schema of \"{file.Name}\" was changed while it was compared. Nothing was changed by this; try again.");
        }

        IVersionLoader versions = session.Services.GetRequiredService<IVersionLoader>();
        foreach (MigrationIdentity migration in migrations)
        {
            IMigrationInfo info = known[migration.Version];
            versions.UpdateVersionInfo(migration.Version, info.Description ?? info.Migration.GetType().Name);
        }

        scope.Complete();
    }

    private static long SchemaVersion(SqliteConnection connection) => connection.ReadInteger("PRAGMA main.schema_version");

    private string Different(MigrationModule module, long version, ImmutableArray<SchemaDifference> differences, bool hasOnlyExtra) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"{file.Name}\" is not at version {new ModuleVersion(module.Name, version)}: its schema is not what the migrations make. Correct it, or declare another "
        + $"version{(hasOnlyExtra ? ", or allow extra objects (AllowExtraObjects)" : "")}. Nothing was changed. Differences:{Environment.NewLine}"
        + $"{string.Join(Environment.NewLine, differences)}");
}
