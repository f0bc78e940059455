using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Preservation;

/// <summary>Expressions of an author mean what they would mean in a SELECT from the table itself.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ExpressionTests
{
    private const string Sql = """
        CREATE TABLE p(id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, p_id INT REFERENCES p(id), g INT AS (b * 10));
        INSERT INTO p VALUES (1, 'one'), (2, 'two');
        INSERT INTO t(id, a, b, p_id) VALUES (1, 'x', 5, 2), (4, 'Y', -3, 1), (9, 'a''b', NULL, NULL);
        """;

    [TestCase("upper(a)")]
    [TestCase("a -- a comment at the end")]
    [TestCase("t.a || t.id")]
    [TestCase("main.t.a || '!'")]
    [TestCase("(SELECT name FROM p WHERE p.id = p_id)")]
    [TestCase("(SELECT name FROM p WHERE p.id = t.p_id)")]
    [TestCase("(SELECT p.name FROM main.p WHERE id = t.p_id)")]
    [TestCase("(SELECT count(*) FROM t AS other WHERE other.id < t.id)")]
    [TestCase("(SELECT count(*) FROM t AS other WHERE other.b > coalesce(t.b, 0))")]
    [TestCase("(SELECT max(a) FROM t)")]
    [TestCase("CASE WHEN a = 'y' THEN 'equal without case' ELSE a END")]
    [TestCase("g || ' computed'")]
    [TestCase("t.g + 1")]
    [TestCase("rowid * 2")]
    [TestCase("t.rowid || _rowid_ || oid")]
    [TestCase("a /* a comment */ || /* another */ b")]
    [TestCase("(WITH w(x) AS (SELECT 7) SELECT x + t.id FROM w)")]
    [TestCase("row_number() OVER (ORDER BY id DESC)")]
    [TestCase("sum(b) OVER ()")]
    [TestCase("count(*) OVER (PARTITION BY p_id IS NULL)")]
    [TestCase("a IN ('X', 'z')")]
    [TestCase("EXISTS (SELECT 1 FROM p WHERE p.id = t.b)")]
    [TestCase("iif(typeof(b) = 'null', x'00', b)")]
    [TestCase("\"a\"")]
    [TestCase("[a]")]
    [TestCase("b BETWEEN -5 AND 0 OR a GLOB 'a*'")]
    public void Conversion_gives_what_a_query_gives(string expression)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        string[] expected = Values(database, $"SELECT quote({expression}\n) FROM t ORDER BY id");

        TableAlterer.Alter(database.Connection, "t", [new AddColumn("n", ExistingRows: expression)], new AlterationOptions());
        Assert.That(Values(database, "SELECT quote(n) FROM t ORDER BY id"), Is.EqualTo(expected));

        TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("n", new SqlConversion(expression))], new AlterationOptions());
        Assert.That(Values(database, "SELECT quote(n) FROM t ORDER BY id"), Is.EqualTo(expected));
        Integrity.Check(database.Connection);
    }

    [TestCase("t.b IS NULL OR t.b < 100")]
    [TestCase("\"T\".[b] IS NULL OR `t`.b < 100")]
    [TestCase("a NOT LIKE '%)%' -- a comment; (")]
    [TestCase("g IS NULL OR t.g < 1000")]
    [TestCase("length(a) > 0 /* ) */")]
    [TestCase("CASE WHEN b > 0 THEN a <> '' ELSE 1 END")]
    public void Check_that_is_added_holds_for_rows_to_come(string expression)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);

        TableAlterer.Alter(database.Connection, "t", [new AddCheck("added", expression)], new AlterationOptions());

        Assert.That(() => database.Execute("INSERT INTO t(a, b) VALUES ('', 200); INSERT INTO t(a, b) VALUES (')', 200)"), Throws.Exception.With.Message.Contains("added"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM t WHERE id IN (1, 4, 9)"), Is.EqualTo(3));
        TableAlterer.Alter(database.Connection, "t", [new DropCheck("added", null)], new AlterationOptions());
        database.Execute("INSERT INTO t(a, b) VALUES ('', 200)");
    }

    [Test]
    public void Check_of_a_new_column_may_name_the_table([Values(RebuildMode.Auto, RebuildMode.AlwaysCopy)] RebuildMode mode)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);

        TableAlterer.Alter(database.Connection, "t", [new AddColumn("n INT DEFAULT 3 CHECK (t.n < 10 AND coalesce(t.b, 0) < 10)")], new AlterationOptions { Mode = mode });

        Assert.That(Values(database, "SELECT n FROM t"), Is.EqualTo(new[] { "3", "3", "3" }));
        Assert.That(() => database.Execute("INSERT INTO t(n) VALUES (10)"), Throws.Exception.With.Message.Contains("CHECK"));
    }

    [Test]
    public void Conversion_reads_columns_as_the_changes_before_it_left_them()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);

        TableAlterer.Alter(
            database.Connection, "t",
            [
                new ConvertColumn("a", new SqlConversion("a || 1")),
                new ConvertColumn("a", new FunctionConversion(value => value + "2")),
                new ConvertColumn("a", new SqlConversion("a || 3")),
                new AddColumn("n TEXT", ExistingRows: "a || 4"),
                new ConvertColumn("b", new SqlConversion("length(n)")),
            ],
            new AlterationOptions());

        Assert.That(Values(database, "SELECT a || ' ' || n || ' ' || b || ' ' || g FROM t WHERE id = 1").Single(), Is.EqualTo("x123 x1234 5 50"));
    }

    private static string[] Values(TestDatabase database, string sql) => [.. database.Rows(sql).Select(row => row[0]?.ToString() ?? "NULL")];
}
