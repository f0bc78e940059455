using System.Globalization;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;

namespace Migrations.Benchmarks.Alterations;

/// <summary>Time must grow with the rows and not faster: the time for each row, at several sizes.</summary>
internal static class GrowthBenchmark
{
    private static readonly Goal Linear = new(1.2);

    public static ResultTable Run(MeasuringOptions options, Templates templates)
    {
        int reference = options.Rows / 10;
        int[] sizes = [options.Rows / 100, reference, options.Rows, options.ManyRows];
        return new ResultTable(
            "Growth",
            string.Create(CultureInfo.InvariantCulture, $"Microseconds for each row at several sizes, against those at {reference:N0} rows. ")
            + string.Create(CultureInfo.InvariantCulture, $"{options.Rounds} rounds, {options.RoundsOfMany} at {options.ManyRows:N0} rows."),
            "µs a row",
            [.. new[] { AlterationCases.DefaultChange, AlterationCases.ForcedCopy, AlterationCases.Rescale }.SelectMany(Measure)]);

        IEnumerable<Measurement> Measure(AlterationCase change)
        {
            Dictionary<int, Samples> samples = sizes.ToDictionary(size => size, size => PerRow(change, size));
            return sizes.Where(size => size != reference).Select(size => new Measurement(
                string.Create(CultureInfo.InvariantCulture, $"{change.Name}, {size:N0} rows"),
                samples[size],
                "",
                samples[reference],
                string.Create(CultureInfo.InvariantCulture, $"{reference:N0} rows"),
                size > reference ? Linear : null));
        }

        Samples PerRow(AlterationCase change, int size)
        {
            Template template = templates.Of(size);
            return Interleaved.Run(size == options.ManyRows ? options.RoundsOfMany : options.Rounds, () => template.Time(connection => change.Run(connection)))[0]
                .Per(size / 1000.0);
        }
    }
}
