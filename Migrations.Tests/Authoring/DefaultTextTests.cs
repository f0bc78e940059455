using Migrations.Core.Authoring;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

public sealed class DefaultTextTests
{
    [TestCase("1 + 2", "(1 + 2)")]
    [TestCase(" (1 + 2) ", "(1 + 2)")]
    [TestCase("(1) + (2)", "((1) + (2))")]
    [TestCase("((1) + (2))", "((1) + (2))")]
    [TestCase("(')') || ('(')", "((')') || ('('))")]
    [TestCase("(')(')", "(')(')")]
    [TestCase("(1 /* ) */)", "(1 /* ) */)")]
    [TestCase("current_timestamp", "current_timestamp")]
    [TestCase("random()", "(random())")]
    [TestCase("-(5)", "(-(5))")]
    public void OfExpression_puts_parentheses_around_what_has_none(string sql, string expected)
    {
        using TestDatabase database = TestDatabase.InMemory();
        string text = DefaultText.OfExpression(sql);

        Assert.That(text, Is.EqualTo(expected));
        Assert.That(() => database.Execute($"CREATE TABLE t (x DEFAULT {text})"), Throws.Nothing);
    }

    [Test]
    public void IsInParentheses_of_text_that_ends_in_a_comment_is_false() =>
        Assert.That(DefaultText.IsInParentheses("(1) -- one"), Is.False);
}
