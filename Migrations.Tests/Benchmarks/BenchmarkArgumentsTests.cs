using Migrations.Benchmarks;
using NUnit.Framework;

namespace Migrations.Tests.Benchmarks;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class BenchmarkArgumentsTests
{
    [Test]
    public void All_runs_every_part_and_writes_what_it_finds()
    {
        BenchmarkArguments arguments = BenchmarkArguments.Parse(["all", "--rounds", "7"])!; // It is understood.

        Assert.That(arguments.Parts, Is.EqualTo(BenchmarkParts.All.Select(part => part.Name)));
        Assert.That(arguments.Options.Rounds, Is.EqualTo(7));
        Assert.That(arguments.WritesResults);
    }

    [TestCase("all", "--rows", "2000")]
    [TestCase("memory", "alterations")]
    public void Trial_and_single_parts_write_nothing(params string[] line)
    {
        BenchmarkArguments arguments = BenchmarkArguments.Parse(line)!; // It is understood.

        Assert.That(arguments.WritesResults, Is.False);
    }

    [Test]
    public void Parts_run_in_their_order_and_once() =>
        Assert.That(BenchmarkArguments.Parse(["memory", "alterations", "memory"])!.Parts, Is.EqualTo(["alterations", "memory"])); // It is understood.

    [TestCase]
    [TestCase("--rounds", "5")]
    [TestCase("all", "--rounds", "0")]
    [TestCase("all", "--rounds")]
    [TestCase("all", "--rows", "-5")]
    [TestCase("all", "--rows", "ten")]
    [TestCase("everything")]
    public void Senseless_arguments_are_not_guessed_at(params string[] line) => Assert.That(BenchmarkArguments.Parse(line), Is.Null);
}
