using System.Collections.Immutable;
using System.Reflection;
using FluentMigrator;

namespace Migrations.Runner.Status;

/// <summary>The migrations of one module that the application knows, in the order of versions, found without building FluentMigrator.</summary>
internal static class MigrationCatalog
{
    public static ImmutableArray<MigrationIdentity> Read(MigrationModule module, IReadOnlyCollection<string> tags)
    {
        List<MigrationIdentity> migrations = [];
        foreach (Assembly assembly in module.Assemblies)
        {
            foreach (Type type in assembly.GetExportedTypes())
            {
                if (!type.IsAbstract && typeof(IMigration).IsAssignableFrom(type) && type.GetCustomAttribute<MigrationAttribute>() is { } attribute)
                {
                    migrations.Add(new(module.Name, attribute.Version, attribute.Description ?? type.Name));
                }
            }
        }

        migrations.Sort((left, right) => left.Version.CompareTo(right.Version));
        return [.. migrations];
    }
}
