using Migrations.Tests.Support;

namespace Migrations.Tests.Repository;

/// <summary>The texts that make the repository, by their paths from its root with forward slashes.</summary>
internal static class RepositoryTexts
{
    private static readonly HashSet<string> Made = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".idea", "artifacts", "bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts",
    };

    private static readonly HashSet<string> Written = new(StringComparer.Ordinal)
    {
        ".cs", ".csproj", ".props", ".targets", ".slnx", ".json", ".md", ".txt", ".sql", ".cake", ".editorconfig", ".tsv", "",
    };

    private static string Root => RepositoryFiles.Root.FullName;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IReadOnlyList<string> Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>Every text file that a person wrote, with its path from the root and forward slashes.</summary>
    public static IEnumerable<string> Texts() => Below(Root).Where(path => Written.Contains(Path.GetExtension(path)));

    /// <summary>Every C# file below a folder.</summary>
    public static IEnumerable<string> Sources(string folder = "") =>
        Below(Path.Combine(Root, folder)).Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    private static IEnumerable<string> Below(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (string inner in Directory.EnumerateDirectories(folder).Where(inner => !Made.Contains(Path.GetFileName(inner))))
        {
            foreach (string file in Below(inner))
            {
                yield return file;
            }
        }
    }
}
