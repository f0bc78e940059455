namespace Migrations.Runner.Files;

/// <summary>Whether names of files that differ in case only are the same, as the operating system's usual file systems have it.</summary>
internal static class FileNames
{
    public static bool IgnoreCase => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    public static StringComparer Comparer => IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static StringComparison Comparison => IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The same text for all ways to write a path that differ in case only and are the same.</summary>
    public static string Fold(string path) => IgnoreCase ? path.ToUpperInvariant() : path;
}
