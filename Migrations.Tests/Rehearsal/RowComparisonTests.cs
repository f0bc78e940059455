using Migrations.Core.Syntax;
using Migrations.Runner.Files;
using Migrations.Runner.Rehearsal;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Rehearsal;

[Parallelizable(ParallelScope.All)]
internal sealed class RowComparisonTests
{
    [TestCase("'a'", "'A'", TestName = "Case_counts_where_the_collation_ignores_it")]
    [TestCase("'a'", "'a '", TestName = "Space_at_the_end_counts")]
    [TestCase("1", "'1'", TestName = "Type_counts")]
    [TestCase("1", "1.0", TestName = "Integer_is_no_real")]
    [TestCase("'ab'", "x'6162'", TestName = "Text_is_no_blob")]
    [TestCase("NULL", "0", TestName = "Null_is_no_zero")]
    [TestCase("0.1", "0.10000000000000002", TestName = "Last_bit_of_a_real_counts")]
    [TestCase("9007199254740993", "9007199254740992", TestName = "Last_digit_of_a_large_integer_counts")]
    [TestCase("zeroblob(100000)", "CAST(zeroblob(99999) || x'01' AS BLOB)", TestName = "Last_byte_of_a_large_blob_counts")]
    [TestCase("'a' || char(0) || 'b'", "'a' || char(0) || 'c'", TestName = "What_comes_after_a_zero_counts")]
    public void Value(string expected, string actual)
    {
        foreach (string table in (string[])
        [
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v COLLATE NOCASE)", "CREATE TABLE t (id TEXT PRIMARY KEY, v COLLATE RTRIM) WITHOUT ROWID", "CREATE TABLE t (id, v COLLATE NOCASE)",
        ])
        {
            string rows = $"{table}; INSERT INTO t VALUES (1, 'same'), (2, ";
            string[] found = Compare($"{rows}{expected})", $"{rows}{actual})");

            Assert.That(found, Has.Length.EqualTo(1).And.All.StartsWith("column \"t\".\"v\": 1 of 2 values differ now, such as "), table);
            Assert.That(Compare($"{rows}{expected})", $"{rows}{expected})"), Is.Empty, table);
        }
    }

    [Test]
    public void Rows_without_a_key_are_the_same_whatever_their_rowids()
    {
        const string Table = "CREATE TABLE t (a, b COLLATE NOCASE); ";
        Assert.That(
            Compare(Table + "INSERT INTO t (rowid, a, b) VALUES (1, 1, 'x'), (5, 1, 'x'), (9, 2, NULL)", Table + "INSERT INTO t VALUES (2, NULL), (1, 'x'), (1, 'x')"),
            Is.Empty);
        Assert.That(
            Compare(Table + "INSERT INTO t (rowid, a, b) VALUES (1, 1, 'x'), (5, 1, 'x'), (9, 2, NULL)", Table + "INSERT INTO t VALUES (2, NULL), (1, 'x'), (1, 'X')"),
            Is.Not.Empty);
    }

    [Test]
    public void Rows_are_found_by_their_key_whatever_their_rowids()
    {
        const string Table = "CREATE TABLE t (k TEXT PRIMARY KEY COLLATE NOCASE, v); ";
        Assert.That(
            Compare(Table + "INSERT INTO t (rowid, k, v) VALUES (7, 'a', 1), (8, 'b', 2)", Table + "INSERT INTO t VALUES ('B', 2), ('a', 3)"),
            Is.EqualTo([
                "column \"t\".\"k\": 1 of 2 values differ now, such as 'B' instead of 'b' where k 'B'",
                "column \"t\".\"v\": 1 of 2 values differ now, such as 3 instead of 1 where k 'a'",
            ]));
    }

    [Test]
    public void Keys_that_are_null_name_no_row()
    {
        const string Table = "CREATE TABLE t (k TEXT PRIMARY KEY, v); INSERT INTO t VALUES (NULL, 1), (NULL, 2), ('a', 3)";
        Assert.That(Compare(Table, Table), Is.Empty);
        Assert.That(
            Compare(Table, Table + "; UPDATE t SET v = 4 WHERE v = 2"),
            Is.EqualTo(["column \"t\".\"v\": 1 of 3 values differ now, such as 4 instead of 2 where rowid 2"]));
    }

    [Test]
    public void Rows_that_are_gone_or_new_are_counted_and_tables_that_are_gone_with_rows()
    {
        Assert.That(
            Compare(
                "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3); CREATE TABLE gone (a); INSERT INTO gone VALUES (1); CREATE TABLE empty (a)",
                "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (3), (4)"),
            Is.EqualTo(["table \"gone\": it is gone with 1 row now", "table \"t\": 2 of 3 rows are gone now", "table \"t\": 1 of 2 rows is new now"]));
    }

    [Test]
    public void Sequence_that_would_give_ids_again_is_found()
    {
        const string Table = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t VALUES (9); DELETE FROM t";
        Assert.That(Compare(Table, Table), Is.Empty);
        Assert.That(Compare(Table, Table + "; DELETE FROM sqlite_sequence"), Is.EqualTo(["table \"t\": AUTOINCREMENT goes on after 0 now, and did after 9"]));
    }

    [Test]
    public void Columns_of_any_name_and_computed_ones_are_no_trouble()
    {
        const string Table = """CREATE TABLE "a ""b" (rowid TEXT, "_rowid_" TEXT, oid, "e""x", c AS (oid + 1)); INSERT INTO "a ""b" VALUES ('r', 's', 1, 'e')""";
        Assert.That(Compare(Table, Table), Is.Empty);
        Assert.That(Compare(Table, Table + """; UPDATE "a ""b" SET "e""x" = 'f'"""), Is.EqualTo(["table \"a \"\"b\": 1 row was there before, 1 row now, and they are not the same"]));
    }

    private static string[] Compare(string expected, string actual)
    {
        using TestDatabase before = TestDatabase.File();
        using TestDatabase after = TestDatabase.File(JournalMode.Delete);
        before.Execute(expected);
        after.Execute(actual);
        return [.. RowComparison.Compare(FileOf(before), FileOf(after), new HashSet<SqlIdentifier>().Contains, "now", CancellationToken.None)];
    }

    private static DatabaseFile FileOf(TestDatabase database) => new(database.ConnectionString, TimeSpan.FromSeconds(5), null);
}
