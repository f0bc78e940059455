using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Loading;
using Migrations.Runner.Status;

namespace Migrations.Cli.Authoring;

/// <summary>Where a new migration goes: beside the newest one, or into the project's folder, or where it was told to go. Immutable.</summary>
internal sealed class MigrationPlace
{
    private readonly KnownMigration? newest;
    private readonly string? newestFile;

    private MigrationPlace(KnownMigration? newest, string? newestFile, string folder, string @namespace)
    {
        this.newest = newest;
        this.newestFile = newestFile;
        Folder = folder;
        Namespace = @namespace;
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace { get; }

    /// <summary>Finds the place.</summary>
    /// <param name="newest">The newest migration; null where there is none.</param>
    /// <param name="project">The project that was built; null where assemblies were named.</param>
    /// <param name="output">The folder that was asked for.</param>
    /// <param name="namespace">The namespace that was asked for.</param>
    /// <exception cref="ToolException">The namespace is none.</exception>
    public static MigrationPlace Find(KnownMigration? newest, BuiltProject? project, string? output, string? @namespace)
    {
        if (@namespace is not null && !CSharpName.IsNamespace(@namespace))
        {
            throw ToolException.Usage($"\"{@namespace}\" is no namespace: give names with dots between them, such as App.Migrations.");
        }

        string? source = newest is null ? null : MigrationSource.Of(newest.Type);
        string? beside = source is null ? null : Path.GetDirectoryName(source);
        string folder = output is not null ? Path.GetFullPath(output) : beside ?? project?.Folder ?? Directory.GetCurrentDirectory();
        return new(newest, source, folder, @namespace ?? DefaultNamespace(newest?.Type, project, folder, beside));
    }

    /// <summary>The path of a migration's file: with the version before the name of the class, unless the newest one is called otherwise.</summary>
    public string FileOf(string className, long version)
    {
        string? example = newestFile is null ? null : Path.GetFileNameWithoutExtension(newestFile);
        bool hasVersion = newest is null
            || example is null
            || (example.StartsWith(newest.Version.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) && example != newest.Type.Name);
        return Path.Combine(Folder, hasVersion ? string.Create(CultureInfo.InvariantCulture, $"{version}_{className}.cs") : $"{className}.cs");
    }

    private static string DefaultNamespace(Type? newest, BuiltProject? project, string folder, string? beside) =>
        newest is not null && (project is null || IsSame(folder, beside)) ? Joined(newest.Namespace ?? "", [])
        : project is null ? ""
        : NamespaceIn(project, folder);

    private static string NamespaceIn(BuiltProject project, string folder)
    {
        string relative = Path.GetRelativePath(project.Folder, folder);
        bool isInside = relative != "." && !Path.IsPathRooted(relative) && relative.Split('/', '\\')[0] != "..";
        return Joined(project.RootNamespace, isInside ? relative.Split('/', '\\') : []);
    }

    private static string Joined(string root, string[] folders) =>
        string.Join('.', root.Split('.', StringSplitOptions.RemoveEmptyEntries).Concat(folders).Select(CSharpName.ToNamespace));

    private static bool IsSame(string folder, string? other) => other is not null
        && string.Equals(Path.TrimEndingDirectorySeparator(folder), Path.TrimEndingDirectorySeparator(Path.GetFullPath(other)), StringComparison.Ordinal);
}
