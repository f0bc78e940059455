using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;

namespace Migrations.Benchmarks.Alterations;

/// <summary>Memory must not grow with the table: the peak of processes that alter a small and a large one.</summary>
internal static class MemoryBenchmark
{
    public const string ChildVerb = "memory-of-one-alteration";

    // More than the collector lets pile up before it first collects, which depends on the processor's caches.
    private const int AllocatedBefore = 64 << 20;

    private static readonly Goal Constant = new(1.2);

    private static readonly AlterationCase[] Cases =
    [
        AlterationCases.DefaultChange, AlterationCases.ForcedCopy, AlterationCases.Rescale, AlterationCases.RescaleByFunction,
    ];

    public static ResultTable Run(MeasuringOptions options, Templates templates)
    {
        int few = options.Rows / 20;
        int many = options.ManyRows;
        return new ResultTable(
            "Memory",
            "Peak resident memory of a process that alters the table and does nothing else. Before that, each has allocated 64 MiB of short-lived objects, "
            + "as an application has that has been running for a while: .NET lets a machine-dependent amount of them pile up before it collects, which a small table "
            + "alone does not reach and a large one does, so that the ratio would show the collector's budget and not what depends on rows.",
            "MiB",
            [.. Cases.Select(change => new Measurement(
                string.Create(CultureInfo.InvariantCulture, $"{change.Name}, {many:N0} rows"),
                Peak(change, many),
                "",
                Peak(change, few),
                string.Create(CultureInfo.InvariantCulture, $"{few:N0} rows"),
                Constant))]);

        Samples Peak(AlterationCase change, int rows) => new(templates.Of(rows).OnCopy(path => double.Parse(
            ChildProcess.Run(ChildVerb, change.Name, path), CultureInfo.InvariantCulture)));
    }

    /// <summary>Alters the table of a file and prints the peak of this process in MiB.</summary>
    public static int RunChild(string name, string path)
    {
        FillCollectorsBudget();
        using SqliteConnection connection = Database.Open(path);
        Cases.Single(change => change.Name == name).Run(connection);
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine((process.PeakWorkingSet64 / 1048576.0).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static void FillCollectorsBudget()
    {
        const int Size = 1000;
        for (int allocated = 0; allocated < AllocatedBefore; allocated += Size)
        {
            GC.KeepAlive(new byte[Size]);
        }
    }
}
