using System.Reflection;
using FluentMigrator;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[Parallelizable(ParallelScope.All)]
internal sealed class StepCheckTests
{
    private const string WayOut =
        "Correct the migrations. If a migration can't meet such rows in any real database, give the rows that it can: On(new GeneratedRows().With(...)). "
        + "If rows go on purpose, say [LosesData(\"why\")]. If a Down can't take the rows of its Up, name its version: EveryStepWorksOnRows(exceptDowns: <version>).";

    private static readonly EmittedStep Tables = EmittedStep.Sql(
        1,
        """
        CREATE TABLE parent(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE child(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id), note TEXT)
        """,
        "DROP TABLE child; DROP TABLE parent");

    // Ten values for the numbers 1 to 10, so that what fails does so in the same words on any schema.
    private static readonly GeneratedRows Ten = new GeneratedRows { PerTable = 10 }
        .With("parent", "id", row => row)
        .With("parent", "name", row => $"name {row}")
        .With("child", "id", row => row)
        .With("child", "parent", row => row)
        .With("child", "note", row => row % 2 == 0 ? null : $"note {row}");

    [Test]
    public void EveryStep_thatKeepsRows_passes()
    {
        Assembly assembly = EmittedAssembly.Of(
            Tables,
            EmittedStep.Sql(2, "ALTER TABLE child ADD COLUMN extra TEXT", "ALTER TABLE child DROP COLUMN extra"),
            EmittedStep.Sql(3, "ALTER TABLE child RENAME TO kid", "ALTER TABLE kid RENAME TO child"),
            EmittedStep.Sql(4, "UPDATE parent SET name = name || '!'"));

        Assert.That(() => MigrationChecks.For(assembly).EveryStepWorksOnRows(), Throws.Nothing);
    }

