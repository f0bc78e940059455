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
public sealed partial class DatabaseMigrator : IAsyncDisposable, IDisposable
{
    private readonly MigratorSettings settings;
    private readonly DatabaseFile file;
    private readonly ILoggerFactory loggers;
    private readonly CancellationTokenSource disposal = new();
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
    public DatabaseStatus GetStatus() => new StatusReader(settings, file).Read();

    /// <summary>Applies what is pending, in all modules, on a thread of its own.</summary>
    /// <param name="cancellationToken">Interrupts the running statement and rolls its migration back.</param>
    /// <returns>What was done.</returns>
    public Task<UpgradeResult> UpgradeAsync(CancellationToken cancellationToken = default) => UpgradeAsync(null, cancellationToken);

    /// <summary>Applies what is pending, in all modules, on a thread of its own.</summary>
    /// <param name="progress">Told how far the upgrade has come.</param>
    /// <param name="cancellationToken">Interrupts the running statement and rolls its migration back.</param>
    /// <returns>What was done.</returns>
    public Task<UpgradeResult> UpgradeAsync(IProgress<UpgradeProgress>? progress, CancellationToken cancellationToken = default) =>
        RunAsync(MigrationTarget.Newest, progress, cancellationToken);

    /// <summary>Applies or takes back the application's own migrations until a version is the newest one applied.</summary>
    /// <param name="version">The version, 0 to take everything back.</param>
    /// <param name="cancellationToken">Interrupts the running statement and rolls its migration back.</param>
    /// <returns>What was done.</returns>
    public Task<UpgradeResult> MigrateToAsync(long version, CancellationToken cancellationToken = default) =>
        MigrateToAsync("", version, null, cancellationToken);

    /// <summary>Applies or takes back the migrations of a module until a version is the newest one applied.</summary>
    /// <param name="module">The module's name, empty for the application's own migrations.</param>
    /// <param name="version">The version, 0 to take everything back.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Interrupts the running statement and rolls its migration back.</param>
    /// <returns>What was done.</returns>
    public Task<UpgradeResult> MigrateToAsync(
        string module, long version, IProgress<UpgradeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(new(module, version), progress, cancellationToken);

    /// <summary>The backups of the database, newest first, as the names of their files tell. Opens none of them.</summary>
    public IReadOnlyList<DatabaseBackup> GetBackups() => new BackupFolder(settings, file).List();

    /// <summary>Cancels what is still running.</summary>
    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            disposal.Cancel();
            disposal.Dispose();
        }
    }

    /// <summary>Cancels what is still running.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
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
        new UpgradeRun(settings, file, loggers, report => progress?.Report(report), cancellationToken).Run(target);

    // SQLite waits and computes synchronously; an application's window or server must not stand still meanwhile.
    private Task<T> InBackground<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposal.Token);
        return Task.Run(
            () =>
            {
                using (linked)
                {
                    return work(linked.Token);
                }
            },
            linked.Token);
    }
}
