using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Preservation;

/// <summary>What would lose or bend something is refused before the first write, by name and with the rows at fault.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RefusalTests
{
    private static IEnumerable<string> OfSchemas => RefusalCases.OfSchemas.Select(refusal => refusal.Name);

    private static IEnumerable<string> OfRows => RefusalCases.OfRows.Select(refusal => refusal.Name);

    private static IEnumerable<string> OfTheFixture => RefusalCases.OfTheFixture.Select(refusal => refusal.Name);

    [Test]
    public void Alter_is_refused_when_the_schema_forbids([ValueSource(nameof(OfSchemas))] string name, [Values] bool inTransaction) =>
        AssertRefused(RefusalCases.OfSchemas.Single(refusal => refusal.Name == name), inTransaction);

    [Test]
    public void Alter_is_refused_with_the_rows_when_rows_forbid([ValueSource(nameof(OfRows))] string name, [Values] bool inTransaction)
    {
        RowsRefusedException exception = (RowsRefusedException)AssertRefused(RefusalCases.OfRows.Single(refusal => refusal.Name == name), inTransaction);

        Assert.That(exception.Count, Is.GreaterThan(0));
        Assert.That(exception.Rows, Is.Not.Empty.And.Count.LessThanOrEqualTo(10));
        Assert.That(exception.Table, Is.EqualTo("t"));
        Assert.That(exception.Message, Does.Contain(exception.Rows[0].Key));
    }

    [Test]
    public void Alter_of_the_fixture_is_refused([ValueSource(nameof(OfTheFixture))] string name)
    {
        RefusalCase refusal = RefusalCases.OfTheFixture.Single(refusal => refusal.Name == name);
        using PreservationDatabase database = PreservationDatabase.Open(PreservationPlace.InMemory);
        DatabaseSnapshot before = database.Snapshot();

        Exception exception = Assert.Catch(() => TableAlterer.Alter(database.Connection, refusal.Table, refusal.Changes, new AlterationOptions()))!; // Catch gives it

        Check(refusal, exception);
        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle), Is.Not.Zero);
        database.Snapshot().AssertSameAs(before);
        Assert.That(database.Behaviour().DifferencesFrom(PreservationDatabase.BehaviourBefore, []), Is.Empty);
    }

    private static Exception AssertRefused(RefusalCase refusal, bool inTransaction)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute("PRAGMA foreign_keys = OFF").Execute(refusal.Sql);
        if (inTransaction)
        {
            database.Execute("BEGIN; CREATE TABLE callers(a); INSERT INTO callers VALUES (1)");
        }
        else
        {
            database.Execute("PRAGMA foreign_keys = ON");
        }

        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Exception exception = Assert.Catch(() => TableAlterer.Alter(database.Connection, refusal.Table, refusal.Changes, new AlterationOptions()))!; // Catch gives it

        Check(refusal, exception);
        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle) == 0, Is.EqualTo(inTransaction));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        return exception;
    }

    private static void Check(RefusalCase refusal, Exception exception)
    {
        Assert.That(exception, Is.TypeOf(refusal.Error), exception.ToString());
        foreach (string name in refusal.Named)
        {
            Assert.That(exception.Message, Does.Contain(name));
        }
    }
}