    [Test]
    public void EveryStep_whoseUpFailsOnRows_showsTheError()
    {
        Assembly assembly = EmittedAssembly.Of(
            Tables,
            new EmittedStep(2, migration => migration.Alter.Column("note").OnTable("child").AsString().NotNullable(), _ => { }),
            EmittedStep.Sql(3, "CREATE UNIQUE INDEX i ON child(length(note))", "DROP INDEX i"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).On(Ten).EveryStepWorksOnRows()), Is.EqualTo($"""
            EveryStepWorksOnRows failed.

            Migration 2 (App.M2): the Up fails on a database with rows.
                Altering table "child" was refused: column "note" would be NULL in rows that are there, under NOT NULL or a key (5 rows: "id" = 2: NULL; "id" = 4: NULL; "id" = 6: NULL; "id" = 8: NULL; "id" = 10: NULL). Give these rows a value first, or convert them in the same batch.
                Statement: alteration of "child"

            Migration 3 (App.M3): the Up fails on a database with rows.
                SQLite Error 19: 'UNIQUE constraint failed: index 'i''.
                Statement: CREATE UNIQUE INDEX i ON child(length(note))

            {WayOut}
            """));
    }

    [Test]
    public void EveryStep_whoseUpLosesRows_showsThem()
    {
        Assembly assembly = EmittedAssembly.Of(
            Tables,
            new EmittedStep(2, migration => migration.Execute.Sql("DELETE FROM child WHERE id > 8"), _ => { }),
            EmittedStep.Sql(3, "DROP TABLE child", "CREATE TABLE child(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id), note TEXT)"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).On(Ten).EveryStepWorksOnRows()), Is.EqualTo($"""
            EveryStepWorksOnRows failed.

            Migration 2 (App.M2): the Up loses rows and does not say so.
                table "child": 2 of 10 rows are gone
                  ("id" = 9, "parent" = 9, "note" = 'note 9')
                  ("id" = 10, "parent" = 10, "note" = NULL)

            Migration 3 (App.M3): the Up loses rows and does not say so.
                table "child": dropped with 10 rows that are found in no other table
                  ("id" = 1, "parent" = 1, "note" = 'note 1')
                  ("id" = 2, "parent" = 2, "note" = NULL)
                  ("id" = 3, "parent" = 3, "note" = 'note 3')

            {WayOut}
            """));
    }

    [Test]
    public void EveryStep_thatSaysItLosesData_mayLoseRows()
    {
        Assembly assembly = EmittedAssembly.Of(
            Tables, new EmittedStep(2, migration => migration.Execute.Sql("DELETE FROM child WHERE id > 8"), _ => { }, LosesData: "They are too many."));

        Assert.That(() => MigrationChecks.For(assembly).On(Ten).EveryStepWorksOnRows(), Throws.Nothing);
    }

    [Test]
    public void EveryStep_whoseDownFailsOnRowsOrLosesThem_saysSo()
    {
        Assembly assembly = EmittedAssembly.Of(
            Tables,
            EmittedStep.Sql(2, "SELECT 1", "DELETE FROM child WHERE id = 1"),
            EmittedStep.Sql(3, "CREATE INDEX i ON child(note)", "CREATE UNIQUE INDEX u ON child(length(note)); DROP INDEX u; DROP INDEX i"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).On(Ten).EveryStepWorksOnRows()), Is.EqualTo($"""
            EveryStepWorksOnRows failed.

            Migration 2 (App.M2): the Down loses rows that were there at version 1.
                table "child": 1 of 10 rows is gone
                  ("id" = 1, "parent" = 1, "note" = 'note 1')

            Migration 3 (App.M3): the Down fails on the rows that the Up left.
                SQLite Error 19: 'UNIQUE constraint failed: index 'u''.
                Statement: CREATE UNIQUE INDEX u ON child(length(note)); DROP INDEX u; DROP INDEX i

            {WayOut}
            """));
    }

    [Test]
    public void EveryStep_thatLeavesBrokenViewsAndTriggers_namesThem()
    {
        Assembly assembly = EmittedAssembly.Of(
            EmittedStep.Sql(1, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE log(x TEXT)", "DROP TABLE t; DROP TABLE log"),
            EmittedStep.Sql(
                2,
                "CREATE VIEW v AS SELECT missing FROM t; CREATE TRIGGER g AFTER UPDATE ON t BEGIN INSERT INTO log(y) VALUES (new.a); END",
                "DROP VIEW v; DROP TRIGGER g"));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryStepWorksOnRows()), Is.EqualTo($"""
            EveryStepWorksOnRows failed.

            Migration 2 (App.M2): the Up leaves a database that is not in order.
                view "v" does not compile: SQLite Error 1: 'no such column: missing'.
                trigger "g" on "t" does not compile: SQLite Error 1: 'table log has no column named y'.

            {WayOut}
            """));
    }

    [Test]
    public void EveryStep_thatLeavesReferencesToNothing_namesThem()
    {
        Assembly assembly = EmittedAssembly.Of(
            Tables,
            new EmittedStep(
                2, migration => migration.Execute.Sql("PRAGMA foreign_keys = OFF; UPDATE child SET parent = parent + 100 WHERE id < 4"), _ => { }, TransactionBehavior.None));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).On(Ten).EveryStepWorksOnRows()), Is.EqualTo($"""
            EveryStepWorksOnRows failed.

            Migration 2 (App.M2): the Up leaves a database that is not in order.
                3 rows of "child" refer to rows of "parent" that are not there (rowid 1, 2, 3)

            {WayOut}
            """));
    }

    [Test]
    public void EveryStep_whoseSchemaDependsOnRows_showsTheDifference()
    {
        Assembly assembly = EmittedAssembly.Of(
            EmittedStep.Sql(1, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)", "DROP TABLE t"),
            new EmittedStep(2, OnlyWithRows, migration => migration.Execute.Sql("DROP TABLE IF EXISTS archive")));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryStepWorksOnRows()), Is.EqualTo($"""
            EveryStepWorksOnRows failed.

            Migration 2 (App.M2): the Up makes another schema of a database with rows (- without rows, + with rows).
                table "archive": not expected

            {WayOut}
            """));
    }

    [Test]
    public void EveryStep_whoseDownIsNamedAsException_passes()
    {
        Assembly assembly = EmittedAssembly.Of(Tables, EmittedStep.Sql(2, "SELECT 1", "CREATE UNIQUE INDEX u ON child(length(note))"));

        Assert.That(() => MigrationChecks.For(assembly).On(Ten).EveryStepWorksOnRows(exceptDowns: 2), Throws.Nothing);
    }

    [Test]
    public void EveryStep_exceptionsThatAreNotNeeded_areErrors()
    {
        Assembly assembly = EmittedAssembly.Of(Tables);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryStepWorksOnRows(exceptDowns: [1, 9])), Is.EqualTo($"""
            EveryStepWorksOnRows failed.

            Migration 1 (App.M1): it is named as an exception, and its Down takes the rows. Leave it out of the exceptions.

            Migration 9: it is named as an exception, and there is no such migration. Leave it out of the exceptions.

            {WayOut}
            """));
    }

    [Test]
    public void EveryStep_whereNoRowsAreFound_saysWhichRowsToGive()
    {
        Assembly assembly = EmittedAssembly.Of(
            EmittedStep.Sql(1, "CREATE TABLE t(a TEXT NOT NULL CHECK (a > 'b' AND a < 'a'))", "DROP TABLE t"), EmittedStep.Sql(2, "SELECT 1", "SELECT 1"));

        string text = CheckText.Of(assembly, () => MigrationChecks.For(assembly).EveryStepWorksOnRows());

        Assert.That(text, Does.Contain(
            "Migration 1 (App.M1): no rows were found for the schema of this version. Give values for a column, or leave a table empty: On(new GeneratedRows().With(...)).\n    "));
        Assert.That(() => MigrationChecks.For(assembly).On(new GeneratedRows().Without("t")).EveryStepWorksOnRows(), Throws.Nothing);
    }

    internal static void OnlyWithRows(Migration migration) => migration.Execute.WithConnection((connection, transaction) =>
    {
        using System.Data.IDbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT count(*) FROM t";
        if (Convert.ToInt64(command.ExecuteScalar(), null) > 0)
        {
            command.CommandText = "CREATE TABLE archive(a TEXT)";
            command.ExecuteNonQuery();
        }
    });
}
