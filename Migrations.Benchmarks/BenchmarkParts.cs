using Migrations.Benchmarks.Alterations;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;
using Migrations.Benchmarks.Startup;
using Migrations.Benchmarks.TestDatabases;
using Migrations.Benchmarks.Upgrades;

namespace Migrations.Benchmarks;

/// <summary>What can be measured by itself.</summary>
internal static class BenchmarkParts
{
    public static readonly IReadOnlyList<(string Name, string Purpose, Func<MeasuringOptions, Templates, ResultTable> Run)> All =
    [
        ("alterations", "each change of a table against SQL written by hand", AlterationBenchmark.Run),
        ("upgrades", "MigrateUp with this library against FluentMigrator as it comes", UpgradeBenchmark.Run),
        ("watched", "a copy with progress and a token against one without", WatchedCopyBenchmark.Run),
        ("startup", "a start with nothing pending against FluentMigrator as it comes", (options, _) => StartupBenchmark.Run(options)),
        ("testing", "a database for a test against running the migrations", (options, _) => TestDatabaseBenchmark.Run(options)),
        ("growth", "time for each row at 1/100 to 5 times the rows", GrowthBenchmark.Run),
        ("memory", "peak memory at 5 times the rows against 1/20 of them", MemoryBenchmark.Run),
    ];
}
