using Microsoft.Extensions.Logging;

namespace Migrations.Runner.Upgrade;

/// <summary>The application's progress callback: an error in showing progress must not fail an upgrade.</summary>
internal sealed class ProgressReport(IProgress<UpgradeProgress>? progress, ILoggerFactory loggers)
{
    private bool isBroken;

    public void Report(UpgradeProgress report)
    {
        if (progress is null || isBroken)
        {
            return;
        }

        try
        {
            progress.Report(report);
        }
#pragma warning disable CA1031 // Whatever it throws, it is not the upgrade's error.
        catch (Exception error)
#pragma warning restore CA1031
        {
            isBroken = true;
            UpgradeLog.ProgressFailed(loggers.CreateLogger<DatabaseMigrator>(), error);
        }
    }
}
