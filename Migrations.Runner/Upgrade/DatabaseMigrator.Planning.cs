using Migrations.Runner.Planning;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner;

public sealed partial class DatabaseMigrator
{
    /// <summary>
    /// Tells what <see cref="UpgradeAsync(CancellationToken)"/> would do, by doing it on a copy of the schema in memory that has no rows. The
    /// database is only read: its schema, its versions, and how many rows the altered tables have. Takes no lock, writes
    /// nothing, and creates no file.
    /// </summary>
    /// <returns>
    /// The pending migrations with their statements and alterations of tables, in order. None where nothing is pending, and where an
    /// upgrade would be refused: <see cref="UpgradePlan.Error"/> tells why.
    /// </returns>
    /// <exception cref="DatabaseUnusableException">The database could not be read to the end: it is damaged, or somebody else wrote for too long.</exception>
    /// <exception cref="ObjectDisposedException">The migrator is disposed.</exception>
    public UpgradePlan Plan() => Plan(MigrationTarget.Newest);

    /// <summary>Tells what <see cref="MigrateToAsync(string, long, IProgress{UpgradeProgress}?, CancellationToken)"/> would do, as <see cref="Plan()"/> does.</summary>
    /// <param name="module">The module's name, empty for the application's own migrations.</param>
    /// <param name="version">The version, up or down; 0 to take everything back.</param>
    /// <returns>The migrations that would be applied or taken back, with their statements, in order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="module"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no such module.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The module has no migration of that version.</exception>
    /// <exception cref="DatabaseUnusableException">As for <see cref="Plan()"/>.</exception>
    /// <exception cref="ObjectDisposedException">The migrator is disposed.</exception>
    public UpgradePlan Plan(string module, long version)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Plan(VersionTarget.Find(settings, module, version));
    }

    private UpgradePlan Plan(MigrationTarget target)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return new PlanRun(settings, file, loggers).Run(target);
    }
}
