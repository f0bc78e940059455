using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Faults;

/// <summary>Runs the alteration of the fault database again and again, stopped at another place each time.</summary>
internal static class FaultSweep
{
    /// <summary>
    /// Stops the alteration at each place in a transaction of its own. A database that was stopped is used again, so that
    /// the last success shows that a retry works. Where nothing was stopped (the fault hit a question, not the work) the
    /// outcome has to be whole. Returns how often it was stopped.
    /// </summary>
    public static int InItsOwnTransaction(TestDatabaseKind kind, IEnumerable<int> places, Func<TestDatabase, int, MigrationsException?> alter, string error)
    {
        DatabaseSnapshot altered = FaultDatabase.Altered(kind);
        int stopped = 0;
        TestDatabase database = FaultDatabase.Open(kind);
        try
        {
            DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
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
                database = FaultDatabase.Open(kind);
            }

            FaultDatabase.Alter(database);
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
    public static int InACallersTransaction(TestDatabaseKind kind, IEnumerable<int> places, Func<TestDatabase, int, MigrationsException?> alter, string error)
    {
        int stopped = 0;
        using TestDatabase database = FaultDatabase.Open(kind);
        database.Execute("PRAGMA foreign_keys = OFF");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        foreach (int place in places)
        {
            database.Execute("BEGIN; INSERT INTO caller VALUES ('mine')");
            DatabaseSnapshot inTransaction = DatabaseSnapshot.Of(database.Connection);
            if (alter(database, place) is { } exception)
            {
                stopped++;
                FaultAssert.ShowsFirstError(exception, error);
                FaultAssert.CallersTransactionIsWhole(database, before, inTransaction);
            }
            else
            {
                Assert.That(database.Scalar<long>("SELECT count(*) FROM grown"), Is.EqualTo(35));
                database.Execute("ROLLBACK");
                DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
            }
        }

        database.Execute("BEGIN; INSERT INTO caller VALUES ('mine')");
        FaultDatabase.Alter(database);
        database.Execute("COMMIT");
        Assert.That(database.Scalar<long>("SELECT count(*) FROM grown"), Is.EqualTo(35));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM caller WHERE what = 'mine'"), Is.EqualTo(1));
        Integrity.Check(database.Connection);
        return stopped;
    }
}
