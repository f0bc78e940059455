using FluentMigrator.Runner;
using FluentMigrator.Runner.Processors.SQLite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner.Processing;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.History;

/// <summary>Lets FluentMigrator's container keep fingerprints.</summary>
internal static class VersionHistoryRegistration
{
    /// <summary>Puts the keeping of fingerprints around the version loader that is registered, FluentMigrator's own or the application's.</summary>
    public static void AddVersionHistory(
        this IServiceCollection services, MigratorSettings settings, MigrationModule module, SqliteConnection connection)
    {
        ServiceDescriptor registered = services.Last(service => service.ServiceType == typeof(IVersionLoader));
        services.AddSingleton(_ => new ModuleFingerprints(settings, module));
        services.AddScoped<IVersionLoader>(provider =>
        {
            // The loader makes its tables as soon as there is one.
            VersionHistory.IsThere(connection);
            return new HistoryKeepingLoader(
                Resolve(provider, registered),
                module,
                provider.GetRequiredService<ModuleFingerprints>(),
                connection,
                (TableRebuildProcessor)provider.GetRequiredService<SQLiteProcessor>(),
                provider.GetRequiredService<MigrationScript>(),
                provider.GetRequiredService<IMigrationScopeManager>());
        });
    }

    private static IVersionLoader Resolve(IServiceProvider provider, ServiceDescriptor registered) => registered switch
    {
        { ImplementationInstance: IVersionLoader instance } => instance,
        { ImplementationFactory: { } factory } => (IVersionLoader)factory(provider),
        { ImplementationType: { } type } => (IVersionLoader)ActivatorUtilities.CreateInstance(provider, type),
        _ => throw new InvalidOperationException("FluentMigrator registers a version loader."),
    };
}
