using System.Collections.Immutable;
using System.Reflection;
using Migrations.Cli.CommandLine;
using Migrations.Runner.Status;

namespace Migrations.Cli.Loading;

/// <summary>Loads the assemblies with migrations.</summary>
internal static class MigrationAssemblies
{
    /// <summary>Loads assemblies in a context of their own.</summary>
    /// <exception cref="ToolException">One is not there, is none, or does not fit the tool; or none holds a migration.</exception>
    public static ImmutableArray<Assembly> Load(ImmutableArray<string> paths)
    {
        foreach (string path in paths)
        {
            if (!File.Exists(path))
            {
                throw ToolException.Usage($"There is no assembly \"{path}\": build it, or let the tool build it (--project).");
            }
        }

        MigrationLoadContext context = new(paths);
        ImmutableArray<Assembly> assemblies = [.. paths.Select(path => Load(context, path))];
        return assemblies.Any(HasMigrations)
            ? assemblies
            : throw ToolException.Usage(
                $"{string.Join(", ", paths.Select(path => $"\"{path}\""))} {(paths.Length == 1 ? "holds" : "hold")} no migrations: they are public classes "
                + "with FluentMigrator's [Migration].");
    }

    private static Assembly Load(MigrationLoadContext context, string path)
    {
        try
        {
            Assembly assembly = context.LoadFromAssemblyPath(path);
            SharedAssemblies.Require(assembly, path);
            return assembly;
        }
        catch (BadImageFormatException e)
        {
            throw ToolException.Usage($"\"{path}\" is not a .NET assembly.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"\"{path}\" can't be loaded: {e.Message}", e);
        }
    }

    private static bool HasMigrations(Assembly assembly)
    {
        try
        {
            return MigrationTypes.Of(assembly).Migrations.Count > 0;
        }
        catch (Exception e) when (e is IOException or TypeLoadException or BadImageFormatException)
        {
            throw ToolException.Usage(
                $"\"{assembly.Location}\" can't be read, for something that it needs is not beside it: {e.Message} Name it in the folder where it was "
                + "built or published.",
                e);
        }
    }
}
