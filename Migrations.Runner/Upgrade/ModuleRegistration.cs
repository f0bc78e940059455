using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Extensions.DependencyInjection;

namespace Migrations.Runner.Upgrade;

/// <summary>Puts FluentMigrator for one module into a container: the same migrations wherever they are run, planned or only read.</summary>
internal static class ModuleRegistration
{
    public static void AddModule(
        this IServiceCollection services, MigratorSettings settings, MigrationModule module, string connectionString, Action<TableRebuildOptions> configure)
    {
        services.AddFluentMigratorCore();
        services.ConfigureRunner(runner =>
        {
            runner.AddSQLite()
                .WithTableRebuild(options =>
                {
                    options.ConnectionOpened = settings.ConnectionOpened;
                    configure(options);
                })
                .WithGlobalConnectionString(connectionString)
                .ScanIn([.. module.Assemblies]).For.All()
                .WithVersionTable(module.VersionTable);
            settings.ConfigureRunner?.Invoke(runner);
        });
        services.Configure<RunnerOptions>(options => options.Tags = [.. settings.Tags]);
    }
}
