using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Core.Alteration.Execution;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;

namespace Migrations.Runner.Upgrade;

/// <summary>
/// The migrations of one upgrade, module by module on one connection of its own, which is closed when it ends, however it ends.
/// </summary>
internal sealed class MigrationRun(
    MigratorSettings settings, DatabaseFile file, DatabaseStatus status, MigrationTarget target, MigrationObserver observer, ILoggerFactory loggers)
{
    /// <summary>The schema's cookie before the first migration; null where it was not reached.</summary>
    public long? SchemaVersion { get; private set; }

    public void Run()
    {
        SqliteConnection connection = file.Open(SqliteOpenMode.ReadWriteCreate);
        FirstError.Of(
            () =>
            {
                using StatementInterrupt interrupt = new(connection, observer.CancellationToken);
                SchemaVersion = ReadSchemaVersion(connection);
                foreach (MigrationModule module in settings.Modules)
                {
                    Migrate(module, status.Modules.Single(found => found.Module == module.Name && !found.IsMissing), connection);
                }

                observer.CancellationToken.ThrowIfCancellationRequested();
                StampApplicationId(connection);
                return true;
            },
            connection.Dispose);
    }

    /// <summary>Whether anything was committed, or may have been.</summary>
    public bool HasChanges()
    {
        if (observer.Done.Count > 0 || observer is { Current: not null, IsInTransaction: false })
        {
            return true;
        }

        if (SchemaVersion is null)
        {
            return false;
        }

        using SqliteConnection connection = file.Open(SqliteOpenMode.ReadWrite);
        return ReadSchemaVersion(connection) != SchemaVersion;
    }

    private static long ReadSchemaVersion(SqliteConnection connection) => connection.ReadInteger("PRAGMA main.schema_version");

    private void Migrate(MigrationModule module, ModuleStatus current, SqliteConnection connection)
    {
        bool isUp = target.Up(current).Any();
        bool isDown = target.Down(current).Any();
        if (!isUp && !isDown)
        {
            return;
        }

        int doneBefore = observer.Done.Count;
        ModuleSession session = new(settings, module, connection, observer, loggers);
        FirstError.Of(
            () =>
            {
                try
                {
                    if (isDown)
                    {
                        session.Runner.MigrateDown(target.Version);
                        doneBefore = observer.Done.Count;
                    }

                    if (isUp)
                    {
                        session.Runner.MigrateUp(target.Version);
                    }

                    return true;
                }
                catch when (session.IsOneTransaction)
                {
                    observer.Forget(doneBefore);
                    throw;
                }
            },
            session.Dispose);
    }

    // At the end: a database that is not under these migrations yet must not be marked as if it were.
    private void StampApplicationId(SqliteConnection connection)
    {
        if (settings.ApplicationId is { } id && connection.ReadInteger("PRAGMA main.application_id") == 0 && id != 0)
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA main.application_id = {id}"));
        }
    }
}
