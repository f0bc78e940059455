using FluentMigrator.Runner;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Scopes;

/// <summary>
/// A migration without a transaction of its own: what is still to be done of it is done at its end, and forgotten when it fails.
/// </summary>
internal sealed class UntrackedScope(TableRebuildProcessor processor) : IMigrationScope
{
    public bool IsActive => false;

    public void Complete() => processor.FinishPending();

    public void Cancel() => processor.DiscardPending();

    public void Dispose() => processor.DiscardPending();
}
