using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Runner.Planning;

namespace Migrations.Cli.Output;

/// <summary>One statement, or one alteration of a table.</summary>
/// <param name="Sql">The SQL.</param>
/// <param name="Table">The table that is altered; null for a statement that runs as it is, as is all that follows.</param>
/// <param name="Strategy">How.</param>
/// <param name="Reason">Why so.</param>
/// <param name="Access">What is done to rows.</param>
/// <param name="Rows">How many rows the table has now.</param>
/// <param name="Pages">About how many pages of the file they fill, where they are touched.</param>
/// <param name="Indexes">The indexes that are built.</param>
/// <param name="Kept">Indexes and triggers that the table keeps, and views that mention it.</param>
/// <param name="Seconds">About how long it takes; an estimate, also of a statement.</param>
internal sealed record PlannedStepShape(
    string Sql,
    string? Table,
    AlterationStrategy? Strategy,
    string? Reason,
    RowAccess? Access,
    long? Rows,
    long? Pages,
    ImmutableArray<string> Indexes,
    ImmutableArray<string> Kept,
    double Seconds)
{
    public static PlannedStepShape Of(PlannedStep step) => new(
        step.Sql,
        step.Alteration?.Table,
        step.Alteration?.Strategy,
        step.Alteration?.Reason,
        step.Alteration?.Cost.Access,
        step.Rows,
        step.Alteration?.Cost.Pages,
        [.. step.Alteration?.Cost.Indexes ?? []],
        [.. step.Kept],
        Math.Round(Throughput.OfThisMachine.TimeOf(step.Work).TotalSeconds, 1));
}
