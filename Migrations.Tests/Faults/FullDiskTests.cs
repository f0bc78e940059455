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
    [TestCaseSource(typeof(FaultDatabase), nameof(FaultDatabase.All))]
    public void Full_disk_in_a_transaction_of_its_own_undoes_all(object altered, TestDatabaseKind kind)
    {
        FaultDatabase fault = (FaultDatabase)altered;
        Assert.That(InItsOwnTransaction(fault, kind, "main"), Is.GreaterThan(1));
    }

    [TestCaseSource(typeof(FaultDatabase), nameof(FaultDatabase.All))]
    public void Full_disk_in_a_callers_transaction_undoes_the_alteration_at_least(object altered, TestDatabaseKind kind)
    {
        FaultDatabase fault = (FaultDatabase)altered;
        Assert.That(InACallersTransaction(fault, kind, "main"), Is.GreaterThan(1));
    }

    [Test]
    public void Full_disk_of_the_TEMP_database_undoes_all([Values] TestDatabaseKind kind, [Values] bool inTransaction) =>
        Assert.That(inTransaction ? InACallersTransaction(FaultDatabase.ShortRows, kind, "temp") : InItsOwnTransaction(FaultDatabase.ShortRows, kind, "temp"), Is.Positive);

    private static int InItsOwnTransaction(FaultDatabase fault, TestDatabaseKind kind, string filled)
    {
        DatabaseSnapshot altered = fault.Altered(kind);
        using TestDatabase database = fault.Open(kind);
        DatabaseState before = DatabaseState.Of(database);
        int failures = 0;
        while (FailsWithPagesLeft(fault, database, filled, failures) is { } exception)
        {
            failures++;
            FaultAssert.ShowsFirstError(exception, "database or disk is full");
            FaultAssert.NothingHappened(database, before);
        }

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(altered);
        Integrity.Check(database.Connection);
        return failures;
    }

    private static int InACallersTransaction(FaultDatabase fault, TestDatabaseKind kind, string filled)
    {
        using TestDatabase database = fault.Open(kind);
        database.Execute("PRAGMA foreign_keys = OFF");
        DatabaseState before = DatabaseState.Of(database);
        int failures = 0;
        while (true)
        {
            database.Execute("BEGIN; INSERT INTO caller VALUES ('mine')");
            DatabaseState inTransaction = DatabaseState.Of(database);
            if (FailsWithPagesLeft(fault, database, filled, failures) is not { } exception)
            {
                break;
            }

            failures++;
            FaultAssert.ShowsFirstError(exception, "database or disk is full");
            FaultAssert.CallersTransactionIsWhole(database, before, inTransaction);
        }

        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle), Is.Zero, "the caller's transaction is open");
        database.Execute("ROLLBACK");
        DatabaseState.Of(database).AssertSameAs(before);
        return failures;
    }

    private static MigrationsException? FailsWithPagesLeft(FaultDatabase fault, TestDatabase database, string filled, int pages)
    {
        long most = database.Scalar<long>($"PRAGMA {filled}.max_page_count");
        long now = database.Scalar<long>($"PRAGMA {filled}.page_count");
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA {filled}.max_page_count = {Math.Max(1, now + pages)}"));
        try
        {
            fault.AlterUndisturbed(database);
            return null;
        }
        catch (MigrationsException exception)
        {
            return exception;
        }
        finally
        {
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA {filled}.max_page_count = {most}"));
        }
    }
}
