using System.Reflection;
using System.Runtime.Loader;

namespace Migrations.Testing.Templates;

/// <summary>All assemblies that some assemblies refer to, directly and by others, except those of the runtime itself.</summary>
internal static class ReferencedCode
{
    private static readonly string RuntimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    /// <summary>A line for each, in the order of names: its name and its module's id, or that it can't be found.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Assembly> roots)
    {
        SortedSet<string> lines = new(StringComparer.Ordinal);
        HashSet<Assembly> seen = [];
        Stack<Assembly> waiting = new(roots);
        while (waiting.TryPop(out Assembly? assembly))
        {
            if (!seen.Add(assembly))
            {
                continue;
            }

            lines.Add($"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId}");
            foreach (AssemblyName name in assembly.GetReferencedAssemblies().Where(name => !IsRuntime(name)))
            {
                if (Load(assembly, name) is { } referenced)
                {
                    waiting.Push(referenced);
                }
                else
                {
                    lines.Add($"{name.FullName} is missing");
                }
            }
        }

        return [.. lines];
    }

    private static bool IsRuntime(AssemblyName name) => RuntimeFolder.Length > 0 && File.Exists(Path.Combine(RuntimeFolder, name.Name + ".dll"));

    private static Assembly? Load(Assembly from, AssemblyName name)
    {
        try
        {
            return (AssemblyLoadContext.GetLoadContext(from) ?? AssemblyLoadContext.Default).LoadFromAssemblyName(name);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
