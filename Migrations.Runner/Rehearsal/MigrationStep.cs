using FluentMigrator;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Rehearsal;

/// <summary>Applies or takes back one migration on a copy, as an upgrade does with each of its own: in a transaction, with its entry in the history.</summary>
internal sealed class MigrationStep(MigratorSettings settings, DatabaseFile copy, CancellationToken cancellationToken)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="DatabaseUnusableException">The disk, the file or its folder are to blame.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public StepOutcome Run(MigrationIdentity migration, bool isUp, Action<UpgradeProgress> progress)
    {
        MigrationObserver observer = new(count: 1, progress, logger: null, cancellationToken);
        try
        {
            using SqliteConnection connection = copy.Open(SqliteOpenMode.ReadWrite);
            using StatementInterrupt interrupt = new(connection, cancellationToken);
            using ModuleSession session = new(
                settings, settings.Modules.Single(module => module.Name == migration.Module), connection, observer, NullLoggerFactory.Instance);
            Run((MigrationRunner)session.Runner, migration.Version, isUp); // ModuleSession registers its own kind of it.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Exception error = UpgradeErrors.Unwrap(observer.FirstError ?? e);
            if (UpgradeErrors.IsCancellation(error, cancellationToken))
            {
                throw new OperationCanceledException(error.Message, error, cancellationToken);
            }

            if (UpgradeErrors.Explain(copy, error) is { } unusable)
            {
                throw unusable;
            }

            return new(null, UpgradeErrors.StatementOf(error) ?? observer.FailedStatement, error);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(observer.Done[0].Duration, null, null);
    }

    private static void Run(MigrationRunner runner, long version, bool isUp)
    {
        IMigrationInfo migration = runner.MigrationLoader.LoadMigrations()[version];
        bool isInTransaction = migration.TransactionBehavior == TransactionBehavior.Default;
        if (isUp)
        {
            runner.ApplyMigrationUp(migration, isInTransaction);
        }
        else
        {
            runner.ApplyMigrationDown(migration, isInTransaction);
        }
    }
}
