using System.Globalization;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;

namespace Migrations.Benchmarks.Startup;

/// <summary>
/// What a start costs when nothing is pending, in cold processes: this library, FluentMigrator as it comes, and a bare query.
/// </summary>
internal static class StartupBenchmark
{
    public const string ChildVerb = "startup-of-one-process";

    private static readonly string[] Ways = [StartupProcess.Library, StartupProcess.FluentMigrator, StartupProcess.Query];

    public static ResultTable Run(MeasuringOptions options)
    {
        using Scratch scratch = new();
        string path = scratch.File("startup.db");
        StartupProcess.ByFluentMigrator(path);

        // A process takes a fraction of a second, so there are many; the first ones bring files into the system's cache.
        int rounds = options.Rounds * 4;
        Func<double>[] starts = [.. Ways.Select(way => (Func<double>)(() => Measure(way, path)))];
        _ = Interleaved.Run(1, starts);
        Samples[] samples = Interleaved.Run(rounds, starts);
        return new ResultTable(
            "Start with nothing pending",
            string.Create(CultureInfo.InvariantCulture, $"A new process each time, with 30 applied migrations; {rounds} rounds. The second row is the least ")
            + "that can be done.",
            "ms",
            [
                new Measurement("`DatabaseMigrator.UpgradeAsync`", samples[0], "", samples[1], "stock `MigrateUp`", new Goal(0.3)),
                new Measurement("open the file and read the versions", samples[2], "", samples[1], "stock `MigrateUp`", Goal: null),
            ]);
    }

    private static double Measure(string way, string path) =>
        double.Parse(ChildProcess.Run(ChildVerb, way, path), CultureInfo.InvariantCulture);
}
