using System.Diagnostics;
using System.Globalization;

namespace Migrations.Benchmarks;

/// <summary>
/// What a start costs when nothing is pending, in cold processes: this library, FluentMigrator as it comes, and a bare query, one after the
/// other in each round.
/// </summary>
internal static class StartupBenchmark
{
    public const string ChildVerb = "startup-of-one-process";

    private const double Goal = 0.3;

    private static readonly string[] Ways = [StartupProcess.Library, StartupProcess.FluentMigrator, StartupProcess.Query];

    public static int Run(int rounds)
    {
        using Scratch scratch = new();
        string path = scratch.File("startup.db");
        StartupProcess.ByFluentMigrator(path);

        // The first round does not count: files come into the system's cache.
        double[][] times = [.. Ways.Select(_ => new double[rounds])];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < Ways.Length; i++)
            {
                int way = (i + round + Ways.Length) % Ways.Length;
                double time = Measure(Ways[way], path);
                if (round >= 0)
                {
                    times[way][round] = time;
                }
            }
        }

        for (int way = 0; way < Ways.Length; way++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Ways[way],-16} median {Median(times[way]),6:F1} ms [{times[way].Min():F1}-{times[way].Max():F1}]"));
        }

        double ratio = Median(times[0]) / Median(times[1]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"30 applied migrations, {rounds} rounds: ratio of medians {ratio:F3}, of minima {times[0].Min() / times[1].Min():F3}, goal at most {Goal:F1}"));
        return ratio <= Goal ? 0 : 1;
    }

    private static double Measure(string way, string path)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false }; // Null only where a host embeds the runtime.
        start.ArgumentList.Add(ChildVerb);
        start.ArgumentList.Add(way);
        start.ArgumentList.Add(path);
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("The child process did not start.");
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? double.Parse(answer, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The start by {way} failed with exit code {child.ExitCode}: {answer}");
    }

    private static double Median(double[] times)
    {
        double[] sorted = [.. times.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
