namespace Migrations.Tests.Upgrades;

/// <summary>The files that this process has open, where the system tells.</summary>
internal static class OpenFiles
{
    /// <summary>Those in a folder; empty on systems without /proc.</summary>
    public static IReadOnlyList<string> Under(string folder) =>
    [
        .. (Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd") : [])
            .Select(Target)
            .OfType<string>()
            .Where(target => target.StartsWith(folder + "/", StringComparison.Ordinal)),
    ];

    private static string? Target(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            // Closed in the meantime.
            return null;
        }
    }
}
