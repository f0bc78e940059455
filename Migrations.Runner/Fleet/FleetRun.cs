using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Migrations.Runner.Fleet;

/// <summary>
/// Upgrades many databases, some at a time, and goes on after a failure. What is done is told by the databases themselves: another run
/// takes up what is left.
/// </summary>
/// <param name="options">What is done.</param>
/// <param name="loggers">Where each upgrade logs to.</param>
/// <param name="ended">Told of each file that was begun, as it ends, one at a time; the first number is how many have ended.</param>
internal sealed class FleetRun(FleetOptions options, ILoggerFactory loggers, Action<int, FleetResult> ended)
{
    private readonly Lock gate = new();
    private int endedCount;
    private volatile int failedCount;

    /// <summary>Upgrades the files, begun in the order in which they are given.</summary>
    /// <param name="files">Full paths, each database once.</param>
    /// <param name="cancellationToken">Rolls back what is running, and begins no more.</param>
    /// <returns>A result for each file, in the same order.</returns>
    public async Task<ImmutableArray<FleetResult>> RunAsync(ImmutableArray<string> files, CancellationToken cancellationToken)
    {
        FleetResult[] results = new FleetResult[files.Length];
        FleetLosses losses = options.AllowsDataLoss ? FleetLosses.None : FleetLosses.Of(options);

        // Not cancelled itself: each file gets its result.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, files.Length),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel },
            async (i, _) =>
            {
                if (cancellationToken.IsCancellationRequested || failedCount >= options.StopAfter)
                {
                    results[i] = new(files[i], FleetOutcome.NotBegun);
                    return;
                }

                results[i] = await new FleetUpgrade(options, losses, loggers, files[i], cancellationToken).RunAsync().ConfigureAwait(false);
                End(results[i]);
            }).ConfigureAwait(false);
        return [.. results];
    }

    private void End(FleetResult result)
    {
        if (result.Outcome is FleetOutcome.NotBegun)
        {
            return;
        }

        lock (gate)
        {
            if (result.Outcome is FleetOutcome.Failed or FleetOutcome.Locked)
            {
                failedCount++;
            }

            ended(++endedCount, result);
        }
    }
}
