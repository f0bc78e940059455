using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner.Fleet;

/// <summary>
/// What the upgrades of a fleet would lose, as migrations say it of themselves ([LosesData]) and as plans find it, counted over all files.
/// Takes no lock and writes nothing.
/// </summary>
internal sealed class FleetForecast(FleetOptions options)
{
    private readonly FleetLosses declared = FleetLosses.Of(options);
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> said = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Migration, string Database, string Table, string? Column), (int Files, long Count)> counted = [];

    /// <summary>In how many files something would be lost.</summary>
    public int Files { get; private set; }

    /// <summary>Of how many files it can't be told.</summary>
    public int Unknown { get; private set; }

    /// <summary>What would be lost, a line each, with the number of files.</summary>
    public ImmutableArray<string> Lines =>
    [
        .. said.Select(line => (Text: line.Key, Files: line.Value))
            .Concat(counted.Select(loss => (
                Text: $"{loss.Key.Migration}: drops {new PlannedLoss(loss.Key.Database, loss.Key.Table, loss.Key.Column, loss.Value.Count)}",
                loss.Value.Files)))
            .OrderBy(line => line.Text, StringComparer.Ordinal)
            .Select(line => $"{line.Text} ({(line.Files == 1 ? "1 file" : $"{line.Files} files")})"),
    ];

    /// <summary>Plans the upgrades of all files.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task RunAsync(ImmutableArray<string> files, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        files,
        new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
        (file, _) =>
        {
            using DatabaseMigrator migrator = DatabaseMigrator.Create(options.For(file));
            Look(migrator);
            return ValueTask.CompletedTask;
        });

    private void Look(DatabaseMigrator migrator)
    {
        DatabaseStatus status = migrator.GetStatus();
        if (status.State == DatabaseState.Unusable)
        {
            Add([], null);
        }
        else if (status.State == DatabaseState.Pending && !IsAbove(status))
        {
            Add(declared.PendingIn(status), Plan(migrator));
        }
    }

    // What is above the version to stop at is refused, and its plan would be one down.
    private bool IsAbove(DatabaseStatus status) => status.Modules.Any(module => module.Module.Length == 0 && module.NewestApplied > options.Version);

    private UpgradePlan? Plan(DatabaseMigrator migrator)
    {
        try
        {
            return options.Version is { } version ? migrator.Plan("", version) : migrator.Plan();
        }
        catch (MigrationsException)
        {
            // The upgrade of that file will tell.
            return null;
        }
    }

    private void Add(ImmutableArray<string> lines, UpgradePlan? plan)
    {
        lock (gate)
        {
            Unknown += plan is null or { Error: not null } or { LacksTable: true } ? 1 : 0;
            ImmutableArray<string> all = [.. lines, .. (plan?.Migrations ?? []).SelectMany(migration => migration.Uncounted.Select(loss => $"{migration.Migration}: {loss}")).Distinct(StringComparer.Ordinal)];
            foreach (string line in all)
            {
                said[line] = said.GetValueOrDefault(line) + 1;
            }

            bool isCounted = false;
            foreach (PlannedMigration migration in plan?.Migrations ?? [])
            {
                foreach (PlannedLoss loss in migration.Losses.Where(loss => loss.Count > 0))
                {
                    (string, string, string, string?) key = (migration.Migration.ToString(), loss.Database, loss.Table, loss.Column);
                    (int files, long count) = counted.GetValueOrDefault(key);
                    counted[key] = (files + 1, count + loss.Count);
                    isCounted = true;
                }
            }

            Files += isCounted || all.Length > 0 ? 1 : 0;
        }
    }
}
