using Migrations.Runner;

namespace Migrations.Tests.Upgrades;

/// <summary>Progress that is handled where it happens, on the thread that upgrades.</summary>
internal sealed class ActionProgress(Action<UpgradeProgress> report) : IProgress<UpgradeProgress>
{
    public void Report(UpgradeProgress value) => report(value);
}
