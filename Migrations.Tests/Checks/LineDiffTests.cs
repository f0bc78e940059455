using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core.Schema.Script;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

internal sealed class LineDiffTests
{
    [TestCase("a b c", "a b c", "")]
    [TestCase("a b c", "a c", "  a|- b|  c")]
    [TestCase("a c", "a b c", "  a|+ b|  c")]
    [TestCase("", "a b", "+ a|+ b")]
    [TestCase("1 2 3 4 5 x 6 7 8", "1 2 3 4 5 y 6 7 8", "@@ line 5 @@|  5|- x|+ y|  6")]
    [TestCase("x 1 2 3 4 y", "1 2 3 4", "- x|  1|@@ line 5 @@|  4|- y")]
    [TestCase("a b c d", "b d a", "- a|  b|- c|  d|+ a")]
    public void Of_twoTexts_showsTheLinesOfEach(string old, string @new, string expected) =>
        Assert.That(string.Join('|', LineDiff.Of(Words(old), Words(@new), string.Equals, context: 1)), Is.EqualTo(expected));

    [Test]
    public void Of_manyDifferences_showsTheFirst()
    {
        ImmutableArray<string> lines = [.. Enumerable.Range(0, 500).Select(line => line.ToString(CultureInfo.InvariantCulture))];

        Assert.That(LineDiff.Of(lines, [], string.Equals), Has.Length.EqualTo(201).And.Some.EqualTo("... and 300 lines more"));
    }

    private static ImmutableArray<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
