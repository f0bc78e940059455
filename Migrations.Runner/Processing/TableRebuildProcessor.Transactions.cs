using FluentMigrator.Runner;

namespace Migrations.Runner.Processing;

internal sealed partial class TableRebuildProcessor
{
    public override void BeginTransaction() => BeginTransaction(isSession: false);

    /// <summary>
    /// Opens the connection and notes that a transaction is wanted; it begins with the first write.
    /// <paramref name="isSession"/> where it is to hold several migrations.
    /// </summary>
    public void BeginTransaction(bool isSession)
    {
        if (!transaction.IsOpen)
        {
            EnsureConnectionIsOpen();
            transaction.Intend(isSession);
        }
    }

    public override void CommitTransaction()
    {
        FinishPending();
        if (transaction.IsOpen)
        {
            if (transaction.Current is not null)
            {
                Logger.LogSay("Committing Transaction");
            }

            Noting("COMMIT", transaction.Commit);
            Transaction = null;
            WasCommitted = true;
        }
    }

    public override void RollbackTransaction()
    {
        DiscardPending();
        if (transaction.IsOpen)
        {
            if (transaction.Current is not null)
            {
                Logger.LogSay("Rolling back transaction");
            }

            transaction.Rollback();
            Transaction = null;
            WasCommitted = true;
        }
    }
}
