using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Migrations.Core.Alteration.Execution;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;
using Migrations.Runner.Verification;

namespace Migrations.Runner.Rehearsal;

/// <summary>
/// Does on copies of a database what an upgrade would do with it: copies it by the backup API, upgrades the copy, checks it. Then takes
/// each migration back and applies it again, from the very state in which the upgrade was after it. The database itself is read
/// once; there is no upgrade lock, and no file beside it.
/// </summary>
internal sealed class RehearsalRun(
    MigratorSettings settings,
    DatabaseFile file,
    ILoggerFactory loggers,
    Action<UpgradeProgress> progress,
    CancellationToken cancellationToken,
    CopySettings? copySettings = null)
{
    private const string Untouched = "The database itself was not touched.";

    private readonly long started = Stopwatch.GetTimestamp();
    private readonly CopySettings copying = copySettings ?? new();

    /// <summary>Rehearses.</summary>
    /// <exception cref="UpgradeRefusedException">The upgrade would be refused because of what the database holds.</exception>
    /// <exception cref="DatabaseUnusableException">The database can't be read, or there is no room for copies of it.</exception>
    /// <exception cref="UpgradeFailedException">A migration failed on the copy.</exception>
    /// <exception cref="MigrationRefusedException">A migration works on other files.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the copies are deleted.</exception>
    public RehearsalResult Run(RehearsalOptions options)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DatabaseStatus status = new StatusReader(settings, file).Read();
        if (UpgradeRefusal.Find(settings, status, options.Target) is { } refusal)
        {
            throw refusal;
        }

        RehearsalFolder folder = RehearsalFolder.Make(file, options.Folder);
        return FirstError.Of(() => Run(options, status, folder), folder.Dispose);
    }

    private RehearsalResult Run(RehearsalOptions options, DatabaseStatus status, RehearsalFolder folder)
    {
        DatabaseFile before = folder.File("before");
        long size = new LiveCopy(settings, file, copying).Make(before, progress, cancellationToken);
        TimeSpan copied = Stopwatch.GetElapsedTime(started);

        DatabaseFile upgraded = folder.Copy(before, "upgraded");
        UpgradeResult upgrade = Upgrade(options, folder, upgraded);

        long checking = Stopwatch.GetTimestamp();
        progress(new(UpgradePhase.Checking));
        VerificationResult verification = Verify(upgraded);
        ImmutableArray<Finding> old = verification.Findings.IsEmpty ? [] : [.. Verify(before).Findings.Intersect(verification.Findings)];
        TimeSpan check = Stopwatch.GetElapsedTime(checking);

        ImmutableArray<RehearsedMigration> migrations = GoBackAndForth(upgrade, folder, before, upgraded);
        if (options.Keeps)
        {
            folder.Keep(upgraded);
        }

        return new()
        {
            Status = status,
            From = [.. upgrade.From],
            To = [.. upgrade.To],
            Migrations = migrations,
            NewFindings = [.. verification.Findings.Except(old)],
            OldFindings = old,
            Differences = verification.Differences,
            NotCompared = verification.NotCompared,
            Size = size,
            Copying = copied,
            Upgrading = upgrade.Duration,
            Checking = check,
            Duration = Stopwatch.GetElapsedTime(started),
            Kept = options.Keeps ? upgraded.Path : null,
        };
    }

    private (MigratorSettings Settings, DatabaseFile File) ForCopy(DatabaseFile copy)
    {
        MigratorSettings its = settings.ForCopy(copy, OutsideFiles.Forbid(settings.ConnectionOpened));
        return (its, new(its.ConnectionString, its.BusyTimeout, its.ConnectionOpened));
    }

    private UpgradeResult Upgrade(RehearsalOptions options, RehearsalFolder folder, DatabaseFile upgraded)
    {
        (MigratorSettings its, DatabaseFile guarded) = ForCopy(upgraded);
        try
        {
            return new UpgradeRun(
                its,
                guarded,
                loggers,
                report => progress(report.Migration is null
                    ? report
                    : new(report.Phase, report.Migration, report.Number, StepsOf(report.Count), report.Table, report.Done, report.Total)),
                cancellationToken).Run(options.Target);
        }
        catch (DatabaseUnusableException e)
        {
            throw RehearsalFaults.OnCopy(file, upgraded, e);
        }
        catch (UpgradeFailedException e)
        {
            if (e.InnerException is DatabaseUnusableException { Problem: DatabaseProblem.DiskFull } full)
            {
                throw RehearsalFaults.OnCopy(file, upgraded, full);
            }

            string kept = "";
            if (options.Keeps)
            {
                folder.Keep(upgraded);
                kept = $" The copy as it is now is \"{upgraded.Path}\".";
            }

            throw Explain(e, e.Failed, e.Statement, e.InnerException ?? e, [.. e.Applied], kept);
        }
    }

    // What an upgrade says, of a copy that is gone by then.
    private Exception Explain(
        Exception thrown, MigrationIdentity? migration, string? statement, Exception error, ImmutableArray<MigrationResult> applied, string kept)
    {
        string what = migration is null ? "" : $" in migration {migration}";
        return OutsideFiles.Explains(error)
            ? new MigrationRefusedException(
                $"Migration {migration} works on another file than the database (ATTACH, VACUUM INTO), which a rehearsal would change: it can't be rehearsed. {Untouched}{kept}",
                statement,
                error)
            : new UpgradeFailedException(
                $"The upgrade of a copy of \"{file.Name}\" failed{what}: {error.Message.TrimEnd().TrimEnd('.')}. {Untouched}{kept} Correct the migration, or what it met in the database.",
                applied,
                migration,
                statement,
                backup: null,
                isRestored: false,
                restoreError: null,
                thrown.InnerException ?? thrown);
    }

    private VerificationResult Verify(DatabaseFile copy)
    {
        (MigratorSettings its, DatabaseFile guarded) = ForCopy(copy);
        try
        {
            return new VerificationRun(its, guarded, cancellationToken).Run();
        }
        catch (DatabaseUnusableException e)
        {
            throw RehearsalFaults.OnCopy(file, copy, e);
        }
    }

    // The upgrade ran as a whole, as it will. What was between its migrations is made once more, one by one.
    private ImmutableArray<RehearsedMigration> GoBackAndForth(UpgradeResult upgrade, RehearsalFolder folder, DatabaseFile before, DatabaseFile upgraded)
    {
        ImmutableArray<RehearsedMigration>.Builder rehearsed = ImmutableArray.CreateBuilder<RehearsedMigration>();
        int count = StepsOf(upgrade.Migrations.Count);
        int number = upgrade.Migrations.Count;
        Dictionary<string, MigrationCatalog> catalogs = settings.Modules.ToDictionary(module => module.Name, module => MigrationCatalog.Read(module, settings.Tags));
        for (int i = 0; i < upgrade.Migrations.Count; i++)
        {
            MigrationResult up = upgrade.Migrations[i];
            string suffix = i.ToString(CultureInfo.InvariantCulture);
            DatabaseFile after = i == upgrade.Migrations.Count - 1 ? upgraded : Next(folder, before, up, suffix, Told("up"));
            DatabaseFile trip = folder.Copy(after, "trip" + suffix);
            (MigratorSettings its, DatabaseFile guarded) = ForCopy(trip);
            KnownMigration known = catalogs[up.Migration.Module].FindKnown(up.Migration.Version)!; // It was just applied.
            try
            {
                rehearsed.Add(new RoundTrip(its, guarded, known, cancellationToken).Run(up, before, after, trip, Told));
            }
            catch (DatabaseUnusableException e)
            {
                throw RehearsalFaults.OnCopy(file, trip, e);
            }

            RehearsalFolder.Delete(trip);
            RehearsalFolder.Delete(before);
            before = after;

            Action<UpgradeProgress> Told(string direction)
            {
                number++;
                int step = number;
                MigrationIdentity named = new(up.Migration.Module, up.Migration.Version, $"{up.Migration.Name}, {direction}");
                return report => progress(new(report.Phase, named, step, count, report.Table, report.Done, report.Total));
            }
        }

        return rehearsed.ToImmutable();
    }

    private DatabaseFile Next(RehearsalFolder folder, DatabaseFile before, MigrationResult up, string suffix, Action<UpgradeProgress> told)
    {
        DatabaseFile after = folder.Copy(before, "after" + suffix);
        (MigratorSettings its, DatabaseFile guarded) = ForCopy(after);
        StepOutcome outcome;
        try
        {
            outcome = new MigrationStep(its, guarded, cancellationToken).Run(up.Migration, isUp: true, told);
        }
        catch (DatabaseUnusableException e)
        {
            throw RehearsalFaults.OnCopy(file, after, e);
        }

        // It did not fail in the upgrade: it depends on something beside the migrations before it, such as FluentMigrator's maintenance.
        return outcome.Error is null ? after : throw Explain(outcome.Error, up.Migration, outcome.Statement, outcome.Error, [], "");
    }

    // Each is applied in the upgrade, taken back and applied again; all but the last one are applied once more in between.
    private static int StepsOf(int migrations) => migrations == 0 ? 0 : (4 * migrations) - 1;
}
