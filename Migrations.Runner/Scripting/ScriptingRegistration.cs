using FluentMigrator.Runner;
using FluentMigrator.Runner.Processors.SQLite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner.History;
using Migrations.Runner.Processing;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Scripting;

/// <summary>Lets FluentMigrator's container record a script.</summary>
internal static class ScriptingRegistration
{
    /// <summary>Has the statements of the version loader that is registered, FluentMigrator's own or the application's, recorded with the fingerprints.</summary>
    public static void AddScripting(this IServiceCollection services, StatementRecorder recorder, MigratorSettings settings, MigrationModule module)
    {
        ServiceDescriptor registered = services.Last(service => service.ServiceType == typeof(IVersionLoader));
        services.AddSingleton(_ => new ModuleFingerprints(settings, module));
        services.AddScoped<IVersionLoader>(provider =>
        {
            TableRebuildProcessor processor = (TableRebuildProcessor)provider.GetRequiredService<SQLiteProcessor>();
            recorder.MayCopyInUpgrade = () => processor.MayCopy(settings.Mode, settings.Strategies);
            IVersionLoader? inner = null;
            ScriptedVersionLoader.RecordTable(recorder, module, () => inner = Resolve(provider, registered));
            return new ScriptedVersionLoader(
                inner!, // Resolved just now.
                recorder,
                module,
                provider.GetRequiredService<ModuleFingerprints>(),
                processor);
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
