using FluentMigrator.Runner.Generators.SQLite;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using FluentMigrator.Runner.Processors.SQLite;
using FluentMigrator.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Migrations.Runner;
using Migrations.Runner.Generation;
using Migrations.Runner.Processing;
using Migrations.Runner.Scopes;

namespace FluentMigrator.Runner;

/// <summary>Adds table alterations for SQLite to a migration runner.</summary>
public static class TableRebuildRunnerBuilderExtensions
{
    /// <summary>
    /// Makes every migration work on SQLite: what SQLite can't alter is carried out by editing the table's stored text, by
    /// updating rows, or by copying the table with everything it has, whichever is the cheapest. Call it after <c>AddSQLite()</c>; it calls <c>AddSQLite()</c> itself where nobody has. Other databases that are
    /// registered beside SQLite work as before. Registering opens and writes nothing.
    /// </summary>
    /// <remarks>
    /// A migration's transaction begins (BEGIN IMMEDIATE) with its first write. Enforcement of foreign keys is switched off
    /// before it where the migration may copy a table (a change of a default, a CHECK, NOT NULL or a foreign key alone copies none where the
    /// connection may edit the schema), and for the whole session with <c>TransactionPerSession</c>:
    /// cascades do not run inside such a transaction, and rows that newly refer to nothing are found before the commit
    /// (<see cref="ForeignKeyViolationException"/>). <c>Delete.Table</c> is refused where it would delete or change rows of other
    /// tables, and so is a <c>PRAGMA foreign_keys</c> that SQLite would ignore inside the transaction
    /// (<see cref="MigrationRefusedException"/>).
    /// </remarks>
    /// <param name="builder">The builder of the runner.</param>
    /// <param name="configure">Sets options; null keeps the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IMigrationRunnerBuilder WithTableRebuild(
        this IMigrationRunnerBuilder builder, Action<TableRebuildOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        TableRebuildOptions options = new();
        configure?.Invoke(options);

        if (builder.Services.All(service => service.ServiceType != typeof(SQLiteProcessor)))
        {
            builder.AddSQLite();
        }

        if (options.Connection is { } connection)
        {
            // Without a connection string FluentMigrator would not use the processor at all.
            builder.Services.PostConfigure<ProcessorOptions>(processor => processor.ConnectionString ??= connection.ConnectionString);
        }

        builder.Services.TryAddScoped<MigrationScript>();
        builder.Services.Replace(ServiceDescriptor.Scoped<SQLiteProcessor>(provider => CreateProcessor(provider, options)));
        builder.Services.AddScoped<IMigrationScopeManager>(provider => new RebuildScopes(
            provider.GetRequiredService<IProcessorAccessor>().Processor,
            provider.GetRequiredService<IOptionsSnapshot<ProcessorOptions>>().Value,
            provider.GetRequiredService<IOptions<RunnerOptions>>().Value,
            provider.GetRequiredService<MigrationScript>()));
        RecordScripts(builder.Services);
        return builder;
    }

    private static TableRebuildProcessor CreateProcessor(IServiceProvider provider, TableRebuildOptions options) => new(
        options,
        provider.GetRequiredService<MigrationScript>(),
        CreateGenerator(provider),
        provider.GetRequiredService<ILogger<SQLiteProcessor>>(),
        provider.GetRequiredService<IOptionsSnapshot<ProcessorOptions>>().Value,
        provider.GetRequiredService<IConnectionStringAccessor>(),
        provider);

    // Whether Guids are binary is known only to the generator that AddSQLite made.
    private static RebuildGenerator CreateGenerator(IServiceProvider provider)
    {
        bool isGuidBinary = provider.GetRequiredService<SQLiteGenerator>().Quoter.QuoteValue(Guid.Empty).StartsWith("x'", StringComparison.OrdinalIgnoreCase);
        return new(new LosslessQuoter(isGuidBinary), provider.GetRequiredService<ISQLiteTypeMap>());
    }

    // The validator that is registered, FluentMigrator's own or the application's, goes on deciding.
    private static void RecordScripts(IServiceCollection services)
    {
        ServiceDescriptor? registered = services.LastOrDefault(service => service.ServiceType == typeof(IMigrationExpressionValidator));
        services.AddScoped<IMigrationExpressionValidator>(provider => new ScriptRecorder(
            Resolve(provider, registered), provider.GetRequiredService<MigrationScript>()));
    }

    private static IMigrationExpressionValidator Resolve(IServiceProvider provider, ServiceDescriptor? registered) => registered switch
    {
        { ImplementationInstance: IMigrationExpressionValidator instance } => instance,
        { ImplementationFactory: { } factory } => (IMigrationExpressionValidator)factory(provider),
        { ImplementationType: { } type } => (IMigrationExpressionValidator)ActivatorUtilities.CreateInstance(provider, type),
        _ => new DefaultMigrationExpressionValidator(provider),
    };
}
