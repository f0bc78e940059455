using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Migrations.Benchmarks;

/// <summary>
/// The time of a copy by this library against the same copy by hand, and against one that is watched for a cancellation and reported:
/// interleaved, each on a fresh file.
/// </summary>
internal static class CopyBenchmark
{
    private const double Goal = 1.05;
    private const double GoalOfWatched = 1.02;

    public static int Run(int rows, int rounds)
    {
        using Scratch scratch = new();
        string template = scratch.File("template.db");
        TrackTable.Fill(template, rows);

        (string Name, Action<SqliteConnection> Copy)[] ways =
        [
            ("library", connection => Copies.ByLibrary(connection)), ("by hand", Copies.ByHand), ("watched", connection => Copies.Watched(connection)),
        ];

        // One round each that does not count: code is compiled, the template is in the system's cache.
        foreach ((_, Action<SqliteConnection> copy) in ways)
        {
            _ = Measure(template, copy);
        }

        double[][] times = [.. ways.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < ways.Length; i++)
            {
                int way = (round + i) % ways.Length;
                times[way][round] = Measure(template, ways[way].Copy);
            }
        }

        for (int way = 0; way < ways.Length; way++)
        {
            Print(ways[way].Name, times[way]);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {rounds} rounds"));
        bool isFastEnough = Compare("library to by hand", times[0], times[1], Goal);
        bool isWatchedFastEnough = Compare("watched to library", times[2], times[0], GoalOfWatched);
        return isFastEnough && isWatchedFastEnough ? 0 : 1;
    }

    private static bool Compare(string name, double[] times, double[] others, double goal)
    {
        double ratio = Median(times) / Median(others);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: ratio of medians {ratio:F3}, of minima {times.Min() / others.Min():F3}, goal at most {goal:F2}"));
        return ratio <= goal;
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
