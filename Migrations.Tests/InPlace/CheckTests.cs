using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.InPlace;

/// <summary>CHECKs that SQLite takes as text and that no row can meet.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CheckTests
{
    [TestCase("a < date('now')")]
    [TestCase("a < CURRENT_TIMESTAMP")]
    [TestCase("a < DateTime()")]
    public void Check_that_asks_for_the_time_does_not_come_over_rows_that_no_write_could_follow(string expression)
    {
        using TestDatabase database = TestDatabase.Open(TestDatabaseKind.InMemory).Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, '1999-01-01')");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        MigrationsException? refused = null;
        try
        {
            TableAlterer.Alter(database.Connection, "t", [new AddCheck(null, expression)], new AlterationOptions());
        }
        catch (MigrationsException e)
        {
            refused = e;
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        }

        if (refused is null)
        {
            Assert.That(() => database.Execute("INSERT INTO t VALUES (2, '1999-01-01')"), Throws.Nothing);
        }
    }

    [Test]
    public void Check_with_a_parameter_is_refused_before_a_write([Values] RebuildMode mode)
    {
        using TestDatabase database = TestDatabase.Open(TestDatabaseKind.InMemory).Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x')");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        Assert.That(
            () => TableAlterer.Alter(database.Connection, "t", [new AddCheck(null, "a > ?")], new AlterationOptions { Mode = mode }),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("parameter"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }
}
