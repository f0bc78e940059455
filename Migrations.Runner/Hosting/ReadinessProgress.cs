namespace Migrations.Runner.Hosting;

/// <summary>Tells what an upgrade reports at once, on its own thread.</summary>
internal sealed class ReadinessProgress(DatabaseReadiness readiness) : IProgress<UpgradeProgress>
{
    public void Report(UpgradeProgress value) => readiness.Report(value);
}
