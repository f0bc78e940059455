using System.Globalization;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Alteration;

public sealed class TableAltererTests
{
    private static TestDatabase Database()
    {
        TestDatabase database = TestDatabase.InMemory();
        database.Execute("""
            CREATE TABLE team (name TEXT PRIMARY KEY, motto);
            INSERT INTO team VALUES ('red', 'go'), ('blue', NULL);
            CREATE TABLE person (
                id INTEGER PRIMARY KEY AUTOINCREMENT, -- numbers them
                email VARCHAR(80) NOT NULL COLLATE NOCASE UNIQUE, /* where to write */
                age INT DEFAULT 18 CHECK (age >= 0),
                team TEXT REFERENCES team(name) ON DELETE CASCADE,
                shout TEXT AS (upper(email)) VIRTUAL, -- computed
                CONSTRAINT adult CHECK (person.age < 200)
            );
            INSERT INTO person (id, email, age, team) VALUES (1, 'a@b', 20, 'red'), (5, 'c@d', NULL, NULL), (9, 'E@f', '30', 'blue');
            DELETE FROM person WHERE id = 9;
            CREATE TABLE log (what);
            CREATE TRIGGER first AFTER INSERT ON person BEGIN INSERT INTO log VALUES ('first ' || new.email); END;
            CREATE TRIGGER second AFTER INSERT ON person BEGIN INSERT INTO log VALUES ('second ' || new.email); END;
            CREATE INDEX by_age ON person (age DESC) WHERE age IS NOT NULL;
            CREATE VIEW people AS SELECT email, shout FROM person;
            CREATE TABLE badge (person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE);
            INSERT INTO badge VALUES (1), (5), (1);
            ANALYZE;
            """);
        return database;
    }

    private static AlterationResult Alter(TestDatabase database, string table, params TableChange[] changes) =>
        TableAlterer.Alter(database.Connection, table, changes, new AlterationOptions());

    private static AlterationResult Copy(TestDatabase database, string table, params TableChange[] changes) =>
        TableAlterer.Alter(database.Connection, table, changes, new AlterationOptions { Mode = RebuildMode.AlwaysCopy });

