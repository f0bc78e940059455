using System.Reflection;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[Parallelizable(ParallelScope.All)]
internal sealed class UpgradeCheckTests
{
    private const string WayOut = "Correct the migrations that have not been released yet, or add one that brings both to the same schema.";

    private static readonly EmittedStep Table = EmittedStep.Sql(1, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)", "DROP TABLE t");

    private static readonly EmittedStep Column = EmittedStep.Sql(2, "ALTER TABLE t ADD COLUMN b INTEGER NOT NULL DEFAULT 0", "ALTER TABLE t DROP COLUMN b");

    [Test]
    public void FreshAndUpgraded_thatMeanTheSame_pass()
    {
        Assembly assembly = EmittedAssembly.Of(
            Table,
            Column,
            EmittedStep.Sql(3, "CREATE TABLE settings(id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL)"),
            EmittedStep.Sql(4, "CREATE UNIQUE INDEX i ON t(a, b)"));

        Assert.That(() => MigrationChecks.For(assembly).FreshAndUpgradedMeanTheSame(), Throws.Nothing);
    }

    [Test]
    public void FreshAndUpgraded_whereRowsDecide_showTheDifference()
    {
        Assembly assembly = EmittedAssembly.Of(Table, new EmittedStep(2, StepCheckTests.OnlyWithRows), EmittedStep.Sql(3, "SELECT 1"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).FreshAndUpgradedMeanTheSame()), Is.EqualTo($"""
            FreshAndUpgradedMeanTheSame failed.

            a database with rows of version 1, upgraded to 3, does not mean the same as a new one (- new, + upgraded).
                table "archive": not expected

            {WayOut}
            """));
    }

    [Test]
    public void FreshAndUpgraded_whereRowsOfALaterVersionDecide_nameTheMigration()
    {
        Assembly assembly = EmittedAssembly.Of(
            EmittedStep.Sql(1, "CREATE TABLE first(a TEXT)"), EmittedStep.Sql(2, "CREATE TABLE t(a TEXT)"), new EmittedStep(3, StepCheckTests.OnlyWithRows), EmittedStep.Sql(4, "SELECT 1"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).FreshAndUpgradedMeanTheSame()), Is.EqualTo($"""
            FreshAndUpgradedMeanTheSame failed.

            Migration 3 (App.M3): since this one a database with rows of all earlier versions, upgraded to 4, does not mean the same as a new one (- new, + upgraded).
                table "archive": not expected

            {WayOut}
            """));
    }

    [Test]
    public void FreshAndUpgraded_whereTheUpgradeFails_namesTheMigration()
    {
        Assembly assembly = EmittedAssembly.Of(Table, EmittedStep.Sql(2, "CREATE UNIQUE INDEX i ON t(1 + 0 * id)"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).FreshAndUpgradedMeanTheSame()), Is.EqualTo($"""
            FreshAndUpgradedMeanTheSame failed.

            Migration 2 (App.M2): the Up fails on a database with rows of version 1.
                SQLite Error 19: 'UNIQUE constraint failed: index 'i''.
                Statement: CREATE UNIQUE INDEX i ON t(1 + 0 * id)

            {WayOut}
            """));
    }

    [Test]
    public void FreshAndUpgraded_byAScriptThatMeansTheSame_pass()
    {
        Assembly assembly = EmittedAssembly.Of(Table, Column);

        Assert.That(
            () => MigrationChecks.For(assembly).FreshAndUpgradedMeanTheSame("create table T(ID integer primary key, A text, b INTEGER DEFAULT (0) NOT NULL)"),
            Throws.Nothing);
    }

    [Test]
    public void FreshAndUpgraded_byAScriptThatIsBehind_showTheDifferenceOnce()
    {
        Assembly assembly = EmittedAssembly.Of(Table, Column);

        Assert.That(
            CheckText.Of(assembly, () => MigrationChecks.For(assembly).FreshAndUpgradedMeanTheSame("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)")),
            Is.EqualTo($"""
                FreshAndUpgradedMeanTheSame failed.

                what the migrations make does not mean the same as a new database (- new, + migrations).
                    column "t"."b": not expected
                      CREATE TABLE t(
                          id INTEGER PRIMARY KEY,
                          a TEXT,
                    +     b INTEGER NOT NULL DEFAULT 0
                      )

                {WayOut}
                """));
    }
}
