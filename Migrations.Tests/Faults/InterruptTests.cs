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

    [TestCaseSource(typeof(FaultDatabase), nameof(FaultDatabase.All))]
    public void Interrupt_in_a_transaction_of_its_own_undoes_all(object altered, TestDatabaseKind kind)
    {
        FaultDatabase fault = (FaultDatabase)altered;
        Assert.That(
            FaultSweep.InItsOwnTransaction(fault, kind, Places(fault, kind), (database, place) => Interrupted(fault, database, place), "interrupted"),
            Is.GreaterThan(MostPlaces / 2));
    }

    [TestCaseSource(typeof(FaultDatabase), nameof(FaultDatabase.All))]
    public void Interrupt_in_a_callers_transaction_undoes_the_alteration_at_least(object altered, TestDatabaseKind kind)
    {
        FaultDatabase fault = (FaultDatabase)altered;
        Assert.That(
            FaultSweep.InACallersTransaction(fault, kind, Places(fault, kind), (database, place) => Interrupted(fault, database, place), "interrupted"),
            Is.GreaterThan(MostPlaces / 2));
    }

    private static MigrationsException? Interrupted(FaultDatabase fault, TestDatabase database, int place)
    {
        int calls = 0;
        raw.sqlite3_progress_handler(database.Connection.Handle, OpcodesPerCall, _ => ++calls == place ? 1 : 0, null);
        try
        {
            fault.Alter(database);
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
    private static IEnumerable<int> Places(FaultDatabase fault, TestDatabaseKind kind)
    {
        using TestDatabase database = fault.Open(kind);
        int calls = 0;
        raw.sqlite3_progress_handler(database.Connection.Handle, OpcodesPerCall, _ => ++calls < 0 ? 1 : 0, null);
        fault.AlterUndisturbed(database);
        raw.sqlite3_progress_handler(database.Connection.Handle, 0, null, null);
        int step = Math.Max(1, calls / MostPlaces);
        return [.. Enumerable.Range(0, calls / step).Select(i => 1 + (i * step))];
    }
}
