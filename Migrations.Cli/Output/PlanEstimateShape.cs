using Migrations.Runner.Planning;

namespace Migrations.Cli.Output;

/// <summary>About how long an upgrade takes, and how much room it needs.</summary>
/// <param name="Seconds">With the backup; an estimate.</param>
/// <param name="DiskBytes">Beside the database, until the migration is done that needs most; an estimate.</param>
/// <param name="BackupBytes">The size of the backup; 0 where none is made.</param>
/// <param name="FreeBytes">What is free beside the database; null where nobody can tell.</param>
/// <param name="Shortage">Why there may be too little room; null where there is enough.</param>
internal sealed record PlanEstimateShape(double Seconds, long DiskBytes, long BackupBytes, long? FreeBytes, string? Shortage)
{
    public static PlanEstimateShape Of(PlanEstimate estimate) =>
        new(Math.Round(estimate.Time.TotalSeconds, 1), estimate.Disk, estimate.Backup, estimate.Free, estimate.Shortage);
}
