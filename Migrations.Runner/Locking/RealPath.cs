namespace Migrations.Runner.Locking;

/// <summary>
/// The path of a file without symbolic links, in folders too: SQLite keeps journals beside the real file
/// (howtocorrupt.html, section 2.2), and the lock must be one for all ways to it.
/// </summary>
internal static class RealPath
{
    private const int MostLinks = 64;

    /// <summary>The real path of a file or folder that need not exist. What can't be resolved stays as it is.</summary>
    public static string Of(string path) => Resolve(Path.GetFullPath(path), MostLinks);

    private static string Resolve(string path, int linksLeft)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is null || linksLeft == 0)
        {
            return path;
        }

        string real = Path.Combine(Resolve(folder, linksLeft), Path.GetFileName(path));
        try
        {
            return new FileInfo(real).LinkTarget is { } target
                ? Resolve(Path.GetFullPath(target, Path.GetDirectoryName(real)!), linksLeft - 1) // It has a folder: it is in one.
                : real;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return real;
        }
    }
}
