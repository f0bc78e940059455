namespace Migrations.Benchmarks.Results;

/// <summary>How many goals were met, over some tables. Immutable.</summary>
internal sealed class Verdicts
{
    public Verdicts(IEnumerable<ResultTable> tables)
    {
        Measurement[] withGoal = [.. tables.SelectMany(table => table.Measurements).Where(row => row.Goal is not null)];
        Missed = [.. withGoal.Where(row => row.IsMissed)];
        Met = withGoal.Length - Missed.Count;
    }

    public int Met { get; }

    public IReadOnlyList<Measurement> Missed { get; }

    public override string ToString() => $"Goals: {Met} met, {Missed.Count} missed.";
}
