using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;
using Migrations.Runner;
using Migrations.Testing;

namespace Migrations.Benchmarks.TestDatabases;

/// <summary>
/// What a test pays for a database of its own, made and done away with, in a process that has done so before: a copy of a template against
/// running the thirty migrations of the start-up benchmark.
/// </summary>
internal static class TestDatabaseBenchmark
{
    // One copy takes less than a clock of milliseconds should be asked for.
    private const int CopiesAtOnce = 20;

    private static readonly Assembly Migrations = typeof(TestDatabaseBenchmark).Assembly;

    public static ResultTable Run(MeasuringOptions options)
    {
        using Scratch scratch = new();
        Func<double>[] ways =
        [
            () => Copies(DatabaseStorage.Memory),
            () => InMemory(ByMigrator),
            () => InMemory(ByFluentMigrator),
            () => Copies(DatabaseStorage.TemporaryFile),
            () => InFile(scratch, ByMigrator),
            () => InFile(scratch, ByFluentMigrator),
        ];
        int rounds = options.Rounds * 4;
        _ = Interleaved.Run(2, ways);
        Samples[] samples = Interleaved.Run(rounds, ways);
        Goal goal = new(0.05);
        return new(
            "Databases for tests",
            string.Create(CultureInfo.InvariantCulture, $"One database with 30 migrations, made and deleted, in a warm process; {rounds} rounds of {CopiesAtOnce} copies each."),
            "ms",
            [
                new("copy in memory", samples[0], "`MigratedDatabase.Latest`", samples[1], "`DatabaseMigrator.UpgradeAsync`", goal),
                new("copy in memory", samples[0], "`MigratedDatabase.Latest`", samples[2], "stock `MigrateUp`", goal),
                new("copy in a file", samples[3], "`MigratedDatabase.Latest`", samples[4], "`DatabaseMigrator.UpgradeAsync`", goal),
                new("copy in a file", samples[3], "`MigratedDatabase.Latest`", samples[5], "stock `MigrateUp`", goal),
            ]);
    }

    private static double Copies(DatabaseStorage storage)
    {
        MigratedDatabaseOptions options = new() { Assemblies = [Migrations], Storage = storage };
        return Time(() =>
        {
            for (int i = 0; i < CopiesAtOnce; i++)
            {
                using MigratedDatabase database = MigratedDatabase.Latest(options);
            }
        }) / CopiesAtOnce;
    }

    private static double InMemory(Action<string> migrate) => Time(() =>
    {
        using SqliteConnection connection = new("Data Source=measured;Mode=Memory;Cache=Shared;Pooling=False");
        connection.Open();
        migrate(connection.ConnectionString);
    });

    private static double InFile(Scratch scratch, Action<string> migrate)
    {
        string path = scratch.File("measured.db");
        return Time(() =>
        {
            migrate($"Data Source={path};Pooling=False");
            File.Delete(path);
        });
    }

    private static void ByMigrator(string connectionString)
    {
        DatabaseMigratorOptions options = new() { ConnectionString = connectionString, Assemblies = { Migrations }, Backup = { Enabled = false } };
        using DatabaseMigrator migrator = DatabaseMigrator.Create(options);
        migrator.UpgradeAsync().GetAwaiter().GetResult();
    }

    private static void ByFluentMigrator(string connectionString)
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner.AddSQLite().WithGlobalConnectionString(connectionString).ScanIn(Migrations).For.Migrations())
            .BuildServiceProvider(validateScopes: false);
        using IServiceScope scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }

    private static double Time(Action action)
    {
        GC.Collect();
        Stopwatch watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }
}
