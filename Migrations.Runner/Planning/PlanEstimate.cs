using Migrations.Runner.Backup;

namespace Migrations.Runner.Planning;

/// <summary>About how long an upgrade takes, and how much room it needs. Immutable.</summary>
/// <param name="Time">Of all migrations and the backup.</param>
/// <param name="Disk">Bytes beside the database, for the migration that needs most; each gives them back.</param>
/// <param name="Backup">Bytes of the backup; 0 where none is made.</param>
/// <param name="Shortage">What is missing on a drive; null where there is enough, or nobody can tell.</param>
/// <param name="Free">Bytes that are free beside the database; null where nobody can tell.</param>
internal sealed record PlanEstimate(TimeSpan Time, long Disk, long Backup, long? Free, string? Shortage)
{
    public static PlanEstimate Of(UpgradePlan plan, Func<string, DriveSpace?> drives)
    {
        Throughput throughput = Throughput.OfThisMachine;
        TimeSpan time = plan.Migrations.Aggregate(throughput.TimeOfBackup(plan.BackupBytes), (sum, migration) => sum + throughput.TimeOf(migration.Work));
        long disk = plan.Migrations.Select(migration => migration.Work.Disk).DefaultIfEmpty().Max();
        DriveSpace? own = plan.Folder is { } folder ? drives(folder) : null;
        DriveSpace? other = plan.BackupFolder is { } backups ? drives(backups) : null;
        bool isShared = own?.Drive == other?.Drive;
        long needed = disk + (isShared ? plan.BackupBytes : 0);
        string? shortage = own is not null && own.Free < needed ? Missing(own, needed)
            : other is not null && !isShared && other.Free < plan.BackupBytes ? Missing(other, plan.BackupBytes)
            : null;
        return new(time, disk, plan.BackupBytes, own?.Free, shortage);
    }

    private static string Missing(DriveSpace space, long needed) =>
        $"The drive {space.Drive} has {Rounded.Bytes(space.Free)} free, and about {Rounded.Bytes(needed)} may be needed.";
}
