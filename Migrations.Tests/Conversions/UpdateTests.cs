using System.Globalization;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Conversions;

/// <summary>An UPDATE in place of a copy: every value and storage class is what the copy gives.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class UpdateTests
{
    private const string Values = """
        CREATE TABLE other(id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO other VALUES (1, 'one'), (2, 'two');
        CREATE TABLE single(v);
        INSERT INTO single VALUES (1), ('abc');
        CREATE TABLE t(id INTEGER PRIMARY KEY, i INTEGER, r REAL, x TEXT, n NUMERIC, b BLOB, c TEXT COLLATE NOCASE, s TEXT COLLATE RTRIM, v);
        CREATE VIEW seen AS SELECT max(i) AS top FROM t;
        CREATE TEMP VIEW seen_for_now AS SELECT max(i) AS top FROM main.t;
        INSERT INTO t VALUES
          (1, 1, 1.5, 'abc', 1.5, x'00ff', 'ABC', 'end  ', 1),
          (2, 2, -0.0, '007', 7, 'text', 'abc', 'end', '1'),
          (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
          (4, 'text', 'text', 'a' || char(0) || 'b', '0x10', 5, 'Ü', '', 1.0),
          (9, 9223372036854775807, 1e300, '', 9007199254740993, x'', 'ü', ' ', x'31');
        """;

    [TestCase("i", "'12'")]
    [TestCase("i", "'1e3'")]
    [TestCase("i", "i * 1.0")]
    [TestCase("i", "x")]
    [TestCase("i", "max(i, 3)")]
    [TestCase("i", "t.i + main.t.id")]
    [TestCase("i", "rowid + _rowid_")]
    [TestCase("i", "i")]
    [TestCase("i", "i IN (1, 2) + (x IN ('abc', '007'))")]
    [TestCase("i", "i IN (SELECT id FROM other)")]
    [TestCase("i", "i IN main.single")]
    [TestCase("i", "(SELECT count(*) FROM other AS o JOIN main.single ON o.id = v WHERE o.id >= t.i)")]
    [TestCase("i", "(SELECT max(top) FROM (SELECT id AS top FROM other WHERE id < t.id ORDER BY id, name LIMIT 1, 2))")]
    [TestCase("r", "i")]
    [TestCase("r", "-0.0")]
    [TestCase("r", "9007199254740993")]
    [TestCase("r", "'12'")]
    [TestCase("x", "r")]
    [TestCase("x", "i + 0.5")]
    [TestCase("x", "x || char(0) || 'b'")]
    [TestCase("x", "x'6162'")]
    [TestCase("x", "NULL")]
    [TestCase("x", "(SELECT name FROM other WHERE id = t.i)")]
    [TestCase("x", "CASE WHEN c = 'abc' THEN 'same' WHEN s = 'end' THEN c ELSE v END")]
    [TestCase("x", "CASE WHEN x IS NOT DISTINCT FROM c THEN 'y' ELSE typeof(v) END")]
    [TestCase("x", "\"x\" || 'y' -- the end")]
    [TestCase("x", "trim(x)")]
    [TestCase("n", "'100.10'")]
    [TestCase("n", "x")]
    [TestCase("b", "i")]
    [TestCase("b", "zeroblob(3)")]
    [TestCase("c", "upper(c)")]
    [TestCase("s", "s || ' '")]
    [TestCase("s", "rtrim(s)")]
    [TestCase("v", "v = '1'")]
    [TestCase("v", "v + 0")]
    [TestCase("v", "i > x")]
    public void Expression_gives_what_a_copy_gives(string column, string expression)
    {
        using TestDatabase database = ConversionTrial.AssertSame(Values, new ConvertColumn(column, new SqlConversion(expression)));
    }

    [Test]
    public void Several_columns_see_each_others_old_values()
    {
        using TestDatabase database = ConversionTrial.AssertSame(
            Values, new ConvertColumn("i", new SqlConversion("id * 10")), new ConvertColumn("v", new SqlConversion("id")), new ConvertColumn("b", new FunctionConversion(value => value as string ?? "none")));

        Assert.That(database.Scalar<string>("SELECT group_concat(b) FROM t"), Is.EqualTo("none,text,none,none,none"));
    }

    // What is expected is what SQLite gives before anything is changed: an UPDATE would see the rows that it has written.
    [TestCase("(SELECT sum(u.id) FROM t AS u WHERE u.v IS NOT t.v)")]
    [TestCase("(SELECT group_concat(quote(v)) FROM main.T)")]
    [TestCase("(SELECT group_concat(quote(u.v)) FROM other AS o, t AS u)")]
    [TestCase("(SELECT count(*) FROM (other JOIN t AS u))")]
    [TestCase("(SELECT name FROM (SELECT count(*) AS name FROM (SELECT v FROM 't') WHERE v IS t.v))")]
    [TestCase("(SELECT top FROM seen)")]
    [TestCase("(SELECT top FROM seen_for_now)")]
    [TestCase("(WITH w AS (SELECT count(v) AS n FROM t) SELECT n FROM w)")]
    [TestCase("(SELECT count(*) FROM other WHERE EXISTS (SELECT 1 FROM t AS u WHERE u.v = other.id))")]
    [TestCase("v IN (SELECT id FROM other UNION SELECT v FROM t WHERE id > 2)")]
    [TestCase("(VALUES (v))")]
    public void Expression_that_reads_the_table_sees_its_rows_as_they_were(string expression)
    {
        using TestDatabase before = TestDatabase.InMemory().Execute(Values);
        IReadOnlyList<object?[]> expected = before.Rows($"SELECT id, quote({expression}) FROM t");
        using TestDatabase database = TestDatabase.InMemory().Execute(Values);

        TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", new SqlConversion(expression))], new AlterationOptions());

        Assert.That(database.Rows("SELECT id, quote(v) FROM t"), Is.EqualTo(expected));
    }

    [Test]
    public void Window_over_the_rows_sees_them_as_they_were()
    {
        using TestDatabase database = ConversionTrial.AssertCopied(Values, new ConvertColumn("v", new SqlConversion("row_number() OVER (ORDER BY id DESC)")));

        Assert.That(database.Rows("SELECT v FROM t").Select(row => row[0]), Is.EqualTo(new object[] { 5L, 4L, 3L, 2L, 1L }));
    }

    [Test]
    public void Table_of_one_column_that_is_searched_for_its_own_values_sees_them_as_they_were()
    {
        using TestDatabase database = ConversionTrial.AssertCopied("CREATE TABLE t(v); INSERT INTO t VALUES (1), (2), (3)", new ConvertColumn("v", new SqlConversion("v + 1 IN t")));

        Assert.That(database.Rows("SELECT v FROM t").Select(row => row[0]), Is.EqualTo(new object[] { 1L, 1L, 0L }));
    }

    [Test]
    public void Full_text_table_is_not_read_while_its_content_changes()
    {
        using TestDatabase database = ConversionTrial.AssertCopied(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT, note TEXT); INSERT INTO t VALUES (1, 'alpha', ''), (2, 'beta', ''); CREATE VIRTUAL TABLE f USING fts5(body, content='t', content_rowid='id'); INSERT INTO f(f) VALUES ('rebuild')",
            new ConvertColumn("body", new SqlConversion("(SELECT group_concat(body) FROM f)")));

        Assert.That(database.Rows("SELECT body FROM t").Select(row => row[0]), Is.All.EqualTo("alpha,beta"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM f('beta')"), Is.EqualTo(2));
    }

    [Test]
    public void Full_text_table_finds_what_an_UPDATE_has_written()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT); INSERT INTO t VALUES (1, 'alpha'), (2, 'beta'); CREATE VIRTUAL TABLE f USING fts5(body, content='t', content_rowid='id'); INSERT INTO f(f) VALUES ('rebuild')");

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("body", new SqlConversion("'new ' || body"))], new AlterationOptions());

        Assert.That(result.RowsUpdated, Is.EqualTo(2));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM f('new')"), Is.EqualTo(2));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Generated_columns_are_read_as_they_were_and_computed_anew()
    {
        using TestDatabase database = ConversionTrial.AssertSame(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, g INT AS (a * 2), s INT AS (a + 1) STORED, z TEXT AS (g || s)); INSERT INTO t(a) VALUES (1), (NULL), (5)",
            new ConvertColumn("a", new SqlConversion("g * 100 + s")));

        Assert.That(database.Rows("SELECT a, g, s, z FROM t WHERE id = 1").Single(), Is.EqualTo(new object[] { 202L, 404L, 203L, "404203" }));
    }

    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, v UNIQUE)", "v + 1")]
    [TestCase("CREATE TABLE t(v, w, PRIMARY KEY(v)) WITHOUT ROWID", "v + 1")]
    [TestCase("CREATE TABLE t(id INT, v INTEGER PRIMARY KEY)", "v + 1")]
    [TestCase("CREATE TABLE t(id INT, v); CREATE UNIQUE INDEX u ON t(v + 0)", "3 - v")]
    [TestCase("CREATE TABLE t(id INT, v, g AS (v * 2) UNIQUE)", "v + 1")]
    public void Key_whose_rows_meet_on_the_way_is_converted(string schema, string expression)
    {
        using TestDatabase database = ConversionTrial.AssertCopied($"{schema}; INSERT INTO t(v) VALUES (1), (2)", new ConvertColumn("v", new SqlConversion(expression)));

        Assert.That(database.Scalar<long>("SELECT sum(v) FROM t"), Is.EqualTo(expression == "v + 1" ? 5 : 3));
    }

    [Test]
    public void Conversions_upon_each_other_know_no_affinity_in_between()
    {
        using TestDatabase database = ConversionTrial.AssertCopied(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, x INTEGER, v); INSERT INTO t VALUES (1, 7, NULL)",
            new ConvertColumn("x", new SqlConversion("'00' || x")), new ConvertColumn("v", new SqlConversion("x")));

        Assert.That(database.Rows("SELECT x, v FROM t").Single(), Is.EqualTo(new object[] { 7L, "007" }));
    }

    [TestCase("CREATE TABLE t(a TEXT, b INT, v TEXT, PRIMARY KEY(b, a)) WITHOUT ROWID; INSERT INTO t VALUES ('x', 1, 'one'), ('y', 1, NULL), ('x', 2, 'two')")]
    [TestCase("CREATE TABLE t(a TEXT, b INT, v TEXT) STRICT; INSERT INTO t VALUES ('x', 1, 'one'), ('y', 1, NULL)")]
    [TestCase("CREATE TABLE t(rowid, oid, _rowid_, v TEXT); INSERT INTO t VALUES ('x', 1, 2, 'one'), ('y', 1, 3, NULL)")]
    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT); INSERT INTO t VALUES (7, 'one'), (80, NULL); DELETE FROM t WHERE id = 80")]
    [TestCase("CREATE TABLE t(a, v TEXT); CREATE INDEX i ON t(a); INSERT INTO t(rowid, v) VALUES (7, 'one'), (80, NULL); ANALYZE")]
    [TestCase("CREATE TABLE t(v TEXT)")]
    public void Table_of_any_shape_is_updated(string schema)
    {
        using TestDatabase expression = ConversionTrial.AssertSame(schema, new ConvertColumn("v", new SqlConversion("upper(v) || '!'")));
        using TestDatabase function = ConversionTrial.AssertSame(schema, new ConvertColumn("v", new FunctionConversion(value => value + "!")));
    }

    // Rows written before a column was added hold no value for it, and would read the new default.
    [TestCase("")]
    [TestCase("; INSERT INTO t(x, k, l) VALUES ('long', 1, NULL); ALTER TABLE t ADD COLUMN m INT NOT NULL DEFAULT 3; INSERT INTO t(x) VALUES ('longer')")]
    public void Default_that_changes_along_is_not_read_by_rows_that_are_there(string more)
    {
        string schema = "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t(x) VALUES ('a'), (''), (NULL); ALTER TABLE t ADD COLUMN k INT DEFAULT 5; ALTER TABLE t ADD COLUMN l TEXT DEFAULT 'five'" + more;

        using TestDatabase expression = ConversionTrial.AssertSame(schema, new ConvertColumn("x", new SqlConversion("x")), new SetDefault("k", "6"), new SetDefault("l", null));
        using TestDatabase function = ConversionTrial.AssertSame(schema, new ConvertColumn("x", new FunctionConversion(value => value)), new SetDefault("l", "'six'"));
        using TestDatabase itself = ConversionTrial.AssertSame(schema, new ConvertColumn("k", new SqlConversion("k + 1")), new SetDefault("k", "7"), new SetDefault("l", "8"));

        Assert.That(itself.Rows("SELECT k, l FROM t WHERE id = 1").Single(), Is.EqualTo(new object[] { 6L, "five" }));
        Assert.That(itself.Rows("INSERT INTO t(x) VALUES ('new') RETURNING k, l").Single(), Is.EqualTo(new object[] { 7L, "8" }));
    }

    [Test]
    public void Column_that_is_added_and_one_that_goes_share_the_pass()
    {
        using TestDatabase database = ConversionTrial.AssertSame(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT, gone TEXT); INSERT INTO t VALUES (1, 'x', 'y'), (2, NULL, 'z')",
            new ConvertColumn("x", new SqlConversion("coalesce(x, gone)")), new AddColumn("more INT NOT NULL DEFAULT 4"), new DropColumn("gone"), new SetNullability("x", false));

        Assert.That(database.Rows("SELECT * FROM t"), Is.EqualTo(new object[][] { [1L, "x", 4L], [2L, "z", 4L] }));
        Assert.That(() => database.Execute("UPDATE t SET x = NULL"), Throws.Exception);
    }

    [Test]
    public void New_index_and_constraints_hold_for_what_was_converted()
    {
        using TestDatabase database = ConversionTrial.AssertSame(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT, n INT); CREATE TABLE p(id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2); INSERT INTO t VALUES (1, ' a', 1), (2, 'a', 10), (3, NULL, NULL)",
            new ConvertColumn("x", new SqlConversion("coalesce(x, '') || id")),
            new ConvertColumn("n", new SqlConversion("n % 9")),
            new AddIndex("CREATE UNIQUE INDEX u ON t(x)"),
            new AddCheck("short", "length(x) < 4"),
            new AddForeignKey(null, ["n"], "p", ["id"]));

        Assert.That(() => database.Execute("UPDATE t SET x = 'same'"), Throws.Exception);
        Assert.That(() => database.Execute("UPDATE t SET x = 'longer' WHERE id = 1"), Throws.Exception);
    }

    [Test]
    public void Pages_whose_values_stay_are_not_written()
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Wal);
        database.Execute("""
            CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT, k INT);
            INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i, 'text of row ' || i, i % 7 FROM n;
            """);
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        long pages = database.Scalar<long>("PRAGMA page_count");

        AlterationResult result = TableAlterer.Alter(
            database.Connection, "t", [new ConvertColumn("x", new SqlConversion("CASE WHEN id = 10000 THEN upper(x) ELSE trim(x) END"))], new AlterationOptions());

        Assert.That(result.RowsUpdated, Is.EqualTo(20000));
        Assert.That(database.Scalar<string>("SELECT x FROM t WHERE id = 10000"), Is.EqualTo("TEXT OF ROW 10000"));
        Assert.That(new FileInfo(database.Path + "-wal").Length, Is.LessThan(10 * 4096), string.Create(CultureInfo.InvariantCulture, $"of {pages} pages"));
    }
}
