namespace Migrations.Testing.Checks;

/// <summary>
/// Finds a file that a test names relative to its own source file. What the compiler wrote of that file's place is wrong where a build
/// maps paths (deterministic builds write /_/), or where the tests run elsewhere than they were built: then the source file is looked
/// for above the place of the tests' assembly, by as much of its path as is found there.
/// </summary>
internal static class SourcePath
{
    /// <summary>The full path.</summary>
    /// <param name="path">What the test says, relative or not.</param>
    /// <param name="sourceFile">The test's source file, as the compiler wrote it.</param>
    /// <param name="baseDirectory">Where the tests run.</param>
    /// <exception cref="FileNotFoundException">The path is relative, and the source file is nowhere.</exception>
    public static string Resolve(string path, string sourceFile, string baseDirectory)
    {
        if (Path.IsPathFullyQualified(path))
        {
            return path;
        }

        string folder = FolderOf(sourceFile, baseDirectory) ?? throw new FileNotFoundException(
            $"\"{path}\" is relative to the source file {sourceFile}, which is neither there nor above {baseDirectory}. "
            + "Give a full path, or run the tests where their sources are.",
            path);
        return Path.GetFullPath(path, folder);
    }

    private static string? FolderOf(string sourceFile, string baseDirectory)
    {
        if (Path.IsPathFullyQualified(sourceFile) && File.Exists(sourceFile))
        {
            return Path.GetDirectoryName(sourceFile);
        }

        // The longest tail first: a short one may belong to another file of that name.
        string[] parts = sourceFile.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        for (int skipped = 0; skipped < parts.Length; skipped++)
        {
            string tail = Path.Combine(parts[skipped..]);
            for (DirectoryInfo? directory = new(baseDirectory); directory is not null; directory = directory.Parent)
            {
                string candidate = Path.Combine(directory.FullName, tail);
                if (File.Exists(candidate))
                {
                    return Path.GetDirectoryName(candidate);
                }
            }
        }

        return null;
    }
}
