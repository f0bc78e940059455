using System.Globalization;
using Migrations.Benchmarks.Measuring;

namespace Migrations.Benchmarks;

/// <summary>What the command line asks for. Immutable.</summary>
/// <param name="Parts">The parts, in the order in which they run.</param>
/// <param name="IsAll">Whether all were asked for at once.</param>
/// <param name="Options">How much is measured.</param>
internal sealed record BenchmarkArguments(IReadOnlyList<string> Parts, bool IsAll, MeasuringOptions Options)
{
    private const string AllParts = "all";

    /// <summary>Fewer rows are a trial: what it gives is shown, and kept nowhere.</summary>
    public bool WritesResults => IsAll && Options.Rows == MeasuringOptions.Default.Rows;

    /// <summary>Null where it can't be understood.</summary>
    public static BenchmarkArguments? Parse(ReadOnlySpan<string> arguments)
    {
        MeasuringOptions options = MeasuringOptions.Default;
        List<string> parts = [];
        while (!arguments.IsEmpty)
        {
            switch (arguments)
            {
                case ["--rows", string rows, ..] when Number(rows) is >= 1000 and <= 100_000_000 and int count:
                    options = options with { Rows = count };
                    arguments = arguments[2..];
                    break;
                case ["--rounds", string rounds, ..] when Number(rounds) is >= 1 and int count:
                    options = options with { Rounds = count };
                    arguments = arguments[2..];
                    break;
                case [string part, ..] when part == AllParts || BenchmarkParts.All.Any(known => known.Name == part):
                    parts.Add(part);
                    arguments = arguments[1..];
                    break;
                default:
                    return null;
            }
        }

        bool isAll = parts.Contains(AllParts);
        return parts.Count == 0
            ? null
            : new BenchmarkArguments([.. BenchmarkParts.All.Select(part => part.Name).Where(name => isAll || parts.Contains(name))], isAll, options);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
