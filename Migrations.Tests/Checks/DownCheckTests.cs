using System.Reflection;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[Parallelizable(ParallelScope.All)]
internal sealed class DownCheckTests
{
    private const string WayOut =
        "Correct each Down so that it gives back what its Up changed. Where nothing can take it back, say so: EveryDownGivesBackTheSchema(except: <version>).";

    private static readonly EmittedStep Table = EmittedStep.Sql(
        1, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT /* a note */ DEFAULT 'x, (y')", "DROP TABLE t");

    private static readonly EmittedStep OneWay = EmittedStep.Sql(2, "ALTER TABLE t ADD COLUMN c");

    [Test]
    public void EveryDown_thatGivesBackTheSchema_passes()
    {
        Assembly assembly = EmittedAssembly.Of(Table, EmittedStep.Sql(2, "ALTER TABLE t ADD COLUMN c", "ALTER TABLE t DROP COLUMN c"));

        Assert.That(() => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema(), Throws.Nothing);
    }

    [Test]
    public void EveryDown_thatLeavesSomethingElse_showsAllOfThem()
    {
        Assembly assembly = EmittedAssembly.Of(
            Table,
            EmittedStep.Sql(2, "ALTER TABLE t ADD COLUMN c NOT NULL DEFAULT 0", "SELECT 1"),
            EmittedStep.Sql(3, "CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t(b)", "CREATE VIEW w AS SELECT 1"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema()), Is.EqualTo($"""
            EveryDownGivesBackTheSchema failed.

            Migration 2 (App.M2): after the Down the schema is not that of version 1 (- as it was, + after Up and Down).
                column "t"."c": not expected
                  CREATE TABLE t(
                      a INTEGER PRIMARY KEY,
                      b TEXT /* a note */ DEFAULT 'x, (y',
                +     c NOT NULL DEFAULT 0
                  )

            Migration 3 (App.M3): after the Down the schema is not that of version 2 (- as it was, + after Up and Down).
                index "i": not expected
                view "v": not expected
                view "w": not expected

            {WayOut}
            """));
    }

    [Test]
    public void EveryDown_thatIsMissingOrFails_isNamedWithItsError()
    {
        Assembly assembly = EmittedAssembly.Of(Table, OneWay, EmittedStep.Sql(3, "CREATE INDEX i ON t(b)", "DROP INDEX j"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema()), Is.EqualTo($"""
            EveryDownGivesBackTheSchema failed.

            Migration 2 (App.M2): it has no Down.
                This migration has no way down.

            Migration 3 (App.M3): the Down fails.
                SQLite Error 1: 'no such index: j'.
                Statement: DROP INDEX j

            {WayOut}
            """));
    }

    [Test]
    public void EveryDown_thatIsNamedAsException_passes()
    {
        Assembly assembly = EmittedAssembly.Of(Table, OneWay);

        Assert.That(() => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema(except: 2), Throws.Nothing);
    }

    [Test]
    public void EveryDown_exceptionsThatAreNotNeeded_areErrors()
    {
        Assembly assembly = EmittedAssembly.Of(Table, OneWay);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema(1, 2, 7)), Is.EqualTo($"""
            EveryDownGivesBackTheSchema failed.

            Migration 1 (App.M1): it is named as an exception, and its Down gives back the schema. Leave it out of the exceptions.

            Migration 7: it is named as an exception, and there is no such migration. Leave it out of the exceptions.

            {WayOut}
            """));
    }

    [Test]
    public void EveryDown_behindAnUpThatFails_namesThatOnce()
    {
        Assembly assembly = EmittedAssembly.Of(
            Table, EmittedStep.Sql(2, "CREATE INDEX i ON nowhere(a)", "DROP INDEX i"), EmittedStep.Sql(3, "SELECT 1", "SELECT 1"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema()), Is.EqualTo($"""
            EveryDownGivesBackTheSchema failed.

            Migration 2 (App.M2): the Up fails on a database without rows.
                SQLite Error 1: 'no such table: main.nowhere'.
                Statement: CREATE INDEX i ON nowhere(a)

            {WayOut}
            """));
    }

    [Test]
    public void EveryDown_failed_hasTheFacts()
    {
        Assembly assembly = EmittedAssembly.Of(Table, EmittedStep.Sql(2, "ALTER TABLE t ADD COLUMN c", "SELECT 1"));

        MigrationCheckException error = Assert.Throws<MigrationCheckException>(() => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema())!; // It throws.

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Check, Is.EqualTo("EveryDownGivesBackTheSchema"));
            Assert.That(error.Failures.ToString(), Is.EqualTo("1 failure"));
            Assert.That(error.Failures[0].Version, Is.EqualTo(2));
            Assert.That(error.Failures[0].Migration, Does.EndWith(".M2"));
            Assert.That(error.Failures[0].Differences.Select(difference => difference.Object), Is.EqualTo(["column \"t\".\"c\""]));
        }
    }
}
