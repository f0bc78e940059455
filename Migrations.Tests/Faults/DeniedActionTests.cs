using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>
/// Each statement of an alteration fails in its turn: SQLite's authorizer denies the k-th thing that any of them wants to
/// write, for every k. The database is as it was each time, and a retry succeeds.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class DeniedActionTests
{
    [TestCaseSource(typeof(FaultDatabase), nameof(FaultDatabase.All))]
    public void Denial_in_a_transaction_of_its_own_undoes_all(object altered, TestDatabaseKind kind)
    {
        FaultDatabase fault = (FaultDatabase)altered;
        DeniedActions denied = new(fault, inTransaction: false);

        FaultSweep.InItsOwnTransaction(fault, kind, denied.Places, denied.Alter, "not authorized");

        Assert.That(fault.Written, Is.SubsetOf(denied.Denied));
        Assert.That(denied.Denied, Does.Contain((raw.SQLITE_TRANSACTION, "COMMIT")));
    }

    [TestCaseSource(typeof(FaultDatabase), nameof(FaultDatabase.All))]
    public void Denial_in_a_callers_transaction_undoes_the_alteration_only(object altered, TestDatabaseKind kind)
    {
        FaultDatabase fault = (FaultDatabase)altered;
        DeniedActions denied = new(fault, inTransaction: true);

        FaultSweep.InACallersTransaction(fault, kind, denied.Places, denied.Alter, "not authorized");

        Assert.That(fault.Written, Is.SubsetOf(denied.Denied));
        Assert.That(denied.Denied, Does.Contain((raw.SQLITE_SAVEPOINT, "RELEASE")));
    }
}
