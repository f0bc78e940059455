using System.Globalization;
using Migrations.Runner;
using Spectre.Console;

namespace Migrations.Cli.Output;

/// <summary>A bar that grows with migrations, and within one with rows; beside it the table, its rows, and the time left.</summary>
internal sealed class ProgressBarDisplay : ProgressDisplay
{
    private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task display;
    private volatile UpgradeProgress? latest;

    public ProgressBarDisplay(IAnsiConsole screen, string copying)
        : base(copying) => display = screen.Progress()
        .AutoClear(true)
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(async context =>
        {
            ProgressTask task = context.AddTask("begin", maxValue: 1);
            while (!end.Task.IsCompleted)
            {
                if (latest is { } progress)
                {
                    task.Description = Markup.Escape(Describe(progress));
                    (task.MaxValue, task.Value) = Measure(progress);
                }

                await Task.WhenAny(end.Task, Task.Delay(TimeSpan.FromMilliseconds(100)));
            }
        });

    public override void Report(UpgradeProgress progress) => latest = progress;

    public override void Dispose()
    {
        end.SetResult();

        // A bar that can't be drawn must not hide what was done.
        Task.WhenAny(display).Wait();
    }

    private static (double Whole, double Done) Measure(UpgradeProgress progress)
    {
        double part = progress is { Done: { } done, Total: > 0 and { } total } ? Math.Min(1, (double)done / total) : 0;
        return progress.Migration is null ? (1, part) : (progress.Count, progress.Number - 1 + part);
    }

    private string Describe(UpgradeProgress progress)
    {
        string rows = progress is { Table: { } table, Done: { } done, Total: { } total }
            ? string.Create(CultureInfo.InvariantCulture, $": {table}, {done:N0} of {total:N0} rows")
            : "";
        return progress.Migration is null
            ? Words(progress)
            : string.Create(CultureInfo.InvariantCulture, $"{progress.Number} of {progress.Count} {Words(progress)}{rows}");
    }
}
