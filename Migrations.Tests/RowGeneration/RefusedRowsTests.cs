using Migrations.Testing;
using Migrations.Testing.Generation;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.RowGeneration;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RefusedRowsTests
{
    [Test]
    public void Fill_of_a_table_that_takes_no_row_names_table_constraint_last_row_and_the_way_out()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE before (a); CREATE TABLE t (a INTEGER, b INTEGER NOT NULL, CONSTRAINT never CHECK (a IS NOT NULL AND a > b AND b > a))");
        RowsNotFoundException error = Error(database, new GeneratedRows());
        Assert.Multiple(() =>
        {
            Assert.That(error.Table, Is.EqualTo("t"));
            Assert.That(error.Reason, Is.EqualTo("CHECK constraint failed: never"));
            Assert.That(error.LastRow, Does.Match("^\"a\" = .+, \"b\" = .+$"));
            Assert.That(error.Message, Does.Contain("\"t\"").And.Contain("CHECK constraint failed: never").And.Contain(error.LastRow!).And.Contain("GeneratedRows.With(\"t\", column, row => value)"));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM before"), Is.Zero);
        });
    }

    [Test]
    public void Fill_of_a_table_whose_trigger_always_refuses_tells_the_message_of_the_trigger()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (a); CREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'closed today'); END");
        Assert.That(Error(database, new GeneratedRows()).Reason, Is.EqualTo("closed today"));
    }

    [Test]
    public void Fill_of_a_table_whose_trigger_rolls_back_tells_so_and_leaves_nothing()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE s (a); CREATE TABLE t (a INTEGER NOT NULL); CREATE TRIGGER g BEFORE INSERT ON t WHEN NEW.a = 0 BEGIN SELECT RAISE(ROLLBACK, 'not zero'); END");
        Assert.Multiple(() =>
        {
            Assert.That(Error(database, new GeneratedRows()).Message, Does.Contain("not zero").And.Contain("RAISE(ROLLBACK)"));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM s"), Is.Zero);
            Assert.That(RowGenerator.Fill(database.Connection, new GeneratedRows().With("t", "a", row => row), after: null)["t"], Is.EqualTo(20));
        });
    }

    [Test]
    public void Fill_of_a_table_whose_trigger_does_not_compile_tells_what_SQLite_says()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (a); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO nowhere VALUES (1); END");
        Assert.That(Error(database, new GeneratedRows()).Reason, Does.Contain("no such table: main.nowhere"));
    }

    [Test]
    public void Without_leaves_a_table_empty_and_keys_to_it_NULL()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p, v)");
        IReadOnlyDictionary<string, int> added = RowGenerator.Fill(database.Connection, new GeneratedRows().Without("P"), after: null);
        Assert.Multiple(() =>
        {
            Assert.That(added.Keys, Is.EqualTo(new[] { "c" }));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM p"), Is.Zero);
            Assert.That(database.Scalar<long>("SELECT count(*) FROM c WHERE p IS NULL"), Is.EqualTo(20));
        });
    }

    [Test]
    public void Without_a_table_that_rows_of_another_need_names_that_other_one()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER NOT NULL REFERENCES p)");
        RowsNotFoundException error = Error(database, new GeneratedRows().Without("p"));
        Assert.Multiple(() =>
        {
            Assert.That(error.Table, Is.EqualTo("c"));
            Assert.That(error.Message, Does.Contain("\"p\"").And.Contain("left empty").And.Contain("GeneratedRows.Without(\"c\")"));
        });
    }

    [Test]
    public void With_gives_a_column_the_users_values_by_row_number()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, \"When\" TEXT NOT NULL, p INTEGER NOT NULL REFERENCES t)");
        GeneratedRows rows = new GeneratedRows { PerTable = 3 }
            .With("T", "id", row => row * 100)
            .With("t", "when", row => new DateOnly(2024, 1, row))
            .With("t", "p", _ => 100);
        RowGenerator.Fill(database.Connection, rows, after: null);
        Assert.That(database.Rows("SELECT id, \"When\", p FROM t ORDER BY id"), Is.EqualTo(new object[][] { [100L, "2024-01-01", 100L], [200L, "2024-01-02", 100L], [300L, "2024-01-03", 100L] }));
    }

    [Test]
    public void With_values_that_a_table_does_not_take_is_an_error()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (a INTEGER CHECK (a < 10))");
        Assert.That(Error(database, new GeneratedRows().With("t", "a", _ => 11)).Message, Does.Contain("\"a\" = 11"));
    }

    [Test]
    public void Fill_within_a_transaction_leaves_it_open_and_foreign_keys_as_they_were([Values("ON", "OFF")] string foreignKeys, [Values] bool fails)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"PRAGMA foreign_keys = {foreignKeys}; CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER NOT NULL REFERENCES p); BEGIN; INSERT INTO p VALUES (77)");
        if (fails)
        {
            Error(database, new GeneratedRows().With("c", "p", _ => null));
        }
        else
        {
            RowGenerator.Fill(database.Connection, new GeneratedRows(), after: null);
        }

        Assert.Multiple(() =>
        {
            Assert.That(database.Scalar<long>("SELECT count(*) FROM p"), Is.EqualTo(fails ? 1 : 21));
            Assert.That(database.Scalar<long>("PRAGMA foreign_keys"), Is.EqualTo(foreignKeys is "ON" ? 1 : 0));
            Assert.That(() => database.Execute("ROLLBACK"), Throws.Nothing);
            Assert.That(database.Scalar<long>("SELECT count(*) FROM p"), Is.Zero);
        });
    }

    private static RowsNotFoundException Error(TestDatabase database, GeneratedRows rows) =>
        Assert.Throws<RowsNotFoundException>(() => RowGenerator.Fill(database.Connection, rows, after: null))!; // It fails where nothing is thrown.
}
