using Migrations.Runner.Locking;

namespace Migrations.Runner.Backup;

/// <summary>What is free on the drive that holds a folder.</summary>
/// <param name="Drive">The drive, the same for all folders on it.</param>
/// <param name="Free">How many bytes this process may still write.</param>
internal sealed record DriveSpace(string Drive, long Free)
{
    /// <summary>Asks the operating system; null where it can't tell.</summary>
    public static DriveSpace? Of(string folder)
    {
        try
        {
            string real = RealPath.Of(folder);
            string? drive = OperatingSystem.IsWindows()
                ? Path.GetPathRoot(real)
                : Environment.GetLogicalDrives().Where(mount => Holds(mount, real)).MaxBy(mount => mount.Length);
            if (drive is null)
            {
                return null;
            }

            // File systems without a size of their own say 0 of 0.
            DriveInfo volume = new(OperatingSystem.IsWindows() ? drive : real);
            return volume.TotalSize == 0 ? null : new(drive, volume.AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool Holds(string mount, string folder) =>
        folder.StartsWith(mount, StringComparison.Ordinal)
        && (mount.EndsWith('/') || folder.Length == mount.Length || folder[mount.Length] == '/');
}
