using System.Globalization;
using System.Reflection;
using FluentMigrator;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Infrastructure;

namespace Migrations.Runner.Status;

/// <summary>Finds the migrations of a module by FluentMigrator's conventions, without making an instance of any.</summary>
internal sealed class MigrationSearch(MigrationModule module, IReadOnlyList<string> tags)
{
    /// <summary>What is to be run, in the order of versions.</summary>
    public List<KnownMigration> Found { get; } = [];

    /// <summary>The versions of migrations that are not to be run, because of their tags.</summary>
    public List<long> LeftOut { get; } = [];

    public void Run()
    {
        IMigrationRunnerConventions? conventions = FindConventions();
        HashSet<Assembly> seen = [];
        foreach (Assembly assembly in module.Assemblies)
        {
            if (seen.Add(assembly))
            {
                foreach (Type type in MigrationTypes.Of(assembly).Migrations)
                {
                    Add(type, conventions);
                }
            }
        }

        Found.Sort(KnownMigration.Compare);
        for (int i = 1; i < Found.Count; i++)
        {
            if (Found[i].Version == Found[i - 1].Version)
            {
                throw Twice(Found[i - 1], Found[i]);
            }
        }
    }

    private IMigrationRunnerConventions? FindConventions()
    {
        foreach (Assembly assembly in module.Assemblies)
        {
            if (MigrationTypes.Of(assembly).Conventions is { } type)
            {
                return type.GetConstructor(Type.EmptyTypes) is { } constructor
                    ? (IMigrationRunnerConventions)constructor.Invoke(null)
                    : throw new MigrationRefusedException(
                        $"The class {type.FullName} says what a migration is and has no public constructor without parameters: give it one.");
            }
        }

        return null;
    }

    private void Add(Type type, IMigrationRunnerConventions? conventions)
    {
        if (conventions is not null)
        {
            AddByConventions(type, conventions);
        }
        else if (type.IsDefined(typeof(MigrationAttribute), inherit: true))
        {
            MigrationAttribute attribute = AttributeOf(type);
            if (!HasTags(type) || DefaultMigrationRunnerConventions.Instance.HasRequestedTags(type, [.. tags], includeUntagged: true))
            {
                Found.Add(new(attribute.Version, attribute.Description, Closed(type)));
            }
            else
            {
                LeftOut.Add(attribute.Version);
            }
        }
    }

    // The application's own conventions may take the version from anywhere, and are asked for it with an instance.
    private void AddByConventions(Type type, IMigrationRunnerConventions conventions)
    {
        if (!conventions.TypeIsMigration(type))
        {
            return;
        }

        long version;
        string? description;
        if (!type.ContainsGenericParameters && type.GetConstructor(Type.EmptyTypes) is { } constructor)
        {
            IMigrationInfo migration = conventions.GetMigrationInfoForMigration((IMigration)constructor.Invoke(null));
            (version, description) = (migration.Version, migration.Description);
        }
        else
        {
            MigrationAttribute attribute = AttributeOf(type);
            (version, description) = (attribute.Version, attribute.Description);
        }

        if (conventions.HasRequestedTags(type, [.. tags], includeUntagged: true))
        {
            Found.Add(new(version, description, Closed(type)));
        }
        else
        {
            LeftOut.Add(version);
        }
    }

    private static MigrationAttribute AttributeOf(Type type)
    {
        try
        {
            return type.GetCustomAttribute<MigrationAttribute>()
                ?? throw new MigrationRefusedException($"The class {type.FullName} is a migration without a version: give it [Migration].");
        }
        catch (AmbiguousMatchException e)
        {
            throw new MigrationRefusedException($"The class {type.FullName} has several versions: leave one [Migration].", null, e);
        }
    }

    private static Type Closed(Type type) => !type.ContainsGenericParameters
        ? type
        : throw new MigrationRefusedException(
            $"The migration {type.FullName} can't be made, because it is generic: make it abstract, and derive a migration from it for each type.");

    // FluentMigrator asks the same of every class, at the cost of compiling it for a start with nothing pending.
    private static bool HasTags(Type type)
    {
        if (type.IsDefined(typeof(TagsAttribute), inherit: true))
        {
            return true;
        }

        foreach (Type implemented in type.GetInterfaces())
        {
            if (implemented.IsDefined(typeof(TagsAttribute), inherit: true))
            {
                return true;
            }
        }

        return false;
    }

    private MigrationRefusedException Twice(KnownMigration one, KnownMigration other) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Type.FullName} and {other.Type.FullName} both have the version {one.Version}{(module.Name.Length == 0 ? "" : $" in module \"{module.Name}\"")}: give one of them another."));
}
