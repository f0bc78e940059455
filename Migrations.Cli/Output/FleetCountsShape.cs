using Migrations.Runner.Fleet;

namespace Migrations.Cli.Output;

/// <summary>How many files came to each outcome.</summary>
internal sealed record FleetCountsShape(int Upgraded, int UpToDate, int Failed, int Locked, int Refused, int Cancelled, int NotBegun)
{
    public static FleetCountsShape Of(IReadOnlyCollection<FleetResult> results)
    {
        return new(
            Count(FleetOutcome.Upgraded),
            Count(FleetOutcome.UpToDate),
            Count(FleetOutcome.Failed),
            Count(FleetOutcome.Locked),
            Count(FleetOutcome.Refused),
            Count(FleetOutcome.Cancelled),
            Count(FleetOutcome.NotBegun));

        int Count(FleetOutcome outcome) => results.Count(result => result.Outcome == outcome);
    }
}
