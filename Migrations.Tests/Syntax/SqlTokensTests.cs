using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

[TestFixture]
public sealed class SqlTokensTests
{
    [TestCase("a > 0", "A>0")]
    [TestCase("a > 0 -- positive", " a/**/>\n0 ")]
    [TestCase("[a] IS not null", "`A` is NOT NULL")]
    [TestCase("\"a\" = 1", "a = 1")]
    [TestCase("\"a b\" = 1", "[a b] = 1")]
    [TestCase("x'0f' <> 1E3", "X'0F' <> 1e3")]
    [TestCase("key > 0", "\"key\" > 0")]
    [TestCase("", " /* nothing */ ")]
    public void MeaningEquals_passes_over_writing(string left, string right) =>
        Assert.That(SqlTokens.MeaningEquals(left, right), Is.True);

    [TestCase("a = 'x'", "a = 'X'")]
    [TestCase("a = 'x'", "a = \"x\"")]
    [TestCase("a <> \"bad\"", "a <> \"Bad\"")]
    [TestCase("a IS NULL", "a IS \"null\"")]
    [TestCase("TRUE", "\"true\"")]
    [TestCase("current_date", "[current_date]")]
    [TestCase("a b", "ab")]
    [TestCase("a", "a a")]
    [TestCase("a > 0", "a >= 0")]
    [TestCase("é", "É")]
    [TestCase("1", "'1'")]
    [TestCase(":a", ":A")]
    public void MeaningEquals_sees_a_difference(string left, string right) =>
        Assert.That(SqlTokens.MeaningEquals(left, right), Is.False);

    [TestCase("NULL", "null", ExpectedResult = true)]
    [TestCase("TRUE", "true", ExpectedResult = true)]
    [TestCase("CURRENT_DATE", "current_date", ExpectedResult = true)]
    [TestCase("'x'", " 'x' ", ExpectedResult = true)]
    [TestCase("- 1", "-1", ExpectedResult = true)]
    [TestCase("(lower('A'))", "( LOWER('A') )", ExpectedResult = true)]
    [TestCase("open", "\"open\"", ExpectedResult = true)]
    [TestCase("open", "Open", ExpectedResult = false)]
    [TestCase("\"open\"", "\"Open\"", ExpectedResult = false)]
    [TestCase("[open]", "[Open]", ExpectedResult = false)]
    [TestCase("TRUE", "'TRUE'", ExpectedResult = false)]
    [TestCase("1", "'1'", ExpectedResult = false)]
    [TestCase("NULL", "\"null\"", ExpectedResult = false)]
    public bool DefaultEquals_holds_only_where_SQLite_stores_the_same_value(string left, string right)
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings();
        database.Execute($"CREATE TABLE t(id, a DEFAULT {left}, b DEFAULT {right}); INSERT INTO t(id) VALUES (1)");
        bool isSame = database.Scalar<long>("SELECT a IS b AND typeof(a) = typeof(b) FROM t") == 1;

        bool areEqual = SqlTokens.DefaultEquals(left, right);

        Assert.That(areEqual, Is.EqualTo(isSame));
        return areEqual;
    }
}
