using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Faults;

/// <summary>Runs the alteration of a fault database again and again, stopped at another place each time.</summary>
internal static class FaultSweep
{
    private const string Begin = "BEGIN; INSERT INTO caller VALUES ('mine')";

    /// <summary>
    /// Stops the alteration at each place in a transaction of its own. A database that was stopped is used again, so that
    /// the last success shows that a retry works. Where nothing was stopped (the fault hit a question, not the work) the
    /// outcome has to be whole. Returns how often it was stopped.
    /// </summary>
    public static int InItsOwnTransaction(
        FaultDatabase fault, TestDatabaseKind kind, IEnumerable<int> places, Func<TestDatabase, int, MigrationsException?> alter, string error)
    {
        DatabaseSnapshot altered = fault.Altered(kind);
        int stopped = 0;
        TestDatabase database = fault.Open(kind);
        try
        {
            DatabaseState before = DatabaseState.Of(database);
            foreach (int place in places)
            {
                if (alter(database, place) is { } exception)
                {
                    stopped++;
                    FaultAssert.ShowsFirstError(exception, error);
                    FaultAssert.NothingHappened(database, before);
                    continue;
                }

                DatabaseSnapshot.Of(database.Connection).AssertSameAs(altered);
                database.Dispose();
                database = fault.Open(kind);
                before = DatabaseState.Of(database);
            }

            fault.AlterUndisturbed(database);
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(altered);
            Integrity.Check(database.Connection);
            return stopped;
        }
        finally
        {
            database.Dispose();
        }
    }

    /// <summary>The same inside a caller's transaction, which stays open unless SQLite itself ends it.</summary>
    public static int InACallersTransaction(
        FaultDatabase fault, TestDatabaseKind kind, IEnumerable<int> places, Func<TestDatabase, int, MigrationsException?> alter, string error)
    {
        DatabaseSnapshot altered = fault.Altered(kind).ExceptRowsOf("caller").ExceptPragmas("foreign_keys");
        int stopped = 0;
        using TestDatabase database = fault.Open(kind);
        database.Execute("PRAGMA foreign_keys = OFF");
        DatabaseState before = DatabaseState.Of(database);
        database.Execute(Begin);
        DatabaseState inTransaction = DatabaseState.Of(database);
        database.Execute("ROLLBACK");
        foreach (int place in places)
        {
            database.Execute(Begin);
            if (alter(database, place) is { } exception)
            {
                stopped++;
                FaultAssert.ShowsFirstError(exception, error);
                FaultAssert.CallersTransactionIsWhole(database, before, inTransaction);
            }
            else
            {
                AssertAltered();
                database.Execute("ROLLBACK");
                DatabaseState.Of(database).AssertSameAs(before);
            }
        }

        database.Execute(Begin);
        fault.AlterUndisturbed(database);
        database.Execute("COMMIT");
        AssertAltered();
        Integrity.Check(database.Connection);
        return stopped;

        void AssertAltered()
        {
            DatabaseSnapshot.Of(database.Connection).ExceptRowsOf("caller").ExceptPragmas("foreign_keys").AssertSameAs(altered);
            Assert.That(database.Scalar<long>("SELECT count(*) FROM caller WHERE what = 'mine'"), Is.EqualTo(1));
        }
    }
}
