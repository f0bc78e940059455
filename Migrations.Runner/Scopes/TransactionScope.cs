using FluentMigrator.Runner;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Scopes;

/// <summary>A migration, or a session of several, in one transaction.</summary>
internal sealed class TransactionScope : TrackingMigrationScope
{
    private readonly TableRebuildProcessor processor;

    public TransactionScope(TableRebuildProcessor processor, bool isSession, Action disposed)
        : base(disposed)
    {
        this.processor = processor;
        processor.BeginTransaction(isSession);
    }

    protected override void DoComplete() => processor.CommitTransaction();

    protected override void DoCancel() => processor.RollbackTransaction();
}
