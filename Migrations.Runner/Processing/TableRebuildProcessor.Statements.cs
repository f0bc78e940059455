using System.Data.Common;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration.Execution;

namespace Migrations.Runner.Processing;

internal sealed partial class TableRebuildProcessor
{
    private void Begin()
    {
        Noting("BEGIN IMMEDIATE", transaction.EnsureBegun);
        Transaction = transaction.Current;
    }

    /// <summary>Runs a statement of the migration, and looks after it whether the transaction is still there.</summary>
    private void Run(string statement, Action action) => RunUnwatched(statement, () => Watched(() =>
    {
        action();
        return true;
    }));

    /// <summary>The same for what looks after its statements itself.</summary>
    private void RunUnwatched(string statement, Action action) => Noting(statement, () =>
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            transaction.NoteFailure(exception);
            if (shadow?.Explains(exception) == true)
            {
                LogMessages.NotTried(Logger, exception.GetBaseException().Message);
                options.Recorder?.NotTried(statement, exception.GetBaseException());
                return;
            }

            throw;
        }

        transaction.CheckStillOpen(statement);
    });

    /// <summary>Tells what failed before anything is rolled back. A cancellation is nobody's failure.</summary>
    private void Noting(string statement, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (options.StatementFailed is not null && !IsCancellation(exception))
        {
            Exception error = OwnError(exception);
            options.StatementFailed((error as AlterationFailedException)?.Statement ?? statement, error);
            throw;
        }
    }

    private bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException && options.CancellationToken.IsCancellationRequested;

    // FluentMigrator wraps the database's errors in a nameless exception, to add the SQL to their message.
    private static Exception OwnError(Exception exception) =>
        exception.GetType() == typeof(Exception) && exception.InnerException is DbException error ? error : exception;

    private T Watched<T>(Func<T> work) => Watch(Open()).Run(work);

    private StatementWatch Watch(SqliteConnection connection) =>
        new(connection, options.StatementRuns, options.ReportInterval, options.CancellationToken);
}
