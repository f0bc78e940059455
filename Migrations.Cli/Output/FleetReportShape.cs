namespace Migrations.Cli.Output;

/// <summary>A line of the report of a fleet: when a file ended, and how.</summary>
internal sealed record FleetReportShape(DateTimeOffset At, FleetFileShape Result);
