using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>An alteration that is interrupted, wherever that happens, leaves the database as it was.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class InterruptTests
{
    private const int MostPlaces = 80;
    private const int OpcodesPerCall = 20;

    [Test]
    public void Interrupt_in_a_transaction_of_its_own_undoes_all([Values] TestDatabaseKind kind) =>
        Assert.That(
            FaultSweep.InItsOwnTransaction(kind, Places(kind), Interrupted, "interrupted"),
            Is.GreaterThan(MostPlaces / 2));

    [Test]
    public void Interrupt_in_a_callers_transaction_undoes_the_alteration_at_least() =>
        Assert.That(
            FaultSweep.InACallersTransaction(TestDatabaseKind.InMemory, Places(TestDatabaseKind.InMemory), Interrupted, "interrupted"),
            Is.GreaterThan(MostPlaces / 2));

    private static MigrationsException? Interrupted(TestDatabase database, int place)
    {
        int calls = 0;
        raw.sqlite3_progress_handler(database.Connection.Handle, OpcodesPerCall, _ => ++calls == place ? 1 : 0, null);
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
            raw.sqlite3_progress_handler(database.Connection.Handle, 0, null, null);
        }
    }

    // Counted on a run that is left alone, then spread evenly.
    private static IEnumerable<int> Places(TestDatabaseKind kind)
    {
        using TestDatabase database = FaultDatabase.Open(kind);
        int calls = 0;
        raw.sqlite3_progress_handler(database.Connection.Handle, OpcodesPerCall, _ => ++calls < 0 ? 1 : 0, null);
        FaultDatabase.Alter(database);
        raw.sqlite3_progress_handler(database.Connection.Handle, 0, null, null);
        int step = Math.Max(1, calls / MostPlaces);
        return [.. Enumerable.Range(0, calls / step).Select(i => 1 + (i * step))];
    }
}
