using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A table or a column that is dropped.</summary>
/// <param name="Database">"main" or an attached one.</param>
/// <param name="Table">The table, by the name that it has now.</param>
/// <param name="Column">The column, by the name that it has now; null where the table is dropped.</param>
/// <param name="Count">How many values that are not NULL it has now, or how many rows the table.</param>
internal sealed record PlannedLossShape(string Database, string Table, string? Column, long Count)
{
    public static PlannedLossShape Of(PlannedLoss loss) => new(loss.Database, loss.Table, loss.Column, loss.Count);
}
