using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Core.Schema.Comparison;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Baselines;

public sealed class SchemaComparisonTests
{
    private static IEnumerable<SchemaPair> Same => SchemaPairs.Same;

    private static IEnumerable<SchemaPair> Different => SchemaPairs.Different;

    [TestCaseSource(nameof(Same))]
    public void Compare_whatMeansTheSame_findsNothing(SchemaPair pair)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Compare(pair.Expected, pair.Actual), Is.Empty);
            Assert.That(Compare(pair.Actual, pair.Expected), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Different))]
    public void Compare_whatMeansSomethingElse_namesIt(SchemaPair pair)
    {
        ImmutableArray<SchemaDifference> found = Compare(pair.Expected, pair.Actual);

        Assert.That(found.Select(difference => (difference.Object, difference.Kind)), Is.EquivalentTo(pair.Differences));
        Assert.That(found.Select(difference => difference.ToString()), Has.None.Contains("\n"));
        Assert.That(Compare(pair.Actual, pair.Expected), Has.Length.EqualTo(found.Length), "the other way round there are as many");
    }

    [Test]
    public void Compare_tablesThatAreIgnored_findsNothing()
    {
        using TestDatabase expected = TestDatabase.InMemory().Execute("CREATE TABLE t(a)");
        using TestDatabase actual = TestDatabase.InMemory().Execute(
            "CREATE TABLE t(a); CREATE TABLE own(a UNIQUE); CREATE INDEX i ON own(a); CREATE TRIGGER g AFTER INSERT ON own BEGIN SELECT 1; END");

        Assert.That(SchemaComparison.Compare(expected.Connection, actual.Connection, name => name == "OWN"), Is.Empty);
    }

    [Test]
    public void Compare_aTextThatSqliteReadsOtherwise_saysSo()
    {
        using TestDatabase expected = TestDatabase.InMemory().Execute("CREATE TABLE t(a INT)");
        using TestDatabase actual = TestDatabase.InMemory().Execute(
            "CREATE TABLE t(a TEXT); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a INT)' WHERE name = 't'");

        ImmutableArray<SchemaDifference> found = SchemaComparison.Compare(expected.Connection, actual.Connection, _ => false);

        Assert.That(found.Select(difference => difference.Kind), Is.All.EqualTo(SchemaDifferenceKind.Unreadable));
        Assert.That(found, Is.Not.Empty);
    }

    [TestCase("CREATE TABLE t(a INT NOT NULL)", "CREATE TABLE t(a INT)", "column \"t\".\"a\": is NULL, expected NOT NULL")]
    [TestCase("CREATE TABLE t(a INT DEFAULT 1)", "CREATE TABLE t(a INT)", "column \"t\".\"a\": default none, expected 1")]
    [TestCase("CREATE TABLE t(a, b)", "CREATE TABLE t(b, a)", "table \"t\": columns in the order \"b\", \"a\", expected \"a\", \"b\"")]
    [TestCase("CREATE TABLE t(a UNIQUE)", "CREATE TABLE t(a)", "table \"t\": missing UNIQUE (\"a\")")]
    [TestCase("CREATE TABLE t(a)", "CREATE TABLE t(a CHECK (a > 0))", "table \"t\": not expected CHECK (a > 0)")]
    [TestCase("CREATE TABLE t(a); CREATE TABLE u(a)", "CREATE TABLE t(a)", "table \"u\": missing")]
    [TestCase("CREATE TABLE t(a)", "CREATE TABLE t(a); CREATE VIEW v AS SELECT 1", "view \"v\": not expected")]
    public void ToString_saysItInOneLine(string expected, string actual, string line) =>
        Assert.That(Compare(expected, actual).Single().ToString(), Is.EqualTo(line));

    private static ImmutableArray<SchemaDifference> Compare(string expected, string actual)
    {
        using TestDatabase left = TestDatabase.InMemory().Execute(expected);
        using TestDatabase right = TestDatabase.InMemory().Execute(actual);
        return SchemaComparison.Compare(left.Connection, right.Connection, _ => false);
    }
}
