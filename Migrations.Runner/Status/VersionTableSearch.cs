using System.Reflection;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.Options;

namespace Migrations.Runner.Status;

/// <summary>Finds the class by which an application tells FluentMigrator of its own version table, as FluentMigrator does.</summary>
internal static class VersionTableSearch
{
    /// <summary>The table of the first public class that describes one; null where there is none, or none that can be made.</summary>
    public static IVersionTableMetaData? Find(IEnumerable<Assembly> assemblies) => TypeIn(assemblies) is { } type ? Make(type) : null;

    /// <summary>The first class that describes a table and can't be made; null where all is well.</summary>
    public static Type? Unusable(IEnumerable<Assembly> assemblies) => TypeIn(assemblies) is { } type && Make(type) is null ? type : null;

    private static Type? TypeIn(IEnumerable<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
        {
            if (assembly is not null && MigrationTypes.Of(assembly).VersionTable is { } type)
            {
                return type;
            }
        }

        return null;
    }

    private static IVersionTableMetaData? Make(Type type)
    {
        if (type.ContainsGenericParameters)
        {
            return null;
        }

        if (type.GetConstructor(Type.EmptyTypes) is { } plain)
        {
            return (IVersionTableMetaData)plain.Invoke(null);
        }

        // What FluentMigrator's own base class asks for.
        return type.GetConstructor([typeof(IConventionSet), typeof(IOptions<RunnerOptions>)]) is { } derived
            ? (IVersionTableMetaData)derived.Invoke([new DefaultConventionSet(), Options.Create(new RunnerOptions())])
            : null;
    }
}
