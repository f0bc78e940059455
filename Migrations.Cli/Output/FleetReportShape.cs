namespace Migrations.Cli.Output;

/// <summary>A line of the report of a fleet.</summary>
/// <param name="At">When the file ended.</param>
/// <param name="Result">What became of it.</param>
internal sealed record FleetReportShape(DateTimeOffset At, FleetFileShape Result);