    [Test]
    public void Alter_with_a_copy_keeps_rows_children_triggers_and_the_sequence()
    {
        using TestDatabase database = Database();
        AlterationResult result = Copy(database, "person", new SetNullability("email", IsNullable: true));
        Assert.Multiple(() =>
        {
            Assert.That(result.RowsCopied, Is.EqualTo(2));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM badge"), Is.EqualTo(3));
            Assert.That(database.Scalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 'person'"), Is.EqualTo(9));
            Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'person'"), Is.EqualTo("""
                CREATE TABLE "person" (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, -- numbers them
                    email VARCHAR(80) COLLATE NOCASE UNIQUE, /* where to write */
                    age INT DEFAULT 18 CHECK (age >= 0),
                    team TEXT REFERENCES team(name) ON DELETE CASCADE,
                    shout TEXT AS (upper(email)) VIRTUAL, -- computed
                    CONSTRAINT adult CHECK (age < 200)
                )
                """));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'person'"), Is.EqualTo(2));
            Assert.That(database.Scalar<long>("PRAGMA foreign_keys"), Is.EqualTo(1));
        });
        database.Execute("INSERT INTO person (email) VALUES (NULL), ('x')");
        Assert.That(database.Rows("SELECT what FROM log").Select(row => row[0]),
            Is.EqualTo(new object?[] { null, null, "second x", "first x" }));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Alter_drops_a_column_with_its_comment()
    {
        using TestDatabase database = Database();
        Alter(database, "person", new DropIndex("by_age"), new DropCheck("adult", null), new DropColumn("age"));
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'person'"), Is.EqualTo("""
            CREATE TABLE person (
                id INTEGER PRIMARY KEY AUTOINCREMENT, -- numbers them
                email VARCHAR(80) NOT NULL COLLATE NOCASE UNIQUE, /* where to write */
                team TEXT REFERENCES team(name) ON DELETE CASCADE,
                shout TEXT AS (upper(email)) VIRTUAL -- computed
            )
            """));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Alter_refuses_to_drop_a_column_that_a_view_reads_and_changes_nothing()
    {
        using TestDatabase database = Database();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        AlterationRefusedException? refused = Assert.Throws<AlterationRefusedException>(
            () => Alter(database, "person", new DropColumn("shout")));
        Assert.That(refused!.Message, Does.Contain("view \"people\""));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Alter_renames_first_and_edits_once()
    {
        using TestDatabase database = Database();
        AlterationResult result = Alter(
            database, "person", new SetNullability("email", true), new RenameColumn("email", "mail"), new SetDefault("mail", "'?'"));
        Assert.That(result.Plans.Select(plan => plan.Strategy), Is.EqualTo(new[] { AlterationStrategy.Native, AlterationStrategy.InPlace }));
        database.Execute("INSERT INTO person DEFAULT VALUES");
        Assert.That(database.Rows("SELECT mail, shout FROM people")[2], Is.EqualTo(new object[] { "?", "?" }));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Alter_names_the_rows_that_are_NULL_under_NOT_NULL()
    {
        using TestDatabase database = Database();
        RowsRefusedException? refused = Assert.Throws<RowsRefusedException>(() => Alter(database, "person", new SetNullability("age", false)));
        Assert.Multiple(() =>
        {
            Assert.That(refused!.Count, Is.EqualTo(1));
            Assert.That(refused.Rows[0].ToString(), Is.EqualTo("\"id\" = 5: NULL"));
            Assert.That(refused.Message, Does.Contain("\"age\""));
        });
    }

    [Test]
    public void Alter_converts_by_SQL_and_by_function_in_one_pass()
    {
        using TestDatabase database = Database();
        Alter(
            database,
            "person",
            new ConvertColumn("age", new SqlConversion("age * 2")),
            new ConvertColumn("email", new FunctionConversion(value => ((string?)value)!.ToUpper(CultureInfo.InvariantCulture))),
            new ConvertColumn("team", new SqlConversion("CASE WHEN team = 'red' THEN 'blue' ELSE team END")));
        Assert.That(database.Rows("SELECT id, email, age, team, shout FROM person"), Is.EqualTo(new object?[][]
        {
            [1L, "A@B", 40L, "blue", "A@B"],
            [5L, "C@D", null, null, "C@D"],
        }));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM log"), Is.Zero, "No trigger fires.");
    }

    [Test]
    public void Alter_names_the_row_for_which_a_function_throws()
    {
        using TestDatabase database = Database();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        RowsRefusedException? refused = Assert.Throws<RowsRefusedException>(() => Alter(
            database, "person", new ConvertColumn("email", new FunctionConversion(_ => throw new FormatException("no mail")))));
        Assert.Multiple(() =>
        {
            Assert.That(refused!.Message, Does.Contain("no mail").And.Contain("\"id\" = 1: 'a@b'"));
            Assert.That(refused.Count, Is.EqualTo(2));
            Assert.That(refused.InnerException, Is.TypeOf<FormatException>());
        });
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Alter_adds_and_drops_every_kind_of_constraint()
    {
        using TestDatabase database = Database();
        Alter(
            database,
            "team",
            new DropPrimaryKey(),
            new AddColumn("id INTEGER"),
            new AddPrimaryKey("team_key", [new KeyColumn("id", null, false)]),
            new AddUnique("team_name", [new KeyColumn("name", null, false)]),
            new AddCheck(null, "motto <> 'bad'"));
        Assert.That(() => database.Execute("INSERT INTO team (name) VALUES ('red')"), Throws.Exception.With.Message.Contains("UNIQUE"));
        Assert.That(() => database.Execute("INSERT INTO team (name, motto) VALUES ('x', 'bad')"), Throws.Exception.With.Message.Contains("CHECK"));
        Alter(database, "team", new DropCheck(null, "motto<>'bad'"));
        database.Execute("INSERT INTO team (name, motto) VALUES ('x', 'bad')");
        Alter(database, "person", new DropForeignKey(null, ["team"]));
        database.Execute("INSERT INTO person (email, team) VALUES ('q', 'nobody')");
        RowsRefusedException? refused = Assert.Throws<RowsRefusedException>(
            () => Alter(database, "person", new AddForeignKey("fk", ["team"], "team", ["name"])));
        Assert.That(refused!.Message, Does.Contain("nobody"));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Alter_in_a_transaction_with_enforced_foreign_keys_names_the_referring_table()
    {
        using TestDatabase database = Database();
        database.Execute("BEGIN");
        AlterationRefusedException? refused = Assert.Throws<AlterationRefusedException>(
            () => Copy(database, "person", new SetNullability("email", true)));
        Assert.That(refused!.Message, Does.Contain("\"badge\""));
        database.Execute("COMMIT");
    }

    [Test]
    public void Alter_of_an_unknown_database_names_those_that_are_there()
    {
        using TestDatabase database = Database();
        AlterationRefusedException? refused = Assert.Throws<AlterationRefusedException>(() => TableAlterer.Alter(
            database.Connection, "person", [new DropColumn("age")], new AlterationOptions { Database = "nope" }));
        Assert.That(refused!.Message, Does.Contain("\"nope\"").And.Contain("'main'"));
    }

    [Test]
    public void Alter_reports_a_broken_constraint_by_the_name_of_the_table()
    {
        using TestDatabase database = Database();
        database.Execute("PRAGMA ignore_check_constraints=ON; INSERT INTO person (email, age) VALUES ('z', -1); PRAGMA ignore_check_constraints=OFF");
        AlterationFailedException? failed = Assert.Throws<AlterationFailedException>(
            () => Copy(database, "person", new SetNullability("email", true)));
        Assert.That(failed!.Message, Does.Contain("CHECK").And.Not.Contain("new_person"));
    }

    [Test]
    public void Alter_refuses_an_unknown_collation_and_a_misspelt_column_before_it_writes()
    {
        using TestDatabase database = Database();
        Assert.That(() => Alter(database, "team", new SetCollation("motto", "UNKNOWN")),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("UNKNOWN"));
        Assert.That(() => Alter(database, "team", new AddCheck(null, "\"nothing\" > 1")),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("nothing"));
        Assert.That(() => Alter(database, "team", new ConvertColumn("motto", new SqlConversion("lower(\"mottoo\")"))),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("mottoo"));
    }

    [Test]
    public void Alter_refuses_an_index_on_a_misspelt_column_though_the_connection_takes_it_for_a_string()
    {
        using TestDatabase database = Database();
        database.AllowDoubleQuotedStrings();
        Assert.That(() => Alter(database, "team", new AddIndex("CREATE INDEX i ON team (motto) WHERE \"mottoo\" <> ''")),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("mottoo"));
    }

    [Test]
    public void Alter_refuses_to_drop_a_column_whose_stray_DEFERRABLE_defers_another_columns_foreign_key()
    {
        using TestDatabase database = Database();
        database.Execute("CREATE TABLE c (a REFERENCES team(name), b TEXT DEFERRABLE INITIALLY DEFERRED, d); INSERT INTO c VALUES ('red', 'b', 'd')");
        database.Execute("BEGIN; INSERT INTO c VALUES ('none', 'b', 'd'); ROLLBACK");
        Assert.That(() => Alter(database, "c", new DropColumn("b")),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("DEFERRABLE"));
        Alter(database, "c", new DropColumn("d"));
        database.Execute("BEGIN; INSERT INTO c VALUES ('none', 'b'); ROLLBACK");
    }

    [Test]
    public void Alter_names_the_row_whose_key_a_conversion_makes_NULL_or_no_integer()
    {
        using TestDatabase database = Database();
        Assert.That(() => Alter(database, "person", new ConvertColumn("id", new SqlConversion("nullif(id, 5)"))),
            Throws.TypeOf<RowsRefusedException>().With.Message.Contains("\"id\" = 5"));
        Assert.That(() => Alter(database, "person", new ConvertColumn("id", new FunctionConversion(id => id is 5L ? null : id))),
            Throws.TypeOf<RowsRefusedException>().With.Message.Contains("\"id\" = 5"));
        Assert.That(() => Alter(database, "person", new ConvertColumn("id", new FunctionConversion(id => $"no {id}"))),
            Throws.TypeOf<RowsRefusedException>().With.Message.Contains("'no 5'"));
        Assert.That(() => Alter(database, "person", new ConvertColumn("age", new FunctionConversion(_ => double.NaN))),
            Throws.TypeOf<RowsRefusedException>().With.Message.Contains("NaN"));
    }

    [Test]
    public void Alter_copies_nothing_for_a_change_that_is_so_already()
    {
        using TestDatabase database = Database();
        AlterationResult result = Alter(database, "team", new SetNullability("motto", IsNullable: true), new AddColumn("founded INT"));
        Assert.That(result.Plans.Select(plan => plan.Strategy), Is.EqualTo(new[] { AlterationStrategy.Native }));
    }

    [Test]
    public void Alter_refuses_an_edit_that_would_make_a_comment_part_of_a_type()
    {
        using TestDatabase database = Database();
        database.Execute("CREATE TABLE c (a, b REAL /* INT */ NOT NULL GENERATED ALWAYS AS (a)); INSERT INTO c VALUES (1)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        Assert.That(() => Alter(database, "c", new SetNullability("b", IsNullable: true)), Throws.TypeOf<SchemaMismatchException>());
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Alter_refuses_a_foreign_key_to_a_table_that_is_not_there()
    {
        using TestDatabase database = Database();
        Assert.That(() => Alter(database, "team", new AddForeignKey(null, ["motto"], "nowhere", ["id"])),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("nowhere"));
    }

    [Test]
    public void Alter_names_the_rows_in_which_a_generated_column_is_NULL_under_NOT_NULL()
    {
        using TestDatabase database = Database();
        database.Execute("CREATE TABLE g (a, b AS (a + 1)); INSERT INTO g VALUES (1), (NULL)");
        Assert.That(() => Alter(database, "g", new SetNullability("b", IsNullable: false)),
            Throws.TypeOf<RowsRefusedException>().With.Message.Contains("rowid\" = 2"));
    }
}
