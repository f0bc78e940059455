using System.Collections.Immutable;
using System.Reflection;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Configuration;
using Migrations.Runner.Status;

namespace Migrations.Cli.Loading;

/// <summary>Loads the assemblies with migrations.</summary>
internal static class MigrationAssemblies
{
    /// <summary>Loads assemblies in a context of their own.</summary>
    /// <exception cref="ToolException">One is not there, is none, or does not fit the tool.</exception>
    public static LoadedMigrations Load(ImmutableArray<string> paths, ImmutableArray<ModuleSetting> modules)
    {
        ImmutableArray<string> all = [.. paths, .. modules.Select(module => module.Path)];
        foreach (string path in all)
        {
            if (!File.Exists(path))
            {
                throw ToolException.Usage(Directory.Exists(path)
                    ? $"\"{path}\" is a folder: name the assembly in it, or a project by --project."
                    : $"There is no assembly \"{path}\": build it, or let the tool build it (--project).");
            }
        }

        MigrationLoadContext context = new(all);
        LoadedMigrations loaded = new([.. paths.Select(path => Load(context, path))], [.. modules.Select(module => (module, Load(context, module.Path)))]);
        ApplicationSqlite.Use(context);
        return loaded;
    }

    /// <summary>Whether an assembly holds migrations.</summary>
    /// <exception cref="ToolException">Something that it needs is not there.</exception>
    public static bool HasMigrations(Assembly assembly)
    {
        try
        {
            return MigrationTypes.Of(assembly).Migrations.Count > 0;
        }
        catch (Exception e) when (e is IOException or TypeLoadException or BadImageFormatException)
        {
            throw Incomplete(assembly, e);
        }
    }

    /// <summary>What to say of an assembly of which a part can't be loaded.</summary>
    public static ToolException Incomplete(Assembly assembly, Exception error) => ToolException.Usage(
        $"\"{assembly.Location}\" can't be read, for something that it needs is not beside it: {error.Message.ReplaceLineEndings(" ").Trim()} Name it in the folder where it was "
        + "built or published.",
        error);

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
}
