using System.Reflection;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[Parallelizable(ParallelScope.All)]
internal sealed class LossCheckTests
{
    private const string WayOut =
        "Keep the data, as by converting it into what comes instead; or, if it may go, say so at the class: [LosesData(\"why\")].";

    private static readonly EmittedStep Table = EmittedStep.Sql(1, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, n REAL)");

    private static readonly GeneratedRows Rows = new GeneratedRows { PerTable = 8 }
        .With("t", "id", row => row)
        .With("t", "a", row => row == 8 ? null : $"value {row}")
        .With("t", "n", row => row / 4.0);

    [TestCase("ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'", TestName = "a column comes")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO b", TestName = "a column is renamed")]
    [TestCase("ALTER TABLE t ADD COLUMN b; UPDATE t SET b = a; ALTER TABLE t DROP COLUMN a", TestName = "a column is moved by hand")]
    [TestCase("ALTER TABLE t RENAME TO u", TestName = "a table is renamed")]
    [TestCase("CREATE TABLE u(k INTEGER PRIMARY KEY, b TEXT, m REAL); INSERT INTO u SELECT id, a, n FROM t; DROP TABLE t", TestName = "a table is moved by hand")]
    [TestCase("CREATE TABLE u(a, n, id); INSERT INTO u SELECT a, n, id FROM t ORDER BY id DESC; DROP TABLE t; ALTER TABLE u RENAME TO t", TestName = "rows change places")]
    [TestCase("UPDATE t SET id = id + 100, a = upper(a), n = n * 3 + 1", TestName = "all values are converted")]
    [TestCase("UPDATE t SET a = 'none' WHERE a IS NULL", TestName = "NULL is replaced")]
    [TestCase("CREATE TABLE u AS SELECT id, a FROM t; CREATE TABLE w AS SELECT * FROM t WHERE id > 5; DELETE FROM t WHERE id > 5", TestName = "rows go into another table")]
    [TestCase("CREATE TABLE texts(text TEXT); INSERT INTO texts SELECT DISTINCT a FROM t; ALTER TABLE t DROP COLUMN a", TestName = "values go into a table of their own")]
    [TestCase("ALTER TABLE t ADD COLUMN original; UPDATE t SET original = n, n = round(n)", TestName = "values are rounded beside the original")]
    [TestCase("CREATE TABLE u(id INTEGER PRIMARY KEY, a TEXT, n TEXT); INSERT INTO u SELECT * FROM t; DROP TABLE t; ALTER TABLE u RENAME TO t", TestName = "numbers become texts")]
    [TestCase("UPDATE t SET a = n, n = a", TestName = "values change places")]
    public void Losses_whereNothingIsLost_arePassed(string sql)
    {
        Assembly assembly = EmittedAssembly.Of(Table, EmittedStep.Sql(2, sql));

        Assert.That(() => MigrationChecks.For(assembly).On(Rows).LossesAreDeclared(), Throws.Nothing);
    }

    private static IEnumerable<TestCaseData<string, string>> Losing()
    {
        yield return new("ALTER TABLE t DROP COLUMN a", """
            column "t"."a": dropped with values in 7 rows that are found nowhere else
              'value 1', "id" = 1
              'value 2', "id" = 2
              'value 3', "id" = 3
            """) { TestName = "a column is dropped" };
        yield return new("ALTER TABLE t ADD COLUMN b; UPDATE t SET b = a WHERE id <> 2; ALTER TABLE t DROP COLUMN a", """
            column "t"."a": dropped with values in 7 rows that are found nowhere else
            """) { TestName = "a column is moved but for one value" };
        yield return new("DROP TABLE t", """
            table "t": dropped with 8 rows that are found in no other table
              ("id" = 1, "a" = 'value 1', "n" = 0.25)
            """) { TestName = "a table is dropped" };
        yield return new("DELETE FROM t WHERE id IN (3, 5)", """
            table "t": 2 of 8 rows are gone
              ("id" = 3, "a" = 'value 3', "n" = 0.75)
              ("id" = 5, "a" = 'value 5', "n" = 1.25)
            """) { TestName = "rows are deleted" };
        yield return new("CREATE TABLE u(a TEXT, n REAL); INSERT INTO u SELECT a, n FROM t WHERE id <> 2; DROP TABLE t; ALTER TABLE u RENAME TO t", """
            table "t": 1 of 8 rows is gone
              ("id" = 2, "a" = 'value 2', "n" = 0.5)
            """) { TestName = "a row is left behind, and the others get other rowids" };
        yield return new("UPDATE t SET n = round(n)", """
            column "t"."n": 7 values that differed became 2
              0.5 and 0.75 became 1.0, "id" = 2 and "id" = 3
            """) { TestName = "values are rounded" };
        yield return new("UPDATE t SET a = NULL WHERE id > 5", """
            column "t"."a": 2 values became NULL
              'value 6', "id" = 6
              'value 7', "id" = 7
            """) { TestName = "values become NULL" };
        yield return new("UPDATE t SET a = 'x'", """
            column "t"."a": 7 values that differed became 1
              'value 1' and 'value 2' became 'x', "id" = 1 and "id" = 2
            """) { TestName = "all values become one" };
        yield return new("CREATE TABLE u(id INTEGER PRIMARY KEY, n REAL); INSERT INTO u SELECT id, n FROM t; DROP TABLE t", """
            column "t"."a": dropped with values in 7 rows that are found nowhere else
            """) { TestName = "a table is renamed and loses a column" };
    }

    [TestCaseSource(nameof(Losing))]
    public void Losses_thatAreNotDeclared_areShownAndPassWhenDeclared(string sql, string lines)
    {
        Assembly silent = EmittedAssembly.Of(Table, EmittedStep.Sql(2, sql));
        Assembly declared = EmittedAssembly.Of(Table, new EmittedStep(2, migration => migration.Execute.Sql(sql), LosesData: "Nobody reads it."));

        string text = CheckText.Of(silent, () => MigrationChecks.For(silent).On(Rows).LossesAreDeclared());

        Assert.That(text, Does.StartWith("LossesAreDeclared failed.\n\nMigration 2 (App.M2): it loses data and does not say so.\n    "));
        Assert.That(text, Does.EndWith("\n\n" + WayOut));
        Assert.That(text, Does.Contain("    " + lines.Replace("\n", "\n    ", StringComparison.Ordinal)));
        Assert.That(() => MigrationChecks.For(declared).On(Rows).LossesAreDeclared(), Throws.Nothing);
    }

    [Test]
    public void Losses_thatAreDeclaredAndNotThere_areAnError()
    {
        Assembly assembly = EmittedAssembly.Of(Table, new EmittedStep(2, migration => migration.Execute.Sql("UPDATE t SET n = n * 2"), LosesData: "Rounded."));

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).On(Rows).LossesAreDeclared()), Is.EqualTo($"""
            LossesAreDeclared failed.

            Migration 2 (App.M2): it says that it loses data, and loses none in any generated rows. Take [LosesData] away, or give the rows in which it does: On(new GeneratedRows().With(...)).
                [LosesData("Rounded.")]

            {WayOut}
            """));
    }

    [Test]
    public void Losses_thatAreRare_areLookedForInMoreRows()
    {
        GeneratedRows rows = new GeneratedRows { PerTable = 5 }.With("t", "id", row => row).With("t", "n", row => (double)row);
        Assembly assembly = EmittedAssembly.Of(Table, new EmittedStep(2, migration => migration.Execute.Sql("DELETE FROM t WHERE id = 20"), LosesData: "Rare."));

        Assert.That(() => MigrationChecks.For(assembly).On(rows).LossesAreDeclared(), Throws.Nothing);
    }

    [Test]
    public void Losses_ofRowsWhoseKeyIsConverted_areNone()
    {
        Assembly assembly = EmittedAssembly.Of(
            EmittedStep.Sql(1, "CREATE TABLE k(name TEXT PRIMARY KEY) WITHOUT ROWID; CREATE TABLE p(x TEXT, y TEXT, z TEXT, PRIMARY KEY (x, y)) WITHOUT ROWID"),
            EmittedStep.Sql(2, "UPDATE k SET name = 'k:' || name; UPDATE p SET x = 'p' || x"));

        Assert.That(() => MigrationChecks.For(assembly).LossesAreDeclared(), Throws.Nothing);
    }
}
