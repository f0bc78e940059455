using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Preservation;

/// <summary>Ways in which altering a table by hand goes wrong on SQLite, and what comes out here.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class HazardTests
{
    private static readonly AlterationOptions Copy = new() { Mode = RebuildMode.AlwaysCopy };

    [Test]
    public void View_that_was_broken_before_does_not_stop_a_copy_and_is_named_where_it_stops_a_rename()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE gone(a); CREATE VIEW bad AS SELECT a FROM gone; DROP TABLE gone;
            INSERT INTO t VALUES (1, 'x');
            CREATE TRIGGER bad_too AFTER INSERT ON t BEGIN INSERT INTO gone VALUES (1); END;
            """);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", false)], Copy);

        DatabaseSnapshot after = DatabaseSnapshot.Of(database.Connection);
        after.ExceptObjects("t").AssertSameAs(before.ExceptObjects("t"));
        MigrationsException exception = Assert.Catch<MigrationsException>(
            () => TableAlterer.Alter(database.Connection, "t", [new RenameColumn("a", "b")], new AlterationOptions()))!; // Catch gives it
        Assert.That(FullMessage(exception), Does.Contain("bad"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(after);
    }

    [Test]
    public void Orphans_from_before_do_not_stop_an_alteration()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            PRAGMA foreign_keys = OFF;
            CREATE TABLE p(id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE c(pid REFERENCES p(id)); CREATE TABLE keyed(k PRIMARY KEY, pid REFERENCES p(id)) WITHOUT ROWID;
            INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES (1), (77); INSERT INTO keyed VALUES ('a', 1), ('b', 78);
            PRAGMA foreign_keys = ON;
            """);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        TableAlterer.Alter(database.Connection, "p", [new SetNullability("a", false)], Copy);
        TableAlterer.Alter(database.Connection, "c", [new AddColumn("more TEXT DEFAULT (lower('X'))")], Copy);
        TableAlterer.Alter(database.Connection, "keyed", [new AddColumn("more TEXT DEFAULT (lower('X'))")], Copy);

        Assert.That(DatabaseSnapshot.Of(database.Connection).Tables["c"].Without("more").DifferencesFrom(before.Tables["c"]), Is.Empty);
        Assert.That(DatabaseSnapshot.Of(database.Connection).Tables["keyed"].Without("more").DifferencesFrom(before.Tables["keyed"]), Is.Empty);
        Assert.That(database.Rows("PRAGMA foreign_key_check"), Has.Count.EqualTo(2));
    }

    [Test]
    public void Conversion_of_a_parents_key_alone_is_refused_with_the_orphans()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE p(id TEXT PRIMARY KEY, a TEXT); CREATE TABLE c(pid TEXT REFERENCES p(id) ON DELETE CASCADE ON UPDATE CASCADE);
            INSERT INTO p VALUES ('one', 'x'), ('two', 'y'); INSERT INTO c VALUES ('one'), ('one');
            """);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        MigrationsException exception = Assert.Catch<MigrationsException>(() => TableAlterer.Alter(
            database.Connection, "p", [new ConvertColumn("id", new SqlConversion("'G' || id"))], new AlterationOptions()))!; // Catch gives it

        Assert.That(exception.Message, Does.Contain("\"c\"").And.Contain("\"p\""));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Rename_does_not_touch_strings_that_look_like_the_name()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT DEFAULT 'name' CHECK (name <> 'name is name')); -- name
            CREATE INDEX i ON t(name) WHERE name = 'name';
            CREATE VIEW v AS SELECT t.name AS name, 'name' AS other FROM t;
            INSERT INTO t VALUES (1, 'name');
            """);

        TableAlterer.Alter(database.Connection, "t", [new RenameColumn("name", "title")], new AlterationOptions());

        Assert.That(database.Rows("SELECT sql FROM sqlite_schema ORDER BY rowid").Select(row => row[0]), Is.EqualTo(new[]
        {
            "CREATE TABLE t(id INTEGER PRIMARY KEY, \"title\" TEXT DEFAULT 'name' CHECK (\"title\" <> 'name is name'))",
            "CREATE INDEX i ON t(\"title\") WHERE \"title\" = 'name'",
            "CREATE VIEW v AS SELECT t.\"title\" AS name, 'name' AS other FROM t",
        }));
        Assert.That(database.Rows("SELECT name, other FROM v").Single(), Is.EqualTo(new[] { "name", "name" }));
    }

    [Test]
    public void Several_changes_are_one_pass_over_the_table()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT); INSERT INTO t VALUES (1, 'x', 'y', 'z'), (2, 'x', 'y', 'z')");

        AlterationResult result = TableAlterer.Alter(
            database.Connection, "t",
            [new DropColumn("a"), new SetNullability("b", false), new SetDefault("c", "'q'"), new AddColumn("d INT DEFAULT (1 + 1)"), new AddCheck(null, "d > 0"), new AddUnique(null, [new(new("id"), null, false), new(new("b"), null, false)])],
            new AlterationOptions());

        Assert.That(result.RowsCopied, Is.EqualTo(2));
        Assert.That(result.Plans, Has.Count.EqualTo(1));
        Assert.That(database.Rows("SELECT * FROM t"), Is.EqualTo(new object[][] { [1L, "y", "z", 2L], [2L, "y", "z", 2L] }));
    }

    [TestCase("d TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP")]
    [TestCase("d TEXT DEFAULT (upper('a' || 'b'))")]
    [TestCase("d INT UNIQUE")]
    [TestCase("d INT AS (id * 2) STORED")]
    [TestCase("d INT DEFAULT 1 REFERENCES t(id)")]
    [TestCase("d INT NOT NULL DEFAULT 5 CHECK (d > 3)")]
    public void Column_that_ADD_COLUMN_takes_on_empty_tables_only_is_added_the_same_way_with_rows(string definition)
    {
        foreach (string rows in (ReadOnlySpan<string>)["SELECT 1", "INSERT INTO t VALUES (1, 'x'), (5, NULL)"])
        {
            using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)").Execute(rows);

            AlterationResult result = TableAlterer.Alter(database.Connection, "t", [new AddColumn(definition)], new AlterationOptions());

            Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'"), Does.EndWith($"(id INTEGER PRIMARY KEY, a TEXT, {definition})"));
            database.Execute("PRAGMA foreign_keys = OFF; INSERT INTO t(id) VALUES (100); UPDATE t SET id = 1 WHERE id = 100 AND NOT EXISTS (SELECT 1 FROM t WHERE id = 1)");
            Assert.That(database.Rows("SELECT typeof(d) FROM t GROUP BY 1"), Has.Count.EqualTo(1), "old rows and new ones have a value of one kind");
            Integrity.Check(database.Connection);
            Assert.That(result.Plans, Has.Count.EqualTo(1));
        }
    }

    [TestCase("DATETIME", "'2020-05-06 11:12:13'", "'2020-05-06 11:12:13'")]
    [TestCase("JSON", "'{\"a\":1}'", "'{\"a\":1}'")]
    [TestCase("BLOB", "'text'", "'text'")]
    [TestCase("VARCHAR(5)", "'longer than five'", "'longer than five'")]
    [TestCase("TEXT", "x'ff00'", "x'ff00'")]
    [TestCase("INTEGER", "'7'", "7")]
    [TestCase("REAL", "'2.5'", "2.5")]
    public void Type_is_never_cast_to(string type, string before, string after)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, {before}), (2, NULL)");

        TableAlterer.Alter(database.Connection, "t", [new SetType("a", type)], Copy);

        Assert.That(database.Scalar<string>("SELECT quote(a) FROM t WHERE id = 1"), Is.EqualTo(after).IgnoreCase);
        Assert.That(database.Rows("SELECT a FROM t WHERE id = 2").Single()[0], Is.Null);
        Assert.That(database.Scalar<string>("SELECT type FROM pragma_table_info('t') WHERE name = 'a'"), Is.EqualTo(type));
    }

    [Test]
    public void Real_numbers_under_a_text_type_can_be_told_back_or_are_refused()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a REAL); INSERT INTO t VALUES (1, 0.1 + 0.2), (2, 1e15), (3, 1e300), (4, -0.5)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        try
        {
            TableAlterer.Alter(database.Connection, "t", [new SetType("a", "TEXT")], Copy);
            Assert.That(database.Rows("SELECT id FROM t WHERE typeof(a) <> 'text'"), Is.Empty);
            Assert.That(database.Rows("SELECT CAST(a AS REAL) FROM t ORDER BY id").Select(row => row[0]), Is.EqualTo(new[] { 0.1 + 0.2, 1e15, 1e300, -0.5 }));
        }
        catch (RowsRefusedException exception)
        {
            // Older libraries print 15 digits only.
            Assert.That(exception.Column, Is.EqualTo("a"));
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        }
    }

    [Test]
    public void Function_sees_typed_values_and_what_it_returns_is_stored_as_such()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(id INTEGER PRIMARY KEY, a);
            INSERT INTO t VALUES (1, NULL), (2, 9007199254740993), (3, 0.1), (4, 'a' || char(0) || 'b'), (5, x'00ff00'), (6, 9e999), (7, ''), (8, x'');
            """);
        List<object?> seen = [];

        TableAlterer.Alter(
            database.Connection, "t",
            [new ConvertColumn("a", new FunctionConversion(value =>
            {
                seen.Add(value);
                return value;
            }))],
            new AlterationOptions());

        Assert.That(seen.Distinct().Count(), Is.GreaterThanOrEqualTo(8));
        Assert.That(seen.Take(8), Is.EqualTo(new object?[] { null, 9007199254740993L, 0.1, "a\0b", new byte[] { 0, 255, 0 }, double.PositiveInfinity, "", Array.Empty<byte>() }));
        Assert.That(
            database.Rows("SELECT typeof(a), hex(CASE typeof(a) WHEN 'real' THEN '' ELSE a END) FROM t ORDER BY id").Select(row => $"{row[0]} {row[1]}"),
            Is.EqualTo(new[] { "null ", "integer 39303037313939323534373430393933", "real ", "text 610062", "blob 00FF00", "real ", "text ", "blob " }));
    }

    [Test]
    public void Text_that_is_no_UTF8_is_kept_or_refused_when_a_function_sees_it()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t VALUES (1, CAST(x'c328ff' AS TEXT), CAST(x'fffe' AS TEXT))");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        try
        {
            TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("a", new FunctionConversion(value => value))], new AlterationOptions());
        }
        catch (RowsRefusedException exception)
        {
            Assert.That(exception.Message, Does.Contain("Unicode").Or.Contain("UTF-8"));
        }

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Function_that_returns_what_SQLite_can_not_store_is_refused_with_its_row()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (7, 'x')");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        MigrationsException exception = Assert.Catch<MigrationsException>(() => TableAlterer.Alter(
            database.Connection, "t", [new ConvertColumn("a", new FunctionConversion(_ => new object()))], new AlterationOptions()))!; // Catch gives it

        Assert.That(exception.Message, Does.Contain("\"a\"").And.Contain("7"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Strings_in_double_quotes_keep_their_meaning([Values] bool allowedNow)
    {
        using TestDatabase database = TestDatabase.File().AllowDoubleQuotedStrings();
        database.Execute("""
            CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT DEFAULT "dflt" CHECK (a <> "bad"), "b" TEXT CHECK ("b" <> "a"));
            CREATE INDEX i ON t(a) WHERE "b" <> "skip";
            CREATE TABLE log(x);
            CREATE VIEW v AS SELECT a, "lit" AS l FROM t;
            CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES ("lit" || new.a); END;
            INSERT INTO t VALUES (1, 'x', 'y');
            """);
        database.AllowDoubleQuotedStrings(allowedNow);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        TableAlterer.Alter(database.Connection, "t", [new SetNullability("b", false)], Copy);

        Assert.That(() => database.Execute("SELECT \"a string\""), allowedNow ? Throws.Nothing : Throws.InstanceOf<SqliteException>());
        database.AllowDoubleQuotedStrings();
        DatabaseSnapshot.Of(database.Connection).ExceptObjects("t").AssertSameAs(before.ExceptObjects("t"));
        Assert.That(() => database.Execute("INSERT INTO t(a, b) VALUES ('bad', 'z')"), Throws.InstanceOf<SqliteException>());
        Assert.That(() => database.Execute("INSERT INTO t(a, b) VALUES ('w', 'w')"), Throws.InstanceOf<SqliteException>(), "\"a\" is a column");
        database.Execute("INSERT INTO t(b) VALUES ('z')");
        Assert.That(database.Rows("SELECT a, b FROM t"), Is.EqualTo(new object[][] { ["x", "y"], ["dflt", "z"] }));
        Assert.That(database.Rows("SELECT x FROM log").Select(row => row[0]), Is.EqualTo(new[] { "litx", "litdflt" }));
        Assert.That(database.Rows("SELECT l FROM v").Select(row => row[0]), Is.EqualTo(new[] { "lit", "lit" }));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Statistics_are_known_to_the_connection_afterwards()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
            CREATE TABLE other(x INT, y INT, z INT);
            CREATE INDEX first ON other(x);
            CREATE INDEX second ON other(y);
            CREATE INDEX third ON other(z);
            INSERT INTO t VALUES (1, 'x');
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO other SELECT i % 2, i, i % 2 FROM n;
            ANALYZE;
            """);
        string plan = Plan(database);
        Assert.That(plan, Does.Contain("second"));

        TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", false)], Copy);

        Assert.That(Plan(database), Is.EqualTo(plan));

        static string Plan(TestDatabase database) =>
            string.Join('\n', database.Rows("EXPLAIN QUERY PLAN SELECT * FROM other CROSS JOIN t WHERE x = 1 AND y = 7 AND z = 1").Select(row => $"{row[2]} {row[3]}"));
    }

    [TestCase("convert")]
    [TestCase("check")]
    [TestCase("rows")]
    [TestCase("index")]
    public void Misspelt_column_is_no_string_though_the_connection_allows_strings_in_double_quotes(string use)
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x')");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        TableChange change = use switch
        {
            "convert" => new ConvertColumn("a", new SqlConversion("\"nothing\"")),
            "check" => new AddCheck(null, "\"nothing\" > 1"),
            "index" => new AddIndex("CREATE INDEX i ON t(a) WHERE \"nothing\" > 1"),
            _ => new AddColumn("b TEXT", ExistingRows: "\"nothing\""),
        };

        MigrationsException exception = Assert.Catch<MigrationsException>(
            () => TableAlterer.Alter(database.Connection, "t", [change], new AlterationOptions()))!; // Catch gives it

        Assert.That(exception.Message, Does.Contain("nothing"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        Assert.That(() => database.Execute("SELECT \"a string\""), Throws.Nothing);
    }

    [Test]
    public void Rename_there_and_back_restores_all()
    {
        using PreservationDatabase database = PreservationDatabase.Open(PreservationPlace.InMemory);
        DatabaseSnapshot before = database.Snapshot();

        foreach ((string table, string column) in (ReadOnlySpan<(string, string)>)[("account", "display"), ("domain", "name"), ("mailbox", "localpart"), ("computed", "net"), ("tree", "parent"), ("odd \"table\"", "a b"), ("uniques", "c")])
        {
            TableAlterer.Alter(database.Connection, table, [new RenameColumn(column, "in between")], new AlterationOptions());
            Integrity.Check(database.Connection);
            TableAlterer.Alter(database.Connection, table, [new RenameColumn("in between", column)], new AlterationOptions());
        }

        foreach (string table in (ReadOnlySpan<string>)["account", "domain", "mailbox", "tree", "uniques", "odd \"table\"", "emptied"])
        {
            TableAlterer.Alter(database.Connection, table, [new RenameTable("in \"between\"")], new AlterationOptions());
            Integrity.Check(database.Connection);
            TableAlterer.Alter(database.Connection, "in \"between\"", [new RenameTable(table)], new AlterationOptions());
        }

        Assert.That(database.Behaviour().DifferencesFrom(PreservationDatabase.BehaviourBefore, ["account, refused rows", "odd table, trigger and constraints"]), Is.Empty);
        database.Snapshot().WithSchema(row => row with { Sql = null }).AssertSameAs(before.WithSchema(row => row with { Sql = null }));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Every_table_can_be_copied_one_after_another_in_any_order([Values(1, 2, 3)] int seed)
    {
        using PreservationDatabase database = PreservationDatabase.Open(PreservationPlace.InMemory);
        DatabaseSnapshot before = database.Snapshot();
        PreservationCase[] copies = [.. PreservationCases.All.Values.Where(change => change.ChangesNothing)];
        new Random(seed).Shuffle(copies);

        foreach (PreservationCase copy in copies)
        {
            TableAlterer.Alter(database.Connection, copy.Table, copy.Changes, Copy);
        }

        DatabaseSnapshot after = database.Snapshot();
        after.WithSchema(Qualified).AssertSameAs(before.WithSchema(Qualified));
        Assert.That(database.Behaviour().DifferencesFrom(PreservationDatabase.BehaviourBefore, []), Is.Empty);
        Integrity.Check(database.Connection);

        // The texts of tables are compared one by one where each is copied alone.
        static SchemaRow Qualified(SchemaRow row) => row.Type is "table" ? row with { Sql = null } : row;
    }

    private static string FullMessage(Exception exception) =>
        exception.InnerException is { } inner ? exception.Message + FullMessage(inner) : exception.Message;
}
