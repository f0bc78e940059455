using Migrations.Runner.Fleet;

namespace Migrations.Cli.Output;

/// <summary>How many files came to each outcome.</summary>
/// <param name="Upgraded">How many were upgraded.</param>
/// <param name="UpToDate">How many had nothing pending.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Locked">How many somebody else had kept locked.</param>
/// <param name="Refused">How many were refused for what they hold.</param>
/// <param name="Cancelled">How many were being upgraded when it was cancelled.</param>
/// <param name="NotBegun">How many were not begun.</param>
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
