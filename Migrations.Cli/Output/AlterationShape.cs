using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Cli.Output;

/// <summary>An alteration of a table that was carried out.</summary>
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
