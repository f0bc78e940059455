using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Cli.Output;

/// <summary>An alteration of a table that was carried out.</summary>
/// <param name="Database">The schema that the table is in, such as "main".</param>
/// <param name="Table">The table.</param>
/// <param name="Strategies">How it was done.</param>
/// <param name="RowsCopied">How many rows were copied into a new table.</param>
/// <param name="RowsUpdated">How many rows were updated where they are.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record AlterationShape(
    string Database, string Table, ImmutableArray<AlterationStrategy> Strategies, long RowsCopied, long RowsUpdated, double Milliseconds)
{
    public static AlterationShape Of(AlterationResult result) => new(
        result.Database,
        result.Table,
        [.. result.Plans.Select(plan => plan.Strategy).Distinct()],
        result.RowsCopied,
        result.RowsUpdated,
        Math.Round(result.Duration.TotalMilliseconds, 1));
}
