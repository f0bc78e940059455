using System.Collections.Immutable;
using System.Reflection;
using FluentMigrator.Runner.VersionTableInfo;
using Migrations.Runner.Status;

namespace Migrations.Runner;

/// <summary>Migrations that are versioned together, with a history table of their own. Immutable.</summary>
public sealed class MigrationModule
{
    internal MigrationModule(
        string name, ImmutableArray<Assembly> assemblies, ImmutableArray<string> after, IVersionTableMetaData? versionTable)
    {
        Name = name;
        Assemblies = assemblies;
        After = after;
        VersionTable = versionTable ?? VersionTableSearch.Find(assemblies) ?? new ModuleVersionTable(name);
    }

    /// <summary>The name, empty for the application's own migrations.</summary>
    public string Name { get; }

    /// <summary>The assemblies with its migrations.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; }

    /// <summary>The names of the modules that are upgraded before it.</summary>
    public IReadOnlyList<string> After { get; }

    /// <summary>The table that holds its applied versions.</summary>
    public IVersionTableMetaData VersionTable { get; }
}
