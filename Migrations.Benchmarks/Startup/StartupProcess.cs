using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner;

namespace Migrations.Benchmarks.Startup;

/// <summary>The start of an application in a process of its own, which prints its milliseconds. Each way has its own methods, so that none compiles another's code.</summary>
internal static class StartupProcess
{
    public const string Library = "library";
    public const string FluentMigrator = "FluentMigrator";
    public const string Query = "open and SELECT";

    public static async Task<int> Run(string way, string path)
    {
        long started = Stopwatch.GetTimestamp();
        int found = way switch
        {
            Library => await ByLibrary(path),
            FluentMigrator => ByFluentMigrator(path),
            Query => ByQuery(path),
            _ => throw new ArgumentOutOfRangeException(nameof(way)),
        };
        double elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Console.WriteLine(elapsed.ToString(CultureInfo.InvariantCulture));
        return found;
    }

    /// <summary>Applies what is pending: the number of migrations applied.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> ByLibrary(string path)
    {
        await using DatabaseMigrator migrator = DatabaseMigrator.Create($"Data Source={path}", typeof(StartupProcess).Assembly);
        UpgradeResult result = await migrator.UpgradeAsync();
        return result.Migrations.Count;
    }

    /// <summary>Applies what is pending with FluentMigrator as it comes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int ByFluentMigrator(string path)
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner
                .AddSQLite()
                .WithGlobalConnectionString($"Data Source={path};Pooling=False")
                .ScanIn(typeof(StartupProcess).Assembly).For.Migrations())
            .BuildServiceProvider(validateScopes: false);
        using IServiceScope scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
        return 0;
    }

    /// <summary>The least that can be done: zero where thirty versions are there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int ByQuery(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT Version FROM VersionInfo";
        using SqliteDataReader reader = command.ExecuteReader();
        int count = 0;
        while (reader.Read())
        {
            count += reader.GetInt64(0) > 0 ? 1 : 0;
        }

        return 30 - count;
    }
}
