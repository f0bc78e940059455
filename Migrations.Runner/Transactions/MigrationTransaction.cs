using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;
using SQLitePCL;

namespace Migrations.Runner.Transactions;

/// <summary>
/// The transaction of one migration or session. It begins with the first statement that may write: by then the whole
/// migration is known, so enforcement of foreign keys is switched off only for one that copies a table, and a start with
/// nothing to do never takes the write lock.
/// </summary>
internal sealed class MigrationTransaction(
    Func<SqliteConnection> connect, Func<SqliteConnection, StatementWatch> watched, CopyForecast forecast, ILogger logger)
{
    private readonly List<(TableName Table, SqlIdentifier NewName)> renames = [];
    private bool isIntended;
    private bool isSession;
    private bool isSwitchedOff;
    private Exception? ending;
    private SchemaVersions? decidedOn;
    private ForeignKeyViolations? before;

    /// <summary>SQLite's transaction, null before the first write and outside of migrations.</summary>
    public SqliteTransaction? Current { get; private set; }

    /// <summary>Whether a migration's transaction has been asked for, begun or not.</summary>
    public bool IsOpen => isIntended || Current is not null;

    /// <summary>Whether foreign keys are enforced as far as the migration's author knows.</summary>
    public bool EnforcesForeignKeys => isSwitchedOff || IsEnforcing(connect());

    /// <summary>Whether the commit looks for rows that the migration as a whole has left without parents.</summary>
    public bool ChecksForeignKeys => before is not null;

    /// <summary>Notes that a transaction is wanted.</summary>
    /// <exception cref="MigrationRefusedException">The connection is in a transaction of the application's.</exception>
    public void Intend(bool asSession)
    {
        RefuseForeignTransaction(connect());
        isIntended = true;
        isSession = asSession;
    }

    /// <summary>
    /// A question about the schema is about to be answered. Where it comes before the transaction, the answer must still hold
    /// when that begins.
    /// </summary>
    public void NoteRead()
    {
        if (isIntended && Current is null)
        {
            decidedOn ??= SchemaVersions.Read(connect());
        }
    }

    public void NoteRename(TableName table, SqlIdentifier newName) => renames.Add((table, newName));

    /// <summary>Begins the transaction where it is intended and has not begun.</summary>
    /// <exception cref="MigrationRefusedException">
    /// The connection is in a transaction of the application's, the schema was changed by someone else since the migration
    /// looked at it, or a statement has ended the transaction.
    /// </exception>
    public void EnsureBegun()
    {
        if (ending is not null)
        {
            throw new MigrationRefusedException(
                "The migration's transaction has been ended by an earlier statement, so nothing more of the migration may run.",
                innerException: ending);
        }

        if (isIntended && Current is null)
        {
            Begin(connect());
        }
    }

    /// <summary>Stops the migration where a statement that succeeded has ended the transaction under it.</summary>
    public void CheckStillOpen(string statement)
    {
        if (Current is not null && IsAutoCommitting(connect()))
        {
            MigrationRefusedException ended = new(
                "The statement ended the migration's transaction. The runner begins and ends it: take BEGIN, COMMIT, END and ROLLBACK "
                + "out of the migration, or mark it TransactionBehavior.None.",
                statement);
            ending = ended;
            throw ended;
        }
    }

    /// <summary>Remembers the first error where it has also ended the transaction, as RAISE(ROLLBACK) does.</summary>
    public void NoteFailure(Exception error)
    {
        if (Current is not null && IsAutoCommitting(connect()))
        {
            ending ??= error;
        }
    }

    public void Commit()
    {
        if (Current is not null)
        {
            EnsureBegun();
            SqliteConnection connection = connect();
            StatementWatch watch = watched(connection);
            watch.Run(() =>
            {
                RefuseNewViolations(connection);
                WaitingStatement.Execute(connection, "COMMIT", watch);
                watch.Finish();
                return true;
            });
            SqliteTransaction committed = Current;
            Current = null;
            LetGo(connection, committed);
        }

        Forget();
        try
        {
            RestoreForeignKeys();
        }
        catch (Exception exception) when (exception is SqliteException or MigrationRefusedException)
        {
            throw new MigrationRefusedException(
                $"The migration was committed, but foreign keys could not be switched on again afterwards: {exception.Message} "
                + "No other migration was run. Close this connection: it does not enforce foreign keys.",
                "PRAGMA foreign_keys=ON",
                exception);
        }
    }

    /// <summary>Rolls back. An error on the way is logged and not thrown: the one that led here is the one to see.</summary>
    public void Rollback()
    {
        try
        {
            if (Current is { } transaction)
            {
                Current = null;
                Release(transaction);
            }
        }
        catch (SqliteException exception)
        {
            LogMessages.RollbackFailed(logger, exception);
        }

        Forget();
        try
        {
            RestoreForeignKeys();
        }
        catch (Exception exception) when (exception is SqliteException or MigrationRefusedException)
        {
            LogMessages.ForeignKeysNotRestored(logger, exception);
        }
    }

    private static bool IsEnforcing(SqliteConnection connection) => connection.ReadInteger("PRAGMA foreign_keys") != 0;

    private static bool IsAutoCommitting(SqliteConnection connection) =>
        connection.Handle is { } handle && raw.sqlite3_get_autocommit(handle) != 0;

    private static void RefuseForeignTransaction(SqliteConnection connection)
    {
        if (!IsAutoCommitting(connection))
        {
            throw new MigrationRefusedException(
                "The connection is already in a transaction, so the migration can't have one of its own. Commit or roll it back first.");
        }
    }

    private void Begin(SqliteConnection connection)
    {
        RefuseForeignTransaction(connection);
        bool mayCopy = forecast.MayCopy(isSession);
        bool enforces = IsEnforcing(connection);
        if (mayCopy && enforces)
        {
            // Inside a transaction the pragma does nothing (pragma.html#pragma_foreign_keys), so it comes first.
            SwitchForeignKeys(connection, isOn: false);
            isSwitchedOff = true;
        }

        try
        {
            StatementWatch watch = watched(connection);
            before = watch.Run(() =>
            {
                Current = BeginImmediate(connection, watch);
                if (decidedOn is not null && !decidedOn.Equals(SchemaVersions.Read(connection)))
                {
                    throw new MigrationRefusedException(
                        "The schema was changed through another connection between the migration's look at it and its first change. "
                        + "Nothing was changed. Run the migration again.");
                }

                // Where the application does not enforce foreign keys, its data statements may break them; alterations still may not.
                return (mayCopy || forecast.AddsForeignKeys) && (enforces ? forecast.MayViolate(isSession) : forecast.AltersSeveralTables)
                    ? ForeignKeyViolations.Read(connection, AttachedDatabases.Read(connection))
                    : null;
            });
        }
        catch
        {
            bool wasIntended = isIntended;
            Rollback();
            isIntended = wasIntended;
            throw;
        }
    }

    /// <summary>
    /// Microsoft.Data.Sqlite waits for the write lock where no cancellation reaches it. So its transaction begins without the lock, and
    /// SQLite's own, which does not hold anything yet, is exchanged for one with it.
    /// </summary>
    private static SqliteTransaction BeginImmediate(SqliteConnection connection, StatementWatch watch)
    {
        SqliteTransaction begun = connection.BeginTransaction(deferred: true);
        try
        {
            WaitingStatement.Execute(connection, "COMMIT", watch);
            WaitingStatement.Execute(connection, "BEGIN IMMEDIATE", watch);
            return begun;
        }
        catch
        {
            LetGo(connection, begun);
            throw;
        }
    }

    /// <summary>
    /// What ended past Microsoft.Data.Sqlite leaves it believing in a transaction; it lets go of one that is there. Where it saw the end
    /// for itself, it leaves that one alone.
    /// </summary>
    private static void LetGo(SqliteConnection connection, SqliteTransaction ended)
    {
        if (IsAutoCommitting(connection))
        {
            _ = raw.sqlite3_exec(connection.Handle, "BEGIN");
        }

        using (ended)
        {
            ended.Rollback();
        }

        if (!IsAutoCommitting(connection))
        {
            _ = raw.sqlite3_exec(connection.Handle, "ROLLBACK");
        }
    }

    private void RefuseNewViolations(SqliteConnection connection)
    {
        if (before is null)
        {
            return;
        }

        ForeignKeyViolations known = renames.Aggregate(
            before, (violations, rename) => violations.WithRename(rename.Table.Database, rename.Table.Table, rename.NewName));
        if (ForeignKeyViolations.Read(connection, AttachedDatabases.Read(connection)).NewSince(known) is { } violations)
        {
            throw new ForeignKeyViolationException(violations);
        }
    }

    private void Release(SqliteTransaction transaction)
    {
        // Where SQLite itself rolled back, Microsoft.Data.Sqlite was told; where a statement of the migration committed, it was not.
        if (ending is MigrationRefusedException)
        {
            LetGo(connect(), transaction);
            return;
        }

        using (transaction)
        {
            transaction.Rollback();
        }
    }

    private void Forget()
    {
        isIntended = false;
        ending = null;
        decidedOn = null;
        before = null;
        renames.Clear();
    }

    private void RestoreForeignKeys()
    {
        if (isSwitchedOff)
        {
            SwitchForeignKeys(connect(), isOn: true);
            isSwitchedOff = false;
        }
    }

    private static void SwitchForeignKeys(SqliteConnection connection, bool isOn)
    {
        connection.Execute($"PRAGMA foreign_keys={(isOn ? "ON" : "OFF")}");
        if (IsEnforcing(connection) != isOn)
        {
            throw new MigrationRefusedException(
                $"SQLite did not switch foreign keys {(isOn ? "on" : "off")}: the connection is in a transaction, or still reading a result. "
                + "Finish it before migrating.");
        }
    }
}
