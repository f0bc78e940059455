using FluentMigrator;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Migrations.Core;
using Migrations.Runner;

namespace Migrations.Tests.Runner;

/// <summary>A test's migrations and the runner's settings; each call runs them with a runner of its own, as an application would.</summary>
internal sealed class MigrationHistory(string connectionString)
{
    private readonly List<IMigrationInfo> migrations = [];

    /// <summary>What was altered, in order, in all runs.</summary>
    public List<AlterationResult> Alterations { get; } = [];

    /// <summary>What was logged in all runs.</summary>
    public LogLines Log { get; } = new();

    public bool IsPreview { get; set; }

    public bool IsOneTransaction { get; set; }

    public Action<TableRebuildOptions>? Configure { get; set; }

    public Action<IServiceCollection>? ConfigureServices { get; set; }

    public Action<IMigrationRunnerBuilder> AddDatabase { get; set; } = builder => builder.AddSQLite();

    public MigrationHistory Add(
        Action<Migration> up, Action<Migration>? down = null, TransactionBehavior behaviour = TransactionBehavior.Default) =>
        Add(new InlineMigration(up, down), behaviour);

    public MigrationHistory AddReversing(Action<AutoReversingMigration> up) => Add(new AutoReversingInlineMigration(up), TransactionBehavior.Default);

    /// <summary>Runs all migrations that have not run.</summary>
    public MigrationHistory Up()
    {
        Run(runner => runner.MigrateUp());
        return this;
    }

    public MigrationHistory Down(long version)
    {
        Run(runner => runner.MigrateDown(version));
        return this;
    }

    public void Run(Action<IMigrationRunner> action)
    {
        using ServiceProvider provider = Build();
        using IServiceScope scope = provider.CreateScope();
        action(scope.ServiceProvider.GetRequiredService<IMigrationRunner>());
    }

    /// <summary>Asks the processor outside of any migration.</summary>
    public T Ask<T>(Func<IMigrationProcessor, T> question)
    {
        T answer = default!; // Assigned by the run, or the run throws.
        Run(runner => answer = question(runner.Processor));
        return answer;
    }

    private MigrationHistory Add(IMigration migration, TransactionBehavior behaviour)
    {
        long version = migrations.Count + 1;
        migrations.Add(new MigrationInfo(version, $"M{version}", behaviour, isBreakingChange: false, () => migration));
        return this;
    }

    private ServiceProvider Build()
    {
        ServiceCollection services = new();
        services.AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug));
        services.AddFluentMigratorCore().ConfigureRunner(builder =>
        {
            AddDatabase(builder);
            builder.WithGlobalConnectionString(connectionString);
            builder.WithTableRebuild(options =>
            {
                options.Altered = Alterations.Add;
                Configure?.Invoke(options);
            });
        });
        services.Configure<ProcessorOptions>(options => options.PreviewOnly = IsPreview);
        services.Configure<RunnerOptions>(options => options.TransactionPerSession = IsOneTransaction);
        services.Replace(ServiceDescriptor.Scoped<IMigrationInformationLoader>(_ => new ListedMigrations(migrations)));
        ConfigureServices?.Invoke(services);
        return services.BuildServiceProvider(validateScopes: true);
    }
}
