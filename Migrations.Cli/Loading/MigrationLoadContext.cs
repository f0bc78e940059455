using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;

namespace Migrations.Cli.Loading;

/// <summary>
/// Where migrations are loaded, with the dependencies that lie beside them: what the tool happens to bring is not theirs, but for what they
/// must have in common.
/// </summary>
internal sealed class MigrationLoadContext(IEnumerable<string> paths) : AssemblyLoadContext("migrations")
{
    private readonly ImmutableArray<AssemblyDependencyResolver> resolvers = [.. paths.Select(path => new AssemblyDependencyResolver(path))];

    /// <summary>Where an assembly is that lies beside the migrations; null where none does.</summary>
    public string? PathOf(AssemblyName assemblyName) =>
        resolvers.Select(resolver => resolver.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(found => found is not null);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Contains(assemblyName))
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }

        string? path = PathOf(assemblyName) ?? OtherFramework(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        resolvers.Select(resolver => resolver.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(found => found is not null) is { } path
            ? LoadUnmanagedDllFromPath(path)
            : IntPtr.Zero;

    // A web application's assemblies lie neither beside it nor in the framework that this process runs on.
    private static string? OtherFramework(AssemblyName name)
    {
        string own = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
        if (name.Name is null || File.Exists(Path.Combine(own, name.Name + ".dll")))
        {
            return null;
        }

        DirectoryInfo? all = new DirectoryInfo(own).Parent?.Parent;
        return all is null || !all.Exists
            ? null
            : all.EnumerateDirectories()
                .SelectMany(framework => framework.EnumerateDirectories())
                .Where(version => Version.TryParse(version.Name.Split('-')[0], out Version? found) && found.Major == Environment.Version.Major)
                .OrderByDescending(version => Version.Parse(version.Name.Split('-')[0]))
                .Select(version => Path.Combine(version.FullName, name.Name + ".dll"))
                .FirstOrDefault(File.Exists);
    }
}
