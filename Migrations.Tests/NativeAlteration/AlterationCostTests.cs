using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.NativeAlteration;

public sealed class AlterationCostTests
{
    private static AlterationPlan Alter(TestDatabase database, RebuildMode mode, params TableChange[] changes) =>
        TableAlterer.Alter(database.Connection, "t", changes, new AlterationOptions { Mode = mode }).Plans[^1];

    private static TestDatabase Database(string columns = "a TEXT, b INT, c TEXT AS (upper(a)) VIRTUAL")
    {
        TestDatabase database = TestDatabase.File();
        database.Execute($"""
            CREATE TABLE t (id INTEGER PRIMARY KEY, {columns});
            INSERT INTO t (a, b) SELECT printf('%0100d', value), value FROM (
                WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 2000) SELECT value FROM n);
            CREATE INDEX by_b ON t (b);
            """);
        return database;
    }

    [TestCase("d DEFAULT 7")]
    [TestCase("d INT NOT NULL DEFAULT 0")]
    [TestCase("d TEXT")]
    public void Cost_of_a_change_of_metadata_counts_nothing(string definition)
    {
        using TestDatabase database = Database();
        AlterationCost cost = Alter(database, RebuildMode.Auto, new AddColumn(definition)).Cost;
        Assert.Multiple(() =>
        {
            Assert.That(cost.Access, Is.EqualTo(RowAccess.None));
            Assert.That(cost.Rows, Is.Null);
            Assert.That(cost.Pages, Is.Null);
            Assert.That(cost.ToString(), Is.EqualTo("touches no row"));
        });
    }

    [Test]
    public void Cost_of_a_virtual_column_that_goes_is_no_row()
    {
        using TestDatabase database = Database();
        AlterationPlan plan = Alter(database, RebuildMode.Auto, new DropColumn("c"));
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
            Assert.That(plan.Cost.Access, Is.EqualTo(RowAccess.None));
        });
    }

    [Test]
    public void Cost_of_a_copy_names_its_rows_pages_and_indexes()
    {
        using TestDatabase database = Database();
        AlterationPlan plan = Alter(database, RebuildMode.AlwaysCopy, new SetDefault("a", "'x'"));
        Assert.Multiple(() =>
        {
            Assert.That(plan.Cost.Access, Is.EqualTo(RowAccess.Rewrite));
            Assert.That(plan.Cost.Rows, Is.EqualTo(2000));
            Assert.That(plan.Cost.Indexes, Is.EqualTo(new[] { "by_b" }));
            Assert.That(plan.ToString(), Does.Match("-- cost: rewrites every row \\(2000 rows, about \\d+ pages\\); builds index by_b\n"));
        });
    }

    [TestCase(RebuildMode.Auto)]
    [TestCase(RebuildMode.NeverCopy)]
    public void Cost_of_a_new_constraint_or_index_is_a_scan(RebuildMode mode)
    {
        using TestDatabase database = Database();
        AlterationCost check = Alter(database, mode, new AddCheck(null, "b > 0")).Cost;
        AlterationCost index = Alter(database, mode, new AddIndex("CREATE INDEX by_a ON t (a)"), new DropIndex("by_b")).Cost;
        Assert.Multiple(() =>
        {
            Assert.That(check.ToString(), Does.StartWith("reads every row (2000 rows, about "));
            Assert.That(index.ToString(), Does.Match("^reads every row \\(2000 rows, about \\d+ pages\\); builds index by_a$"));
        });
    }

    [Test]
    public void Cost_of_a_default_is_an_update_since_short_rows_are_made_to_store_theirs()
    {
        using TestDatabase database = Database();
        AlterationCost cost = Alter(database, RebuildMode.Auto, new SetDefault("b", "3")).Cost;
        Assert.That(cost.ToString(), Does.StartWith("reads every row and updates those that change (2000 rows, about "));
    }

    // What the table fills is read from the file itself: the pages that are free once it is gone.
    [TestCase("a TEXT, b INT")]
    [TestCase("a TEXT, b INT, c TEXT DEFAULT 'zzzzzzzzzzzzzzzzzzzzzz'")]
    [TestCase("a TEXT, b INT, c REAL AS (b + 0.5) STORED, d TEXT AS (a || a) VIRTUAL")]
    [TestCase("a TEXT, b INT, c BLOB DEFAULT (zeroblob(9000))")]
    [TestCase("rowid, _rowid_, oid, a TEXT, b INT")]
    public void TableSize_is_about_what_the_table_fills(string columns)
    {
        using TestDatabase database = Database(columns);
        TableSize size = TableSize.Read(database.Connection, "main", "t");
        database.Execute("DROP INDEX by_b");
        long before = database.Scalar<long>("PRAGMA freelist_count");
        database.Execute("DROP TABLE t");
        long pages = database.Scalar<long>("PRAGMA freelist_count") - before;
        Assert.Multiple(() =>
        {
            Assert.That(size.Rows, Is.EqualTo(2000));
            Assert.That(size.Pages, Is.EqualTo(pages).Within(10).Percent);
        });
    }

    [Test]
    public void TableSize_needs_no_collation_that_is_missing_on_the_connection()
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Connection.CreateCollation("mine", string.CompareOrdinal);
        database.Execute("CREATE TABLE t (k TEXT COLLATE mine, n INT); CREATE INDEX i ON t (k); INSERT INTO t VALUES ('a', 1), ('b', NULL)");
        database.Connection.CreateCollation("mine", null);
        Assert.That(TableSize.Read(database.Connection, "main", "t"), Is.EqualTo(new TableSize(2, 1)));
    }

    [Test]
    public void TableSize_of_a_table_without_rowid_is_measured()
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute("CREATE TABLE t (k TEXT PRIMARY KEY, n INT) WITHOUT ROWID; INSERT INTO t VALUES ('a', 1), ('b', NULL)");
        Assert.That(TableSize.Read(database.Connection, "main", "t"), Is.EqualTo(new TableSize(2, 1)));
    }

    [Test]
    public void TableSize_of_an_empty_table_is_one_page()
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute("CREATE TABLE t (a)");
        Assert.That(TableSize.Read(database.Connection, "main", "t"), Is.EqualTo(new TableSize(0, 1)));
    }

    [Test]
    public void TableSize_of_two_thousand_columns_is_measured()
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute($"CREATE TABLE t ({string.Join(", ", Enumerable.Range(1, 2000).Select(n => $"c{n}"))}); INSERT INTO t (c1) VALUES (1)");
        Assert.That(TableSize.Read(database.Connection, "main", "t").Rows, Is.EqualTo(1));
    }
}
