using System.Reflection;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner;
using Migrations.Runner.History;
using Migrations.Tests.Support;

namespace Migrations.Tests.Histories;

/// <summary>A file of one test's own, and migrators of it as one application after another would make them.</summary>
internal sealed class HistoryDatabase : IDisposable
{
    private readonly TestDatabase database = TestDatabase.File();

    public TestDatabase Database => database;

    public IReadOnlyList<HistoryEntry> Entries => VersionHistory.Read(database.Connection);

    public IReadOnlyList<long> Versions => [.. Entries.Select(entry => entry.Version)];

    public static DatabaseMigratorOptions Options(string connectionString, Assembly assembly, Action<DatabaseMigratorOptions>? configure = null)
    {
        DatabaseMigratorOptions options = new() { ConnectionString = connectionString };
        options.Assemblies.Add(assembly);
        options.Backup.Enabled = false;
        configure?.Invoke(options);
        return options;
    }

    public DatabaseMigrator Migrator(Assembly assembly, Action<DatabaseMigratorOptions>? configure = null) =>
        DatabaseMigrator.Create(Options(database.ConnectionString, assembly, configure));

    public async Task<UpgradeResult> UpgradeAsync(Assembly assembly, Action<DatabaseMigratorOptions>? configure = null)
    {
        await using DatabaseMigrator migrator = Migrator(assembly, configure);
        return await migrator.UpgradeAsync();
    }

    /// <summary>The same with FluentMigrator as it comes, without this library.</summary>
    public void UpgradeWithoutUs(Assembly assembly, IVersionTableMetaData? versionTable = null)
    {
        ServiceCollection collection = [];
        collection.AddFluentMigratorCore().ConfigureRunner(runner =>
        {
            runner.AddSQLite().WithGlobalConnectionString(database.ConnectionString).ScanIn(assembly).For.Migrations();
            if (versionTable is not null)
            {
                runner.WithVersionTable(versionTable);
            }
        });
        using ServiceProvider services = collection.BuildServiceProvider();
        using IServiceScope scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }

    public static void InOneTransaction(DatabaseMigratorOptions options) =>
        options.ConfigureRunner = runner => runner.Services.Configure<RunnerOptions>(run => run.TransactionPerSession = true);

    public void Dispose() => database.Dispose();
}
