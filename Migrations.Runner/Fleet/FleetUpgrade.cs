using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Migrations.Core;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Fleet;

/// <summary>The upgrade of one file of a fleet: whatever goes wrong is its result.</summary>
internal sealed class FleetUpgrade(FleetOptions options, FleetLosses losses, ILoggerFactory loggers, string file, CancellationToken cancellationToken)
    : IProgress<UpgradeProgress>
{
    private readonly long started = Stopwatch.GetTimestamp();
    private DatabaseStatus? before;
    private volatile MigrationIdentity? running;

    public async Task<FleetResult> RunAsync()
    {
        DatabaseMigratorOptions own = options.For(file);
        own.Refuse = Refuse;
        DatabaseMigrator migrator = DatabaseMigrator.Create(own, loggers);
        await using (migrator.ConfigureAwait(false))
        {
            try
            {
                UpgradeResult result = await UpgradeAsync(migrator).ConfigureAwait(false);
                return new(file, result.Migrations.Count == 0 ? FleetOutcome.UpToDate : FleetOutcome.Upgraded)
                {
                    From = [.. result.From],
                    To = [.. result.To],
                    Duration = Stopwatch.GetElapsedTime(started),
                    Backup = result.BackupPath,
                };
            }
            catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
            {
                return Cancelled(migrator, own, e);
            }
#pragma warning disable CA1031 // One file's error is no reason to leave the others.
            catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
            {
                return Failed(e);
            }
        }
    }

    public void Report(UpgradeProgress value) => running = value.Migration;

    private static DatabaseProblem? ProblemOf(Exception? error) => error switch
    {
        null => null,
        DatabaseUnusableException unusable => unusable.Problem,
        _ => ProblemOf(error.InnerException),
    };

    // A file that is not there is not begun: an upgrade would look for its folder only.
    private Task<UpgradeResult> UpgradeAsync(DatabaseMigrator migrator) => !File.Exists(file)
        ? throw new FileNotFoundException($"\"{file}\" is not there any more.")
        : options.Version is { } version
            ? migrator.MigrateToAsync("", version, this, cancellationToken)
            : migrator.UpgradeAsync(this, cancellationToken);

    // Asked again under the lock: a file may have gone, or another process may have upgraded it.
    private string? Refuse(DatabaseStatus status)
    {
        before = status;
        if (status.State == DatabaseState.New)
        {
            return $"\"{file}\" holds nothing, which is not what a file among many should be: put a backup back, or make it a new database by an upgrade of its own. Nothing was changed.";
        }

        if (options.Version is { } version && status.Modules.FirstOrDefault(module => module.Module.Length == 0) is { } own && own.NewestApplied > version)
        {
            return string.Create(CultureInfo.InvariantCulture, $"\"{file}\" is at version {own.NewestApplied}, above {version}: taking migrations back is a downgrade. Nothing was changed.");
        }

        ImmutableArray<string> lost = losses.PendingIn(status);
        return lost.IsEmpty ? null : $"In \"{file}\" data would be lost ({string.Join("; ", lost)}), and nobody has said that it may be. Nothing was changed.";
    }

    private FleetResult Failed(Exception error)
    {
        ImmutableArray<ModuleVersion> from = Versions((error as UpgradeRefusedException)?.Status ?? before);
        UpgradeFailedException? failed = error as UpgradeFailedException;
        return new(
            file,
            error is UpgradeRefusedException ? FleetOutcome.Refused
            : error is DatabaseUnusableException { Problem: DatabaseProblem.Busy or DatabaseProblem.Locked } ? FleetOutcome.Locked
            : FleetOutcome.Failed)
        {
            From = from,
            To = failed is { IsRestored: false } && before is not null ? ModuleVersions.After(before, failed.Applied) : from,
            Duration = Stopwatch.GetElapsedTime(started),
            Backup = failed?.BackupPath,
            Message = error is MigrationsException or FileNotFoundException
                ? error.Message
                : $"The upgrade of \"{file}\" met something unforeseen ({error.GetType().Name}): {error.Message}",
            Problem = ProblemOf(error),
            Migration = failed?.Failed,
        };
    }

    private FleetResult Cancelled(DatabaseMigrator migrator, DatabaseMigratorOptions own, OperationCanceledException error)
    {
        if (before is null)
        {
            return new(file, FleetOutcome.NotBegun);
        }

        return new(file, FleetOutcome.Cancelled)
        {
            From = Versions(before),
            To = Versions(migrator.GetStatus()),
            Duration = Stopwatch.GetElapsedTime(started),
            Message = running is { } migration && IsWithoutTransaction(own, migration)
                ? $"{error.Message} Migration {migration} runs without a transaction, so a part of it may be there."
                : error.Message,
            Migration = running,
        };
    }

    private static bool IsWithoutTransaction(DatabaseMigratorOptions own, MigrationIdentity migration)
    {
        MigratorSettings settings = MigratorSettings.Of(own);
        return MigrationCatalog.Read(settings.Modules.Single(module => module.Name == migration.Module), settings.Tags).FindKnown(migration.Version) is { IsInTransaction: false };
    }

    private static ImmutableArray<ModuleVersion> Versions(DatabaseStatus? status) => status is null ? [] : ModuleVersions.Of(status);
}
