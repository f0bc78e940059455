using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.InPlace;

/// <summary>What stands around a table whose short rows are made to store their values: nothing acts on it, nothing is left behind.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ShortRowSurroundingsTests
{
    private const string Triggers = """
        CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
        INSERT INTO t VALUES (1, 'x'), (2, 'y');
        ALTER TABLE t ADD COLUMN d INT DEFAULT 12;
        CREATE TABLE log(what);
        CREATE TRIGGER m1 BEFORE UPDATE ON t BEGIN INSERT INTO log VALUES ('m1'); END;
        CREATE TRIGGER m2 AFTER UPDATE OF a, d ON t BEGIN INSERT INTO log VALUES ('m2'); END;
        CREATE TRIGGER m3 AFTER UPDATE ON t BEGIN SELECT RAISE(ABORT, 'no'); END;
        CREATE TEMP TRIGGER x1 AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('x1'); END;
        CREATE TEMP TRIGGER x3 BEFORE UPDATE ON main.t BEGIN SELECT RAISE(ROLLBACK, 'never'); END;
        CREATE TEMP TRIGGER x2 AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('x2'); END;
        """;

    private static readonly TableChange[] Change = [new SetDefault("d", "80")];

    [Test]
    public void Triggers_do_not_fire_and_keep_their_order([Values] TestDatabaseKind kind)
    {
        using TestDatabase database = TestDatabase.Open(kind).Execute(Triggers);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", Change, new AlterationOptions());

        Assert.That(result.RowsUpdated, Is.EqualTo(2));
        string text = database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'");
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before.WithSchema(row => row is { Type: "table", Name: "t" } ? row with { Sql = text } : row));
        using TestDatabase untouched = TestDatabase.Open(kind).Execute(Triggers);
        Assert.That(FiredBy(database), Is.EqualTo(FiredBy(untouched)).And.Count.EqualTo(4));
    }

    private static List<string> FiredBy(TestDatabase database)
    {
        database.Execute("DROP TRIGGER temp.x3; DROP TRIGGER m3; UPDATE t SET a = 'q' WHERE id = 1");
        return [.. database.Rows("SELECT what FROM log ORDER BY rowid").Select(row => (string)row[0]!)]; // no NULL is logged
    }

    [TestCase("CASCADE")]
    [TestCase("RESTRICT")]
    [TestCase("SET NULL")]
    [TestCase("NO ACTION")]
    public void Foreign_keys_that_are_enforced_do_not_act(string action)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"""
            PRAGMA foreign_keys = ON;
            CREATE TABLE t(id INTEGER PRIMARY KEY);
            INSERT INTO t VALUES (1);
            ALTER TABLE t ADD COLUMN d INT DEFAULT 12;
            ALTER TABLE t ADD COLUMN own INT REFERENCES t(d) ON UPDATE {action};
            CREATE UNIQUE INDEX u ON t(d);
            CREATE TABLE c(pd INT REFERENCES t(d) ON UPDATE {action} ON DELETE {action});
            INSERT INTO c VALUES (12);
            INSERT INTO t VALUES (2, 5, 12);
            BEGIN;
            """);
        TableRows rows = DatabaseSnapshot.Of(database.Connection).Tables["t"];

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", Change, new AlterationOptions());

        Assert.That(result.RowsUpdated, Is.EqualTo(1));
        database.Execute("COMMIT");
        Assert.That(DatabaseSnapshot.Of(database.Connection).Tables["t"].DifferencesFrom(rows), Is.Empty);
        Assert.That(database.Scalar<long>("SELECT pd FROM c"), Is.EqualTo(12));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Rows_that_refer_to_nothing_already_are_no_obstacle([Values] bool enforced, [Values] bool inTransaction)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            PRAGMA foreign_keys = OFF;
            CREATE TABLE p(id INTEGER PRIMARY KEY);
            CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
            INSERT INTO t VALUES (1, 'x');
            ALTER TABLE t ADD COLUMN d INT DEFAULT 12 REFERENCES p(id);
            """);
        database.Execute($"PRAGMA foreign_keys = {(enforced ? "ON" : "OFF")}").Execute(inTransaction ? "BEGIN" : "SELECT 1");

        TableAlterer.Alter(database.Connection, "t", Change, new AlterationOptions());

        database.Execute(inTransaction ? "COMMIT" : "SELECT 1");
        Assert.That(database.Scalar<long>("SELECT d FROM t"), Is.EqualTo(12));
    }

    [Test]
    public void Temporary_table_of_the_application_keeps_its_name_and_rows()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
            INSERT INTO t VALUES (1, 'x');
            ALTER TABLE t ADD COLUMN d INT DEFAULT 12;
            CREATE TABLE migrations_short_rows(mine);
            INSERT INTO migrations_short_rows VALUES (3);
            CREATE TEMP TABLE Migrations_short_rows(mine);
            INSERT INTO temp.migrations_short_rows VALUES (4);
            CREATE INDEX temp.migrations_short_rows_ ON migrations_short_rows(mine);
            """);

        TableAlterer.Alter(database.Connection, "t", Change, new AlterationOptions());

        Assert.That(database.Scalar<long>("SELECT d FROM t"), Is.EqualTo(12));
        Assert.That(database.Scalar<long>("SELECT mine FROM main.migrations_short_rows"), Is.EqualTo(3));
        Assert.That(database.Scalar<long>("SELECT mine FROM temp.migrations_short_rows"), Is.EqualTo(4));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM temp.sqlite_schema"), Is.EqualTo(2));
    }

    [TestCase("PRAGMA temp_store = MEMORY")]
    [TestCase("PRAGMA temp_store = FILE")]
    [TestCase("PRAGMA encoding = 'UTF-16le'")]
    [TestCase("PRAGMA encoding = 'UTF-16be'")]
    [TestCase("PRAGMA trusted_schema = OFF")]
    [TestCase("PRAGMA writable_schema = ON")]
    [TestCase("PRAGMA count_changes = ON")]
    [TestCase("PRAGMA auto_vacuum = FULL")]
    [TestCase("PRAGMA locking_mode = EXCLUSIVE")]
    [TestCase("PRAGMA recursive_triggers = ON")]
    [TestCase("PRAGMA reverse_unordered_selects = ON")]
    [TestCase("PRAGMA page_size = 512")]
    [TestCase("PRAGMA legacy_file_format = ON")]
    [TestCase("PRAGMA automatic_index = OFF")]
    [TestCase("PRAGMA case_sensitive_like = ON")]
    public void Settings_make_no_difference_and_stay(string pragma)
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Delete).Execute(pragma).Execute("""
            CREATE TABLE "order ""by'"(k TEXT, "groüp" TEXT, PRIMARY KEY (k)) WITHOUT ROWID;
            INSERT INTO "order ""by'" VALUES ('ä', '😀'), ('b', NULL);
            ALTER TABLE "order ""by'" ADD COLUMN "d" TEXT DEFAULT '½ ''';
            CREATE INDEX i ON "order ""by'"(d);
            """);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        AlterationResult result = TableAlterer.Alter(database.Connection, "ORDER \"by'", [new SetDefault("D", "'→'")], new AlterationOptions());

        Assert.That((result.Plans.Single().Strategy, result.RowsUpdated), Is.EqualTo((AlterationStrategy.InPlace, 2L)));
        string text = database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE type = 'table'");
        Assert.That(text, Does.Contain("\"d\" TEXT DEFAULT '→', PRIMARY KEY"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before.WithSchema(row => row.Type is "table" ? row with { Sql = text } : row));
        Integrity.Check(database.Connection);
    }
}
