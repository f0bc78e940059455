using System.Reflection;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[Parallelizable(ParallelScope.All)]
internal sealed class DownCheckTests
{
    private static readonly EmittedStep Table = Step(
        1, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT /* a note */ DEFAULT 'x, (y')", "DROP TABLE t");

    [Test]
    public void EveryDown_thatGivesBackTheSchema_passes()
    {
        Assembly assembly = EmittedAssembly.Of(Table, Step(2, "ALTER TABLE t ADD COLUMN c", "ALTER TABLE t DROP COLUMN c"));

        Assert.That(() => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema(), Throws.Nothing);
    }

    [Test]
    public void EveryDown_thatLeavesSomethingElse_showsAllOfThem()
    {
        Assembly assembly = EmittedAssembly.Of(
            Table,
            Step(2, "ALTER TABLE t ADD COLUMN c NOT NULL DEFAULT 0", "SELECT 1"),
            Step(3, "CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t(b)", "CREATE VIEW w AS SELECT 1"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryDownGivesBackTheSchema()), Is.EqualTo("""
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

            Correct each Down so that it gives back what its Up changed. Where nothing can take it back, say so: EveryDownGivesBackTheSchema(except: <version>).
            """));
    }

    private static EmittedStep Step(long version, string up, string? down = null) =>
        new(version, migration => migration.Execute.Sql(up), down is null ? null : migration => migration.Execute.Sql(down));
}
