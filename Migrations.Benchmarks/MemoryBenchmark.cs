using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Migrations.Benchmarks;

/// <summary>Memory must not grow with the table: the peak of two processes that copy a small and a large table.</summary>
internal static class MemoryBenchmark
{
    public const string ChildVerb = "memory-of-one-copy";

    private const double Goal = 1.2;

    public static int Run(int fewRows, int manyRows)
    {
        double few = PeakOfChild(fewRows);
        double many = PeakOfChild(manyRows);
        double ratio = many / few;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:F3}, goal at most {Goal:F1}"));
        return ratio <= Goal ? 0 : 1;
    }

    public static int RunChild(string path)
    {
        using SqliteConnection connection = TrackTable.Open(path);
        long copied = Copies.ByLibrary(connection);
        string peak = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{copied} {peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]}"));
        return 0;
    }

    private static double PeakOfChild(int rows)
    {
        using Scratch scratch = new();
        string path = scratch.File("tracks.db");
        TrackTable.Fill(path, rows);
        long size = new FileInfo(path).Length;

        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false }; // Null only where a host embeds the runtime.
        start.ArgumentList.Add(ChildVerb);
        start.ArgumentList.Add(path);
        Stopwatch watch = Stopwatch.StartNew();
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("The child process did not start.");
        string[] answer = child.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        child.WaitForExit();
        if (child.ExitCode != 0 || long.Parse(answer[0], CultureInfo.InvariantCulture) != rows)
        {
            throw new InvalidOperationException($"The copy of {rows} rows failed with exit code {child.ExitCode}: {string.Join(' ', answer)}");
        }

        double peak = long.Parse(answer[1], CultureInfo.InvariantCulture) / 1024.0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows,9} rows, {size / 1048576.0,6:F1} MiB: peak {peak:F1} MiB, {watch.Elapsed.TotalSeconds:F1} s with start-up"));
        return peak;
    }
}
