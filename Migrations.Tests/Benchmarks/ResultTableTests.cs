using Migrations.Benchmarks.Results;
using NUnit.Framework;

namespace Migrations.Tests.Benchmarks;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ResultTableTests
{
    private static readonly Goal Fifteen = new(0.15);

    [TestCase(0.1, true)]
    [TestCase(0.15, true)]
    [TestCase(0.1501, false)]
    public void Goal_is_met_up_to_its_value(double ratio, bool isMet) => Assert.That(Fifteen.IsMetBy(ratio), Is.EqualTo(isMet));

    [TestCase(0.15, "<= 0.15")]
    [TestCase(1.1, "<= 1.1")]
    [TestCase(2.0, "<= 2.0")]
    public void Goal_is_written_as_a_bound(double atMost, string text) => Assert.That(new Goal(atMost).ToString(), Is.EqualTo(text));

    [TestCase(new double[] { 5 }, 5)]
    [TestCase(new double[] { 9, 1, 4 }, 4)]
    [TestCase(new double[] { 8, 2, 4, 1 }, 3)]
    public void Median_is_the_middle_whatever_the_order(double[] values, double median)
    {
        Samples samples = new(values);

        Assert.That(samples.Median, Is.EqualTo(median));
        Assert.That(samples.Minimum, Is.EqualTo(values.Min()));
    }

    [Test]
    public void Ratio_is_of_medians_and_stands_before_the_goal()
    {
        ResultTable table = new("Title", "Text.", "ms", [Row("met", 10, 12, 200), Row("missed", 100, 100, 200), Row("no goal", 1, 1, 4) with { Goal = null }]);

        string[] lines = table.ToMarkdown().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines[0], Is.EqualTo("## Title"));
        Assert.That(lines[^3], Is.EqualTo("| met | copy | 11.0 | 10.0 | by hand | 200 | 200 | met | 0.055 | <= 0.15 |"));
        Assert.That(lines[^2], Is.EqualTo("| missed | copy | 100 | 100 | by hand | 200 | 200 | **MISSED** | 0.500 | <= 0.15 |"));
        Assert.That(lines[^1], Is.EqualTo("| no goal | copy | 1.00 | 1.00 | by hand | 4.00 | 4.00 |  | 0.250 | - |"));
    }

    [Test]
    public void Document_counts_goals_and_lists_each_that_is_missed()
    {
        ResultTable table = new("Title", "Text.", "ms", [Row("first", 1, 1, 10), Row("second", 9, 9, 10), Row("third", 1, 1, 1) with { Goal = null }]);

        string text = ResultsDocument.Write([table], new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(7));

        Assert.That(text, Does.Contain("Goals: 1 met, 1 missed.").And.Contain("- missed: second, 0.900 of by hand, goal <= 0.15\n"));
        Assert.That(text, Does.Contain("7 minutes on 2026-03-01").And.Contain("| SQLite | 3."));
        Assert.That(text, Does.Not.Contain(Environment.MachineName).And.Not.Contain(Environment.CurrentDirectory));
    }

    private static Measurement Row(string name, double one, double other, double yardstick) =>
        new(name, new Samples(one, other), "copy", new Samples(yardstick), "by hand", Fifteen);
}
