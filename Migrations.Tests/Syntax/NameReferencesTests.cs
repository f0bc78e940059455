using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

[TestFixture]
public sealed class NameReferencesTests
{
    private const string Tables =
        "CREATE TABLE target(a, b, \"key\"); CREATE TABLE other(a, b); CREATE TABLE log(x, y); INSERT INTO target VALUES (1, 2, 3);";

    [TestCase("CREATE VIEW v AS SELECT b FROM target")]
    [TestCase("CREATE VIEW v AS SELECT b FROM TARGET AS x")]
    [TestCase("CREATE VIEW v AS SELECT * FROM other, 'target'")]
    [TestCase("CREATE VIEW v AS SELECT * FROM (other AS o JOIN 'target' AS x)")]
    [TestCase("CREATE VIEW v AS SELECT * FROM other WHERE (a, b, 1) IN 'target'")]
    [TestCase("CREATE VIEW v AS SELECT * FROM main.[target]")]
    [TestCase("CREATE VIEW v AS SELECT * FROM main.'target'")]
    [TestCase("CREATE VIEW v AS SELECT (SELECT a FROM `target`)")]
    [TestCase("CREATE TRIGGER v AFTER DELETE ON 'target' BEGIN SELECT 1; END")]
    [TestCase("CREATE TRIGGER v AFTER DELETE ON other BEGIN INSERT INTO 'target' VALUES (1, 2, 3); END")]
    [TestCase("CREATE TRIGGER v AFTER DELETE ON other BEGIN UPDATE OR IGNORE 'target' SET a = 1; END")]
    [TestCase("CREATE TRIGGER v AFTER DELETE ON other BEGIN DELETE FROM \"target\"; END")]
    [TestCase("CREATE INDEX v ON 'target'(b)")]
    public void Mentions_finds_a_table_however_SQLite_lets_it_be_named(string sql)
    {
        // SQLite takes it for the table: the text works, and with another name it does not.
        Assert.That(() => CreateAndUse(sql), Throws.Nothing);
        Assert.That(() => CreateAndUse(sql.Replace("target", "nobody", StringComparison.OrdinalIgnoreCase)), Throws.Exception);
        Assert.That(NameReferences.Mentions(sql, "target"), Is.True);
    }

    [TestCase("a = 'target'")]
    [TestCase("a IN ('target', 'b')")]
    [TestCase("coalesce(a, 'target')")]
    [TestCase("/* target */ a -- target\n")]
    [TestCase("a = targets")]
    [TestCase("a = :target")]
    public void Mentions_passes_over_values_and_comments(string expression) =>
        Assert.That(NameReferences.Mentions(expression, "target"), Is.False);

    [TestCase("CONSTRAINT f FOREIGN KEY (a) REFERENCES p", "key", ExpectedResult = false)]
    [TestCase("PRIMARY /**/ KEY (a)", "key", ExpectedResult = false)]
    [TestCase("PRIMARY KEY (key)", "key", ExpectedResult = true)]
    [TestCase("UNIQUE ('a', b)", "a", ExpectedResult = true)]
    [TestCase("SELECT a FROM t ORDER BY b", "order", ExpectedResult = false)]
    [TestCase("SELECT \"order\" FROM t", "ORDER", ExpectedResult = true)]
    [TestCase("UPDATE t SET 'a' = 1, 'b' = 'c'", "b", ExpectedResult = true)]
    [TestCase("UPDATE t SET 'a' = 1, 'b' = 'c'", "c", ExpectedResult = false)]
    [TestCase("INSERT INTO t('a', 'b') VALUES ('c', 'd'), ('e', 'f')", "b", ExpectedResult = true)]
    [TestCase("INSERT INTO t('a', 'b') VALUES ('c', 'd'), ('e', 'f')", "d", ExpectedResult = false)]
    [TestCase("INSERT INTO t('a', 'b') VALUES ('c', 'd'), ('e', 'f')", "f", ExpectedResult = false)]
    [TestCase("SELECT 'a'.'b'", "a", ExpectedResult = true)]
    [TestCase("SELECT 'a'.'b'", "b", ExpectedResult = true)]
    [TestCase("SELECT RAISE(ABORT, 'a')", "a", ExpectedResult = false)]
    [TestCase("é", "É", ExpectedResult = false)]
    [TestCase("[a b]", "A B", ExpectedResult = true)]
    [TestCase("\"a\"\"b\"", "a\"b", ExpectedResult = true)]
    public bool Mentions_tells_names_from_the_rest(string sql, string name) => NameReferences.Mentions(sql, name);

    [Test]
    public void Mentions_looks_only_within_the_span()
    {
        const string sql = "CHECK (a > b)";

        Assert.That(NameReferences.Mentions(sql, new SourceSpan(7, 1), "a"), Is.True);
        Assert.That(NameReferences.Mentions(sql, new SourceSpan(7, 1), "b"), Is.False);
    }

    [TestCase("t.a > 0", "_a > 0")]
    [TestCase("t . /* x */ a > T.b", "_a > _b")]
    [TestCase("\"t\".a + [t].b + `t`.c + 't'.d", "_a + _b + _c + _d")]
    [TestCase("main.t.a > 0", "_a > 0")]
    [TestCase("t.t > t", "_t > t")]
    [TestCase("x.t.a > t.a.b", "_a > t.a.b")]
    [TestCase("x.a = 't.a' /* t.a */", "x.a = 't.a' /* t.a */")]
    [TestCase("t.*", "t.*")]
    public void Qualifiers_are_found_with_all_up_to_the_column(string expression, string expected)
    {
        string sql = $"CHECK ({expression})";
        SourceSpan within = SourceSpan.FromBounds(7, sql.Length - 1);
        string replaced = sql;
        foreach (SourceSpan span in NameReferences.Qualifiers(sql, within, "T").Reverse())
        {
            replaced = replaced[..span.Start] + "_" + replaced[span.End..];
        }

        Assert.That(replaced, Is.EqualTo($"CHECK ({expected})"));
    }

    [Test]
    public void Qualifiers_left_out_give_a_check_that_SQLite_takes_to_mean_the_same()
    {
        using TestDatabase database = TestDatabase.InMemory();
        const string sql = "CREATE TABLE t(a, CHECK (t.a > 0 AND main.t.a < 10 AND 't'.'a' <> 5))";
        database.Execute(sql).Execute("INSERT INTO t VALUES (1)").Execute("DROP TABLE t");
        string changed = sql;
        foreach (SourceSpan span in NameReferences.Qualifiers(sql, new SourceSpan(18, sql.Length - 18), "t").Reverse())
        {
            changed = changed.Remove(span.Start, span.Length);
        }

        database.Execute(changed.Replace("'a'", "\"a\"", StringComparison.Ordinal)).Execute("INSERT INTO t VALUES (1)");

        Assert.That(changed, Does.Not.Contain("t."));
        Assert.That(() => database.Execute("INSERT INTO t VALUES (10)"), Throws.Exception);
        Assert.That(() => database.Execute("INSERT INTO t VALUES (5)"), Throws.Exception);
    }

    private static void CreateAndUse(string sql)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute(Tables).Execute(sql)
            .Execute(sql.StartsWith("CREATE VIEW", StringComparison.Ordinal) ? "SELECT * FROM v" : "DELETE FROM other");
    }
}
