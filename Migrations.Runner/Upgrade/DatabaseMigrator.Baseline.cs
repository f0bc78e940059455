using Migrations.Runner.Baseline;
using Migrations.Runner.Locking;

namespace Migrations.Runner;

/// <content>Declaring the version of a database that was never under migrations.</content>
public sealed partial class DatabaseMigrator
{
    /// <summary>
    /// Declares that a database which was made without the application's own migrations is as if they had been applied up to a version;
    /// see the other overload.
    /// </summary>
    /// <param name="version">The version of one of the migrations.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed.</param>
    /// <returns>What counts as applied now.</returns>
    public Task<BaselineResult> BaselineAsync(long version, CancellationToken cancellationToken = default) =>
        BaselineAsync("", version, null, null, cancellationToken);

    /// <summary>
    /// Declares that a database which was made without a module's migrations is as if they had been applied up to a version. The
    /// migrations are run on a new database in memory, and what its schema means is compared with the one that is there: names of
    /// constraints and the order of columns count; quotes, comments, white space and the order of objects don't; rows are not looked
    /// at. Where it is the same, the module's history gets a row for each of the migrations, in one transaction, under the lock of upgrades
    /// and after a backup; nothing else is changed.
    /// </summary>
    /// <param name="module">The module's name, empty for the application's own migrations. What other modules have applied is expected too.</param>
    /// <param name="version">The version of one of its migrations.</param>
    /// <param name="options">What else may be there; null for nothing.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed.</param>
    /// <returns>What counts as applied now.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="module"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no such module, or it has no migration of that version.</exception>
    /// <exception cref="UpgradeRefusedException">The schema is another: <see cref="UpgradeRefusedException.Differences"/> lists how. Or there
    /// is no database, or it is under the module's migrations already, or it is another application's.</exception>
    /// <exception cref="UpgradeFailedException">The migrations fail on a new database, so that there is nothing to compare with.</exception>
    /// <exception cref="DatabaseUnusableException">The database can't be read or written.</exception>
    public Task<BaselineResult> BaselineAsync(
        string module,
        long version,
        BaselineOptions? options = null,
        IProgress<UpgradeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        MigrationModule found = settings.Modules.FirstOrDefault(known => string.Equals(known.Name, module, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no module \"{module}\".", nameof(module));
        bool allowsExtraObjects = options?.AllowExtraObjects ?? false;
        return InBackground(
            token =>
            {
                Action<UpgradeProgress> report = value => progress?.Report(value);
                using UpgradeLock held = UpgradeLock.Acquire(file, settings.LockTimeout, () => report(new(UpgradePhase.WaitingForLock)), token);
                return new BaselineRun(settings, file, loggers, report, token).Run(found, version, allowsExtraObjects);
            },
            cancellationToken);
    }
}
