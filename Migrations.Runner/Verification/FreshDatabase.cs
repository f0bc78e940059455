using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Runner.Files;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Verification;

/// <summary>A new database in memory that the migrations have made, without anybody's rows.</summary>
internal static class FreshDatabase
{
    /// <summary>Runs the migrations of all modules.</summary>
    /// <param name="settings">The migrations.</param>
    /// <param name="version">The version of each module by its name; 0 for none of its migrations.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>An open connection; the database is gone with it.</returns>
    /// <exception cref="UpgradeFailedException">A migration fails on a new database.</exception>
    public static SqliteConnection Build(MigratorSettings settings, Func<string, long> version, CancellationToken cancellationToken)
    {
        DatabaseFile file = new(settings.ConnectionString, settings.BusyTimeout, settings.ConnectionOpened);
        SqliteConnection fresh = file.At(":memory:").Open(SqliteOpenMode.ReadWriteCreate);
        MigrationObserver observer = new(count: 0, _ => { }, logger: null, cancellationToken);
        try
        {
            foreach (MigrationModule module in settings.Modules.Where(module => version(module.Name) > 0))
            {
                using ModuleSession session = new(settings, module, fresh, observer, NullLoggerFactory.Instance);
                session.Runner.MigrateUp(version(module.Name));
            }

            return fresh;
        }
        catch (Exception e)
        {
            fresh.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new UpgradeFailedException(
                $"Migration {observer.Current} fails on a new database in memory: {UpgradeErrors.Unwrap(observer.FirstError ?? e).Message}",
                [], observer.Current, observer.FailedStatement, null, isRestored: false, restoreError: null, e);
        }
    }

    /// <summary>The newest version of each module that is known.</summary>
    public static long Newest(MigratorSettings settings, string module) =>
        MigrationCatalog.Read(settings.Modules.Single(known => known.Name == module), settings.Tags).Migrations.LastOrDefault()?.Version ?? 0;
}
