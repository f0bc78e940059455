using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Migrations.Benchmarks;

/// <summary>The time of a copy by this library against the same copy by hand: interleaved, each on a fresh file.</summary>
internal static class CopyBenchmark
{
    private const double Goal = 1.05;

    public static int Run(int rows, int rounds)
    {
        using Scratch scratch = new();
        string template = scratch.File("template.db");
        TrackTable.Fill(template, rows);

        // One round each that does not count: code is compiled, the template is in the system's cache.
        _ = Measure(template, connection => Copies.ByLibrary(connection));
        _ = Measure(template, Copies.ByHand);

        double[] library = new double[rounds];
        double[] hand = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)
            {
                library[round] = Measure(template, connection => Copies.ByLibrary(connection));
                hand[round] = Measure(template, Copies.ByHand);
            }
            else
            {
                hand[round] = Measure(template, Copies.ByHand);
                library[round] = Measure(template, connection => Copies.ByLibrary(connection));
            }
        }

        Print("library", library);
        Print("by hand", hand);
        double ratio = Median(library) / Median(hand);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows} rows, {rounds} rounds: ratio of medians {ratio:F3}, of minima {library.Min() / hand.Min():F3}, goal at most {Goal:F2}"));
        return ratio <= Goal ? 0 : 1;
    }

    private static double Measure(string template, Action<SqliteConnection> copy)
    {
        string path = template + "-copy";
        File.Copy(template, path, overwrite: true);
        using SqliteConnection connection = TrackTable.Open(path);
        Stopwatch watch = Stopwatch.StartNew();
        copy(connection);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(double[] times)
    {
        double[] sorted = [.. times.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Print(string name, double[] times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: median {Median(times):F0} ms [{times.Min():F0}-{times.Max():F0}]"));
}
