using FluentMigrator.Runner;
using FluentMigrator.Runner.Processors.SQLite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>Lets FluentMigrator's container plan.</summary>
internal static class PlanningRegistration
{
    /// <summary>Keeps the statements of the version loader that is registered, FluentMigrator's own or the application's, out of the plan.</summary>
    public static void AddPlanning(this IServiceCollection services, PlanRecorder recorder)
    {
        ServiceDescriptor registered = services.Last(service => service.ServiceType == typeof(IVersionLoader));
        services.AddScoped<IVersionLoader>(provider => new UnrecordedVersionLoader(
            recorder.WithoutRecording(() => Resolve(provider, registered)),
            recorder,
            (TableRebuildProcessor)provider.GetRequiredService<SQLiteProcessor>()));
    }

    private static IVersionLoader Resolve(IServiceProvider provider, ServiceDescriptor registered) => registered switch
    {
        { ImplementationInstance: IVersionLoader instance } => instance,
        { ImplementationFactory: { } factory } => (IVersionLoader)factory(provider),
        { ImplementationType: { } type } => (IVersionLoader)ActivatorUtilities.CreateInstance(provider, type),
        _ => throw new InvalidOperationException("FluentMigrator registers a version loader."),
    };
}
