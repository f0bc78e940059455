namespace Migrations.Tests.Support;

/// <summary>Files of this repository, found upwards from the test assembly.</summary>
public static class RepositoryFiles
{
    private static readonly Lazy<DirectoryInfo> LazyRoot = new(FindRoot);

    /// <summary>The directory that holds Migrations.slnx.</summary>
    public static DirectoryInfo Root => LazyRoot.Value;

    private static DirectoryInfo FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Migrations.slnx")))
            {
                return directory;
            }
        }

        throw new DirectoryNotFoundException($"No directory above {AppContext.BaseDirectory} holds Migrations.slnx.");
    }
}
