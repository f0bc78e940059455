namespace Migrations.Benchmarks.Results;

/// <summary>What the rounds of a measurement gave. Immutable.</summary>
internal sealed class Samples
{
    private readonly double[] sorted;

    public Samples(params IEnumerable<double> values)
    {
        sorted = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(values));
    }

    public double Median => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    public double Minimum => sorted[0];

    public Samples Per(double count) => new(sorted.Select(value => value / count));
}
