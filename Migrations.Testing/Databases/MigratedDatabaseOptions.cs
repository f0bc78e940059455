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

    /// <summary>The folder in which databases in files are kept, each in a folder of its own; made where it is missing.</summary>
    /// <value>The default is null: the system's folder of temporary files.</value>
    public string? Folder { get; init; }

    /// <summary>
    /// Called with the options of each migrator that may be needed, after connection string and assemblies are set and backups are off: the
    /// place for modules, tags, services of migrations, and for the hook that gives connections their functions. It may add words to the
    /// connection string, and must set the same each time.
    /// </summary>
    /// <remarks>
    /// Databases are copies of one template where what is set is equal. Delegates among it (<see cref="DatabaseMigratorOptions.ConnectionOpened"/>,
    /// <see cref="DatabaseMigratorOptions.ConfigureRunner"/>) are equal where they are the same method of the same object: a method or a lambda
    /// that captures nothing always, a lambda that captures variables only while it is the same delegate.
    /// </remarks>
    /// <value>The default is null.</value>
    public Action<DatabaseMigratorOptions>? Configure { get; init; }
}
