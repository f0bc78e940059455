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

    private static readonly int[] NotDenied = [raw.SQLITE_READ, raw.SQLITE_SELECT, raw.SQLITE_FUNCTION, SqliteRecursive];

    [TestCaseSource(typeof(FaultDatabase), nameof(FaultDatabase.All))]
    public void Denial_in_a_transaction_of_its_own_undoes_all(object altered, TestDatabaseKind kind)
    {
        FaultDatabase fault = (FaultDatabase)altered;
        HashSet<(int, string)> denied = [];

        FaultSweep.InItsOwnTransaction(fault, kind, Places(fault, inTransaction: false), (database, place) => Denied(fault, database, place, denied), "not authorized");

        Assert.That(fault.Written, Is.SubsetOf(denied));
        Assert.That(denied, Does.Contain((raw.SQLITE_TRANSACTION, "COMMIT")));
    }

    [TestCaseSource(typeof(FaultDatabase), nameof(FaultDatabase.All))]
    public void Denial_in_a_callers_transaction_undoes_the_alteration_only(object altered, TestDatabaseKind kind)
    {
        FaultDatabase fault = (FaultDatabase)altered;
        HashSet<(int, string)> denied = [];

        FaultSweep.InACallersTransaction(fault, kind, Places(fault, inTransaction: true), (database, place) => Denied(fault, database, place, denied), "not authorized");

        Assert.That(fault.Written, Is.SubsetOf(denied));
        Assert.That(denied, Does.Contain((raw.SQLITE_SAVEPOINT, "RELEASE")));
    }

    private static IEnumerable<int> Places(FaultDatabase fault, bool inTransaction)
    {
        using TestDatabase database = fault.Open(TestDatabaseKind.InMemory);
        database.Execute(inTransaction ? "PRAGMA foreign_keys = OFF; BEGIN" : "SELECT 1");
        return Enumerable.Range(1, Actions(fault, database, deniedPlace: -1, []).Count);
    }

    private static MigrationsException? Denied(FaultDatabase fault, TestDatabase database, int place, HashSet<(int, string)> denied) =>
        Actions(fault, database, place, denied).Exception;

    private static (int Count, MigrationsException? Exception) Actions(FaultDatabase fault, TestDatabase database, int deniedPlace, HashSet<(int, string)> denied)
    {
        int actions = 0;
        (int, string) last = default;
        raw.sqlite3_set_authorizer(
            database.Connection.Handle,
            (object _, int action, string first, string second, string _, string _) =>
            {
                if (!IsWrite(action, first, second) || ++actions != deniedPlace)
                {
                    return raw.SQLITE_OK;
                }

                last = (action, first);
                return raw.SQLITE_DENY;
            },
            null);
        try
        {
            fault.Alter(database);
            return (actions, null);
        }
        catch (MigrationsException exception)
        {
            denied.Add(last);
            return (actions, exception);
        }
        finally
        {
            raw.sqlite3_set_authorizer(database.Connection.Handle, (strdelegate_authorizer?)null, null);
        }
    }

    // Other pragmas are left alone: an authorizer that denies the one that restores a setting would be the last word on it.
    private static bool IsWrite(int action, string first, string? second) =>
        action == raw.SQLITE_PRAGMA ? first is "schema_version" && second is not null : !NotDenied.Contains(action);
}
