using System.Globalization;
using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>A disk that is full, at whichever page, leaves the database as it was.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class FullDiskTests
{
    [Test]
    public void Full_disk_in_a_transaction_of_its_own_undoes_all([Values] TestDatabaseKind kind)
    {
        DatabaseSnapshot altered = FaultDatabase.Altered(kind);
        using TestDatabase database = FaultDatabase.Open(kind);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        int failures = 0;
        while (FailsWithPagesLeft(database, failures) is { } exception)
        {
            failures++;
            FaultAssert.ShowsFirstError(exception, "database or disk is full");
            FaultAssert.NothingHappened(database, before);
        }

        Assert.That(failures, Is.GreaterThan(5));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(altered);
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Full_disk_in_a_callers_transaction_undoes_the_alteration_at_least([Values] TestDatabaseKind kind)
    {
        using TestDatabase database = FaultDatabase.Open(kind);
        database.Execute("PRAGMA foreign_keys = OFF");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        int failures = 0;
        while (true)
        {
            database.Execute("BEGIN; INSERT INTO caller VALUES ('mine')");
            DatabaseSnapshot inTransaction = DatabaseSnapshot.Of(database.Connection);
            if (FailsWithPagesLeft(database, failures) is not { } exception)
            {
                break;
            }

            failures++;
            FaultAssert.ShowsFirstError(exception, "database or disk is full");
            FaultAssert.CallersTransactionIsWhole(database, before, inTransaction);
        }

        Assert.That(failures, Is.GreaterThan(5));
        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle), Is.Zero, "the caller's transaction is open");
        database.Execute("ROLLBACK");
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    private static MigrationsException? FailsWithPagesLeft(TestDatabase database, int pages)
    {
        long most = database.Scalar<long>("PRAGMA max_page_count");
        long now = database.Scalar<long>("PRAGMA page_count");
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {now + pages}"));
        try
        {
            FaultDatabase.Alter(database);
            return null;
        }
        catch (MigrationsException exception)
        {
            return exception;
        }
        finally
        {
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {most}"));
        }
    }
}
