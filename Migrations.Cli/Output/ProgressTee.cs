using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>Tells progress to an action, on the thread that reports it.</summary>
internal sealed class ProgressTee(Action<UpgradeProgress> report) : IProgress<UpgradeProgress>
{
    public void Report(UpgradeProgress value) => report(value);
}
