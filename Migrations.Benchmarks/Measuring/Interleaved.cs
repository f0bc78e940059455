using Migrations.Benchmarks.Results;

namespace Migrations.Benchmarks.Measuring;

/// <summary>Measures several things in turn, so that what the machine does beside them meets all of them.</summary>
internal static class Interleaved
{
    /// <summary>Calls each measurement once in each round, and begins each round with another one.</summary>
    public static Samples[] Run(int rounds, params ReadOnlySpan<Func<double>> measurements)
    {
        double[][] values = new double[measurements.Length][];
        for (int i = 0; i < measurements.Length; i++)
        {
            values[i] = new double[rounds];
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < measurements.Length; i++)
            {
                int turn = (round + i) % measurements.Length;
                values[turn][round] = measurements[turn]();
            }
        }

        return [.. values.Select(samples => new Samples(samples))];
    }
}
