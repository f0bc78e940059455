using Migrations.Core;
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
    private const int SqliteRecursive = 33;

    // Pragmas are left alone: an authorizer that denies the one that restores a setting would be the last word on it.
    private static readonly int[] NotDenied = [raw.SQLITE_READ, raw.SQLITE_SELECT, raw.SQLITE_FUNCTION, raw.SQLITE_PRAGMA, SqliteRecursive];

    [Test]
    public void Denial_in_a_transaction_of_its_own_undoes_all([Values(TestDatabaseKind.InMemory, TestDatabaseKind.WalFile)] TestDatabaseKind kind) =>
        Assert.That(FaultSweep.InItsOwnTransaction(kind, Places(inTransaction: false), Denied, "not authorized"), Is.GreaterThan(30));

    [Test]
    public void Denial_in_a_callers_transaction_undoes_the_alteration_only() =>
        Assert.That(FaultSweep.InACallersTransaction(TestDatabaseKind.InMemory, Places(inTransaction: true), Denied, "not authorized"), Is.GreaterThan(30));

    private static IEnumerable<int> Places(bool inTransaction)
    {
        using TestDatabase database = FaultDatabase.Open(TestDatabaseKind.InMemory);
        database.Execute(inTransaction ? "PRAGMA foreign_keys = OFF; BEGIN" : "SELECT 1");
        return Enumerable.Range(1, Actions(database, denied: -1).Count);
    }

    private static MigrationsException? Denied(TestDatabase database, int place) => Actions(database, place).Exception;

    private static (int Count, MigrationsException? Exception) Actions(TestDatabase database, int denied)
    {
        int actions = 0;
        raw.sqlite3_set_authorizer(
            database.Connection.Handle,
            (object _, int action, string _, string _, string _, string _) =>
                !NotDenied.Contains(action) && ++actions == denied ? raw.SQLITE_DENY : raw.SQLITE_OK,
            null);
        try
        {
            FaultDatabase.Alter(database);
            return (actions, null);
        }
        catch (MigrationsException exception)
        {
            return (actions, exception);
        }
        finally
        {
            raw.sqlite3_set_authorizer(database.Connection.Handle, (strdelegate_authorizer?)null, null);
        }
    }
}
