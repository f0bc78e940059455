using System.Globalization;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;
using Migrations.Core;

namespace Migrations.Benchmarks.Alterations;

/// <summary>Every change against its yardstick.</summary>
internal static class AlterationBenchmark
{
    public static ResultTable Run(MeasuringOptions options, Templates templates)
    {
        Template template = templates.Of(options.Rows);
        return new ResultTable(
            "Alterations",
            string.Create(CultureInfo.InvariantCulture, $"`connection.AlterTable` on {options.Rows:N0} rows of about 150 bytes with 8 columns, 3 indexes ")
            + "and a parent; journal and synchronisation as SQLite has them at first (DELETE, FULL). "
            + string.Create(CultureInfo.InvariantCulture, $"{options.Rounds} rounds. *12 steps by hand*: the procedure of ")
            + "lang_altertable.html, section 7, written in SQL for this table: foreign keys off, BEGIN IMMEDIATE, create, copy, drop, rename, "
            + "3 indexes, `foreign_key_check` of the table, COMMIT.",
            "ms",
            [.. AlterationCases.All.Select(row => Measure(row, templates, template, options.Rounds))]);
    }

    private static Measurement Measure(AlterationCase row, Templates templates, Template template, int rounds)
    {
        AlterationStrategy strategy = WarmUp(row, templates);
        Samples[] samples = Interleaved.Run(
            rounds, () => template.Time(row.Prepare, connection => row.Run(connection)), () => template.Time(row.Prepare, row.Yardstick.Run));
        Measurement measurement = new(row.Name, samples[0], Words(strategy), samples[1], row.Yardstick.Name, row.Goal);
        Console.Error.WriteLine($"{measurement.Name}: {measurement.Ratio.ToString("F3", CultureInfo.InvariantCulture)} {measurement.Goal}");
        return measurement;
    }

    /// <summary>Compiles the code of both sides on a small file.</summary>
    private static AlterationStrategy WarmUp(AlterationCase row, Templates templates)
    {
        const int FewRows = 1000;
        AlterationStrategy strategy = AlterationStrategy.None;
        Template few = templates.Of(FewRows);
        _ = few.Time(row.Prepare, connection => strategy = row.Run(connection));
        _ = few.Time(row.Prepare, row.Yardstick.Run);
        return strategy;
    }

    private static string Words(AlterationStrategy strategy) => strategy switch
    {
        AlterationStrategy.None => "nothing",
        AlterationStrategy.Native => "native",
        AlterationStrategy.InPlace => "in place",
        AlterationStrategy.Copy => "copy",
        _ => strategy.ToString(),
    };
}
