using System.Reflection;
using Migrations.Runner;

namespace Migrations.Testing;

/// <summary>Which migrations make a <see cref="MigratedDatabase"/>, and where it is kept. Immutable, as far as its values are.</summary>
public sealed class MigratedDatabaseOptions
{
    /// <summary>The assemblies with the application's migrations, as <see cref="DatabaseMigratorOptions.Assemblies"/>.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<Assembly> Assemblies { get; init; } = [];

    /// <summary>Where databases are kept.</summary>
    /// <value>The default is <see cref="DatabaseStorage.Memory"/>.</value>
    public DatabaseStorage Storage { get; init; } = DatabaseStorage.Memory;

    /// <summary>
    /// Called with the options of each migrator that is made, after connection string and assemblies are set: the place for modules,
    /// tags, services of migrations, and functions of connections. Backups are off.
    /// </summary>
    /// <value>The default is null.</value>
    public Action<DatabaseMigratorOptions>? Configure { get; init; }
}
