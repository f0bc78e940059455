using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Migrations.Runner.History;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Upgrade;

/// <summary>FluentMigrator's container for one module, on a connection that is given.</summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly ServiceProvider services;
    private readonly IServiceScope scope;

    /// <summary>Builds it; with a <paramref name="recorder"/> migrations are recorded and not run.</summary>
    public ModuleSession(
        MigratorSettings settings,
        MigrationModule module,
        SqliteConnection connection,
        MigrationObserver observer,
        ILoggerFactory loggers,
        IMigrationRecorder? recorder = null)
    {
        ServiceCollection collection = [];
        collection.AddSingleton(loggers);
        collection.AddSingleton(module);
        collection.AddSingleton(observer);
        collection.AddModule(settings, module, connection.ConnectionString, options =>
        {
            options.Connection = connection;
            options.Mode = settings.Mode;
            options.Strategies = recorder?.Strategies ?? settings.Strategies;
            options.Altered = observer.Altered;
            options.CancellationToken = observer.CancellationToken;
            options.Progress = observer;
            options.StatementRuns = () => observer.Report(null, null, null);
            options.StatementFailed = observer.Failed;
            options.Recorder = recorder;
        });
        collection.AddScoped<IMigrationRunner>(provider => ActivatorUtilities.CreateInstance<ObservedRunner>(provider));
        if (recorder is null)
        {
            collection.AddVersionHistory(settings, module, connection);
        }
        else
        {
            recorder.AddTo(collection);
        }

        services = collection.BuildServiceProvider();
        scope = services.CreateScope();
        IsOneTransaction = Services.GetRequiredService<IOptions<RunnerOptions>>().Value.TransactionPerSession;
    }

    public IServiceProvider Services => scope.ServiceProvider;

    /// <summary>Whether the application has asked for one transaction for all migrations of the module.</summary>
    public bool IsOneTransaction { get; }

    public IMigrationRunner Runner => Services.GetRequiredService<IMigrationRunner>();

    public void Dispose()
    {
        scope.Dispose();
        services.Dispose();
    }
}
