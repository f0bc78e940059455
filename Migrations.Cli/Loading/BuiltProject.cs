namespace Migrations.Cli.Loading;

/// <summary>A project that was built, as MSBuild describes it. Immutable.</summary>
/// <param name="File">The project's file.</param>
/// <param name="Assembly">What was built.</param>
/// <param name="RootNamespace">The namespace of classes in the project's folder; empty where there is none.</param>
internal sealed record BuiltProject(string File, string Assembly, string RootNamespace)
{
    public string Folder => Path.GetDirectoryName(File) ?? "";
}
