using System.Reflection;
using System.Runtime.CompilerServices;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.VersionTableInfo;

namespace Migrations.Runner.Status;

/// <summary>The public classes of an assembly that FluentMigrator looks for, found in one pass. Immutable.</summary>
internal sealed class MigrationTypes
{
    // A start with nothing pending asks three times: for the options' faults, the version table and the migrations.
    private static readonly ConditionalWeakTable<Assembly, MigrationTypes> Known = [];

    private readonly List<Type> migrations = [];

    private MigrationTypes(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes())
        {
            if (type.IsAbstract)
            {
                continue;
            }

            if (typeof(IMigration).IsAssignableFrom(type))
            {
                migrations.Add(type);
            }
            else if (VersionTable is null && type.IsClass && typeof(IVersionTableMetaData).IsAssignableFrom(type))
            {
                VersionTable = type;
            }
            else if (Conventions is null && typeof(IMigrationRunnerConventions).IsAssignableFrom(type))
            {
                Conventions = type;
            }
        }
    }

    /// <summary>The migrations and what else looks like one; <see cref="IMigrationRunnerConventions"/> decides.</summary>
    public IReadOnlyList<Type> Migrations => migrations;

    /// <summary>The first class that describes a version table.</summary>
    public Type? VersionTable { get; }

    /// <summary>The first class that says what a migration is.</summary>
    public Type? Conventions { get; }

    public static MigrationTypes Of(Assembly assembly)
    {
        if (!Known.TryGetValue(assembly, out MigrationTypes? types))
        {
            types = new(assembly);
            Known.AddOrUpdate(assembly, types);
        }

        return types;
    }
}
