using System.Reflection;
using FluentMigrator.Runner.VersionTableInfo;

namespace Migrations.Runner.Status;

/// <summary>Finds the class by which an application tells FluentMigrator of its own version table.</summary>
internal static class VersionTableSearch
{
    /// <summary>The table of the first public class with the attribute and a parameterless constructor; null where there is none.</summary>
    public static IVersionTableMetaData? Find(IEnumerable<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
        {
            foreach (Type type in assembly.GetExportedTypes())
            {
                if (type.IsDefined(typeof(VersionTableMetaDataAttribute), inherit: false)
                    && typeof(IVersionTableMetaData).IsAssignableFrom(type)
                    && type.GetConstructor(Type.EmptyTypes) is { } constructor)
                {
                    return (IVersionTableMetaData)constructor.Invoke(null);
                }
            }
        }

        return null;
    }
}
