namespace Migrations.Runner.Fleet;

/// <summary>Whether names of files that differ in case only are the same, as the operating system's usual file systems have it.</summary>
internal static class FileNames
{
    public static bool IgnoreCase => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    public static StringComparer Comparer => IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
