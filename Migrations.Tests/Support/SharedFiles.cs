using NUnit.Framework;

namespace Migrations.Tests.Support;

/// <summary>
/// Test input that lies in the directory "shared" beside the repository or further up, and is no part of it. Where it is
/// absent
/// the test is ignored, with the path that was looked for.
/// </summary>
public static class SharedFiles
{
    /// <summary>Whether the directory is there.</summary>
    public static bool AreThere => FindRoot() is not null;

    /// <summary>A file under "shared", by its parts; ignores the running test where it is absent.</summary>
    public static FileInfo File(params string[] parts)
    {
        string relative = System.IO.Path.Combine(parts);
        if (FindRoot() is { } root)
        {
            FileInfo file = new(System.IO.Path.Combine(root, relative));
            if (file.Exists)
            {
                return file;
            }
        }

        Assert.Ignore($"../shared/{relative} was not found: skipped");
        throw new FileNotFoundException(relative);
    }

    /// <summary>The files of a directory under "shared" in the order of their names; empty where it is absent, so that it can be a source of test cases.</summary>
    public static IReadOnlyList<FileInfo> Files(string directory, string pattern)
    {
        if (FindRoot() is not { } root || !Directory.Exists(System.IO.Path.Combine(root, directory)))
        {
            return [];
        }

        return [.. new DirectoryInfo(System.IO.Path.Combine(root, directory))
            .EnumerateFiles(pattern)
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static string? FindRoot()
    {
        for (DirectoryInfo? directory = RepositoryFiles.Root.Parent; directory is not null; directory = directory.Parent)
        {
            string candidate = System.IO.Path.Combine(directory.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(candidate, "corpus")))
            {
                return candidate;
            }
        }

        return null;
    }
}
