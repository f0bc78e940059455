using System.Globalization;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A line for each migration, and for each other thing that begins.</summary>
internal sealed class ProgressLines(Terminal terminal, string copying) : ProgressDisplay(copying)
{
    private (UpgradePhase Phase, int Number)? last;

    public override void Report(UpgradeProgress progress)
    {
        if (last == (progress.Phase, progress.Number))
        {
            return;
        }

        last = (progress.Phase, progress.Number);
        terminal.Note(progress.Migration is null
            ? Words(progress)
            : string.Create(CultureInfo.InvariantCulture, $"{progress.Number} of {progress.Count}: {Words(progress)}"));
    }

    public override void Dispose()
    {
    }
}
