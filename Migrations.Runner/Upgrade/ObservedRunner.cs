using FluentMigrator.Infrastructure;
using FluentMigrator.Infrastructure.Extensions;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Migrations.Runner.Upgrade;

/// <summary>FluentMigrator's runner, which tells the observer where each migration begins and ends.</summary>
internal sealed class ObservedRunner(
    MigrationModule module,
    MigrationObserver observer,
    IOptions<RunnerOptions> options,
    IOptionsSnapshot<ProcessorOptions> processorOptions,
    IProfileLoader profileLoader,
    IProcessorAccessor processorAccessor,
    IMaintenanceLoader maintenanceLoader,
    IMigrationInformationLoader migrationLoader,
    ILogger<MigrationRunner> logger,
    IStopWatch stopWatch,
    IMigrationRunnerConventionsAccessor conventions,
    MigrationValidator validator,
    IServiceProvider provider,
    IMigrationScopeManager scopes)
    : MigrationRunner(
        options, processorOptions, profileLoader, processorAccessor, maintenanceLoader, migrationLoader, logger, stopWatch, conventions, validator, provider, scopes)
{
    private readonly bool isOneTransaction = options.Value.TransactionPerSession;

    public override void ApplyMigrationUp(IMigrationInfo migrationInfo, bool useTransaction) =>
        Observe(migrationInfo, isUp: true, useTransaction, () => base.ApplyMigrationUp(migrationInfo, useTransaction));

    public override void ApplyMigrationDown(IMigrationInfo migrationInfo, bool useTransaction) =>
        Observe(migrationInfo, isUp: false, useTransaction, () => base.ApplyMigrationDown(migrationInfo, useTransaction));

    // Maintenance, profiles and FluentMigrator's own tables have no version and are nobody's migration.
    private void Observe(IMigrationInfo migration, bool isUp, bool isInTransaction, Action apply)
    {
        if (!migration.IsAttributed())
        {
            apply();
            return;
        }

        observer.Begin(
            new(module.Name, migration.Version, migration.Description ?? migration.Migration.GetType().Name),
            isUp,
            isInTransaction || isOneTransaction);
        try
        {
            apply();
        }
        catch (Exception e)
        {
            observer.Fail(e);
            throw;
        }

        observer.End();
    }
}
