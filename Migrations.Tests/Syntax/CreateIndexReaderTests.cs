using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

[TestFixture]
public sealed class CreateIndexReaderTests
{
    [TestCase("a")]
    [TestCase("\"a\" DESC")]
    [TestCase("'a' ASC, [b], `c`")]
    [TestCase("(a)")]
    [TestCase("((a)) COLLATE nocase DESC")]
    [TestCase("(a COLLATE nocase)")]
    [TestCase("a COLLATE nocase COLLATE rtrim")]
    [TestCase("(a COLLATE nocase) COLLATE rtrim")]
    [TestCase("lower(a) COLLATE nocase DESC")]
    [TestCase("a || b COLLATE nocase")]
    [TestCase("(a || b) COLLATE nocase")]
    [TestCase("-a COLLATE nocase")]
    [TestCase("NOT a COLLATE nocase")]
    [TestCase("a LIKE b COLLATE nocase")]
    [TestCase("CASE WHEN a OR b THEN a ELSE b END COLLATE nocase")]
    [TestCase("CAST(a AS TEXT) COLLATE nocase")]
    [TestCase("a IS NOT NULL, b")]
    [TestCase("desc, asc DESC")]
    [TestCase("(a), (b, c) = (1, 2)")]
    [TestCase("1, 'x' || 'y'")]
    [TestCase("a + 1 DESC, (a) + (b)")]
    [TestCase("é, \"É\"")]
    public void Read_of_columns_agrees_with_SQLite(string columns)
    {
        string sql = $"CREATE INDEX i ON t({columns})";
        using TestDatabase database = TestDatabase.InMemory()
            .Execute("CREATE TABLE t(a, b, c, desc, asc, é, É); INSERT INTO t VALUES ('x', 'y', 1, 2, 3, 4, 5)")
            .Execute(sql);

        CreateIndexSyntax index = CreateIndexReader.Read(sql);

        ReadingAgreement.AssertAgrees(database.Connection, "i", index);
        Assert.That(index.Columns.Select(column => column.Collation?.Identifier).Any(name => name is not null), Is.EqualTo(
            database.Scalar<long>("SELECT count(*) FROM pragma_index_xinfo('i') WHERE coll <> 'BINARY'") > 0));
    }

    [Test]
    public void Read_gives_the_expression_of_a_partial_index()
    {
        const string sql = "CREATE UNIQUE INDEX i ON t(a) WHERE /*x*/ b > (1) /*y*/ ;";
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a, b)").Execute(sql);

        CreateIndexSyntax index = CreateIndexReader.Read(sql);

        Assert.That(index.Where?.TextIn(sql), Is.EqualTo("b > (1)"));
        Assert.That(index.IsUnique, Is.True);
        Assert.That(database.Scalar<long>("SELECT partial FROM pragma_index_list('t')"), Is.EqualTo(1));
    }
}
