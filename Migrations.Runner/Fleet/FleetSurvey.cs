using System.Collections.Immutable;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Fleet;

/// <summary>Looks at many databases. Takes no lock and writes nothing.</summary>
internal static class FleetSurvey
{
    /// <summary>The status of each file, in the order in which they are given.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ImmutableArray<FleetStatus>> RunAsync(ImmutableArray<string> files, FleetOptions options, CancellationToken cancellationToken)
    {
        FleetStatus[] found = new FleetStatus[files.Length];
        FleetLosses losses = FleetLosses.Of(options);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, files.Length),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            (i, _) =>
            {
                found[i] = Look(files[i], options, losses);
                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
        return [.. found];
    }

    private static FleetStatus Look(string file, FleetOptions options, FleetLosses losses)
    {
        using DatabaseMigrator migrator = DatabaseMigrator.Create(options.For(file));
        DatabaseStatus status = migrator.GetStatus();
        return new(
            file,
            status.State,
            status.Problem,
            status.Message,
            status.State == DatabaseState.Unusable ? [] : ModuleVersions.Of(status),
            status.Modules.Sum(module => module.Pending.Count),
            status.State == DatabaseState.New ? [] : losses.PendingIn(status));
    }
}
