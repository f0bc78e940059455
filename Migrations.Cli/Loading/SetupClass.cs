using System.Collections.Immutable;
using System.Reflection;
using Migrations.Cli.CommandLine;
using Migrations.Runner;

namespace Migrations.Cli.Loading;

/// <summary>The class in which an application sets its migrator's options.</summary>
internal static class SetupClass
{
    /// <summary>Sets the options by it, where there is one.</summary>
    /// <param name="assemblies">Where to look.</param>
    /// <param name="name">The one that is meant, with or without its namespace; null for the only one.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ToolException">There is none of that name, or several; or it fails.</exception>
    public static void Apply(ImmutableArray<Assembly> assemblies, string? name, DatabaseMigratorOptions options)
    {
        if (Find(assemblies, name) is not { } type)
        {
            return;
        }

        try
        {
            IMigratorSetup setup = (IMigratorSetup)Activator.CreateInstance(type, BindingFlags.DoNotWrapExceptions, null, null, null)!; // Only Nullable<T> makes null.
            setup.Configure(options);
        }
        catch (MissingMethodException e) when (type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw ToolException.Usage($"{type.FullName} can't be made: give it a public constructor without parameters.", e);
        }
        catch (Exception e) when (e is IOException or TypeLoadException or BadImageFormatException)
        {
            throw MigrationAssemblies.Incomplete(type.Assembly, e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw ToolException.Usage($"{type.FullName} can't set the options: {e.Message}", e);
        }
    }

    private static Type? Find(ImmutableArray<Assembly> assemblies, string? name)
    {
        ImmutableArray<Type> all = [.. assemblies.SelectMany(In)];
        ImmutableArray<Type> found = name is null ? all : [.. all.Where(type => type.FullName == name || type.Name == name)];
        return found switch
        {
            [] when name is not null => throw ToolException.Usage(
                $"There is no class \"{name}\" with an application's options (IMigratorSetup){(all.IsEmpty ? "" : $": there is {Names(all)}")}."),
            [] => null,
            [{ } one] => one,
            _ => throw ToolException.Usage($"Several classes set an application's options: {Names(found)}. Name the one that is meant by --setup."),
        };
    }

    private static IEnumerable<Type> In(Assembly assembly)
    {
        try
        {
            return [.. assembly.GetExportedTypes().Where(type =>
                type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IMigratorSetup).IsAssignableFrom(type))];
        }
        catch (Exception e) when (e is IOException or TypeLoadException or BadImageFormatException)
        {
            throw MigrationAssemblies.Incomplete(assembly, e);
        }
    }

    private static string Names(IEnumerable<Type> types) => string.Join(", ", types.Select(type => type.FullName));
}
