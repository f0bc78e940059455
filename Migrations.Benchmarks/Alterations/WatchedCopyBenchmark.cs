using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;
using Migrations.Core;

namespace Migrations.Benchmarks.Alterations;

/// <summary>What it costs to tell somebody how far a copy is, and to listen for a cancellation.</summary>
internal static class WatchedCopyBenchmark
{
    public static ResultTable Run(MeasuringOptions options, Templates templates)
    {
        // The goal is near 1, so there are more rounds than elsewhere.
        int rounds = (2 * options.Rounds) - 1;
        Template template = templates.Of(options.Rows);
        _ = templates.Of(1000).Time(Watched);
        Samples[] samples = Interleaved.Run(
            rounds, () => template.Time(Watched), () => template.Time(connection => AlterationCases.ForcedCopy.Run(connection)));
        return new ResultTable(
            "Watched copy",
            string.Create(CultureInfo.InvariantCulture, $"A copy of {options.Rows:N0} rows with a token that could be cancelled and with progress ")
            + string.Create(CultureInfo.InvariantCulture, $"reports, against one without either. {rounds} rounds."),
            "ms",
            [new Measurement("copy, watched", samples[0], "copy", samples[1], "the same, unwatched", new Goal(1.02))]);
    }

    private static void Watched(SqliteConnection connection)
    {
        using CancellationTokenSource source = new();
        connection.AlterTable(
            AccountTable.Name,
            AlterationCases.ForcedCopy.Alter,
            new AlterationOptions { Mode = RebuildMode.AlwaysCopy, CancellationToken = source.Token, Progress = new Unheard() });
    }
}
