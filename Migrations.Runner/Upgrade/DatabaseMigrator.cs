using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner;

/// <summary>
/// Brings a database to the version that the application needs, safely and unattended: nothing where nothing is pending; else
/// under a lock, with a backup, each migration in a transaction of its own. Safe for concurrent use; connections are opened
/// for each call and closed with it.
/// </summary>
/// <remarks>
/// Spans of upgrades are written to the <see cref="System.Diagnostics.ActivitySource"/> named <see cref="ActivitySourceName"/>: <c>upgrade</c>, and
/// in it <c>backup</c>, a <c>migration</c> each with an <c>alteration</c> for each table, <c>check</c> and <c>restore</c>.
/// </remarks>
public sealed partial class DatabaseMigrator : IAsyncDisposable, IDisposable
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/> to which upgrades write their spans.</summary>
    public const string ActivitySourceName = "Migrations.Runner";

    private readonly MigratorSettings settings;
    private readonly DatabaseFile file;
    private readonly ILoggerFactory loggers;
    private readonly CancellationTokenSource disposal = new();
    private readonly Lock gate = new();
    private readonly List<Task> running = [];
    private bool isDisposed;

    private DatabaseMigrator(MigratorSettings settings, ILoggerFactory loggers)
    {
        this.settings = settings;
        this.loggers = loggers;
        file = new(settings.ConnectionString, settings.BusyTimeout, settings.ConnectionOpened);
    }

    /// <summary>Makes a migrator with default options. Opens nothing.</summary>
    /// <param name="connectionString">Where the database is: see <see cref="DatabaseMigratorOptions.ConnectionString"/>.</param>
    /// <param name="assemblies">The assemblies with the application's migrations.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The options have faults; the message names all of them.</exception>
    public static DatabaseMigrator Create(string connectionString, params IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(assemblies);
        DatabaseMigratorOptions options = new() { ConnectionString = connectionString };
        foreach (Assembly assembly in assemblies)
        {
            options.Assemblies.Add(assembly);
        }

        return Create(options);
    }

    /// <summary>Makes a migrator. Opens nothing.</summary>
    /// <param name="options">What to upgrade and how; read now, once.</param>
    /// <param name="loggers">Where to log to, also for FluentMigrator; null for nowhere.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">The options have faults; the message names all of them.</exception>
    public static DatabaseMigrator Create(DatabaseMigratorOptions options, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> faults = OptionFaults.Of(options);
        return faults.Count == 0
            ? new(MigratorSettings.Of(options), loggers ?? NullLoggerFactory.Instance)
            : throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
    }

    /// <summary>
    /// Compares what the database holds with what the application knows. Takes no lock, writes nothing, and does not wait for an
    /// upgrade that is running. A database that can't be read is a state, not an exception.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The migrator has been disposed of.</exception>
    public DatabaseStatus GetStatus()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return new StatusReader(settings, file).Read();
    }

    /// <summary>
    /// Applies what is pending, in all modules, in their order, on a thread of its own. Nothing pending is found without a lock and
    /// without a write. Else: takes the upgrade lock; looks again; makes sure that the database can be written; makes a backup;
    /// runs each migration in a transaction of its own, on one connection that is not pooled; checks the database
    /// (<see cref="DatabaseMigratorOptions.ChecksAfterUpgrade"/>), and puts the backup back where the check finds damage.
    /// </summary>
    /// <remarks>
    /// Other connections may read meanwhile, and with a write-ahead log they do so undisturbed. An older version of the application that
    /// is still running keeps its connections, and goes on with statements that were written for the older schema: stop it
    /// before the upgrade. What belongs to the application's connections (<c>PRAGMA journal_mode</c>, <c>synchronous</c>,
    /// <c>busy_timeout</c>, <c>foreign_keys</c>) belongs into the application and not into a migration: inside a transaction SQLite
    /// refuses or ignores most of it (pragma.html), and switching to WAL waits for all other connections.
    /// </remarks>
    /// <param name="cancellationToken">Interrupts the running statement, and the wait for others. The running migration is rolled back; those
    /// before it stay or go back as <see cref="DatabaseMigratorOptions.OnFailure"/> says. The next upgrade goes on from there.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="UpgradeRefusedException">What the database holds does not allow it. Nothing was changed.</exception>
    /// <exception cref="DatabaseUnusableException">The database can't be read or written, or somebody else has kept it locked. Nothing was
    /// changed.</exception>
    /// <exception cref="BackupFailedException">The backup could not be made. Nothing was changed.</exception>
    /// <exception cref="UpgradeFailedException">A migration failed, or the check afterwards.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the migrator disposed of.</exception>
    /// <exception cref="ObjectDisposedException">The migrator has been disposed of.</exception>
    public Task<UpgradeResult> UpgradeAsync(CancellationToken cancellationToken = default) => UpgradeAsync(null, cancellationToken);

    /// <inheritdoc cref="UpgradeAsync(CancellationToken)"/>
    /// <param name="progress">Told how far the upgrade has come, on the thread that upgrades. One that throws is logged, and not told any
    /// more.</param>
    /// <param name="cancellationToken">As above.</param>
    public Task<UpgradeResult> UpgradeAsync(IProgress<UpgradeProgress>? progress, CancellationToken cancellationToken = default) =>
        RunAsync(MigrationTarget.Newest, progress, cancellationToken);

    /// <summary>
    /// Applies or takes back the application's own migrations until a version is the newest one applied. Otherwise as
    /// <see cref="UpgradeAsync(CancellationToken)"/>.
    /// </summary>
    /// <param name="version">The version of a migration that the application knows, or 0 to take everything back.</param>
    /// <param name="cancellationToken">As there.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The application has no migrations of its own, only those of modules.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no migration of that version.</exception>
    public Task<UpgradeResult> MigrateToAsync(long version, CancellationToken cancellationToken = default) =>
        MigrateToAsync("", version, null, cancellationToken);

    /// <summary>
    /// Applies or takes back the migrations of one module until a version is the newest one applied. Other modules are left as they
    /// are, also those that come after it and may need what is taken back. Otherwise as <see cref="UpgradeAsync(CancellationToken)"/>.
    /// </summary>
    /// <remarks>
    /// A database that is newer than the application, or has migrations that it does not know, is never taken down: how to take those
    /// back only the newer application knows. Migrations in the wrong order are no obstacle on the way down.
    /// </remarks>
    /// <param name="module">The module's name, empty for the application's own migrations.</param>
    /// <param name="version">The version of a migration of the module, or 0 to take everything back.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">As there.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="module"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no such module.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The module has no migration of that version.</exception>
    public Task<UpgradeResult> MigrateToAsync(
        string module, long version, IProgress<UpgradeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        MigrationTarget target = VersionTarget.Find(settings, module, version);
        return RunAsync(target, progress, cancellationToken);
    }

    /// <summary>The backups of the database, newest first, as the names of their files tell. Opens none of them.</summary>
    /// <exception cref="ObjectDisposedException">The migrator has been disposed of.</exception>
    public IReadOnlyList<DatabaseBackup> GetBackups()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return new BackupFolder(settings, file).List();
    }

    /// <summary>Cancels what is still running, without waiting for its end.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
        }

        disposal.Cancel();
    }

    /// <summary>Cancels what is still running, and waits until it has let go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        Task[] tasks;
        lock (gate)
        {
            tasks = [.. running];
        }

        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task<UpgradeResult> RunAsync(MigrationTarget target, IProgress<UpgradeProgress>? progress, CancellationToken cancellationToken) =>
        InBackground(token => Run(target, progress, token), cancellationToken);

    // Most starts of an application end with this look, so what an upgrade needs is loaded behind it.
    private UpgradeResult Run(MigrationTarget target, IProgress<UpgradeProgress>? progress, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        cancellationToken.ThrowIfCancellationRequested();
        return ReferenceEquals(target, MigrationTarget.Newest) && new StatusReader(settings, file).ReadUpToDate() is { } versions
            ? new([], [.. versions], [.. versions], null, Stopwatch.GetElapsedTime(started))
            : Upgrade(target, progress, cancellationToken);
    }

    private UpgradeResult Upgrade(MigrationTarget target, IProgress<UpgradeProgress>? progress, CancellationToken cancellationToken) =>
        new UpgradeRun(settings, file, loggers, new ProgressReport(progress, loggers).Report, cancellationToken).Run(target);

    // SQLite waits and computes synchronously; an application's window or server must not stand still meanwhile.
    private Task<T> InBackground<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        Task<T> task;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (cancellationToken.IsCancellationRequested)
            {
                return Task.FromCanceled<T>(cancellationToken);
            }

            CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposal.Token);
            task = Task.Run(() => Work(work, linked, cancellationToken), cancellationToken);
            running.RemoveAll(other => other.IsCompleted);
            running.Add(task);
        }

        return task;
    }

    private static T Work<T>(Func<CancellationToken, T> work, CancellationTokenSource linked, CancellationToken cancellationToken)
    {
        using (linked)
        {
            try
            {
                return work(linked.Token);
            }
            catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested && e.CancellationToken != cancellationToken)
            {
                // The caller knows its own token, not the one that also stands for disposal.
                throw new OperationCanceledException(e.Message, e, cancellationToken);
            }
        }
    }
}
