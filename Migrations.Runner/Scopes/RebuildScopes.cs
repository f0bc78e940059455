using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Scopes;

/// <summary>
/// Tells the processor where each migration begins and ends, also those without a transaction. With another database's
/// processor it does what FluentMigrator does.
/// </summary>
internal sealed class RebuildScopes : IMigrationScopeManager
{
    private readonly TableRebuildProcessor? processor;
    private readonly MigrationScopeHandler other;
    private readonly bool isSession;
    private readonly MigrationScript script;
    private IMigrationScope? current;

    public RebuildScopes(
        IMigrationProcessor processor, ProcessorOptions processorOptions, RunnerOptions runnerOptions, MigrationScript script)
    {
        this.processor = processor as TableRebuildProcessor;
        other = new(processor, processorOptions);
        isSession = runnerOptions.TransactionPerSession;
        this.script = script;
    }

    public IMigrationScope? CurrentScope => processor is null ? other.CurrentScope : current;

    // A scope that the caller opens lasts for any number of migrations, like a session's.
    public IMigrationScope BeginScope() => processor is null ? other.BeginScope() : Begin(processor, isSession: true);

    public IMigrationScope CreateOrWrapMigrationScope(bool transactional = true)
    {
        if (processor is null)
        {
            return other.CreateOrWrapMigrationScope(transactional);
        }

        script.Begin();
        return transactional && current is not { IsActive: true }
            ? Begin(processor, isSession)
            : new UntrackedScope(processor);
    }

    private TransactionScope Begin(TableRebuildProcessor processor, bool isSession)
    {
        if (current is { IsActive: true })
        {
            throw new InvalidOperationException("The runner is already in an active migration scope.");
        }

        script.Begin();
        TransactionScope scope = new(processor, isSession, () => current = null);
        current = scope;
        return scope;
    }
}
