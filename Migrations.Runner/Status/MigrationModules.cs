using System.Collections;
using System.Reflection;
using FluentMigrator.Runner.VersionTableInfo;

namespace Migrations.Runner;

/// <summary>The modules of a database beside the application's own, in the order in which they were added.</summary>
#pragma warning disable CA1710 // It reads as what it is: o.Modules.Add(...).
public sealed class MigrationModules : IReadOnlyCollection<MigrationModule>
#pragma warning restore CA1710
{
    private readonly List<MigrationModule> modules = [];

    /// <inheritdoc/>
    public int Count => modules.Count;

    /// <summary>Adds a module.</summary>
    /// <param name="name">The name, which its history table and backups carry: letters, digits, '.', '_' and '-'. Unique without regard
    /// to case. It must never change: the database would forget what is applied.</param>
    /// <param name="assembly">The assembly with its migrations.</param>
    /// <param name="after">The modules that must be upgraded before it; an empty name stands for the application's own migrations. Without
    /// any, modules are upgraded in the order in which they were added, the application's own last.</param>
    /// <returns>These modules.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="assembly"/> is null.</exception>
    public MigrationModules Add(string name, Assembly assembly, params IEnumerable<string> after) => Add(name, assembly, null, after);

    /// <summary>Adds a module whose history is in a table of another shape or name.</summary>
    /// <param name="name">As above.</param>
    /// <param name="assembly">As above.</param>
    /// <param name="versionTable">The table; null for the one that a public class with <c>[VersionTableMetaData]</c> in the assembly describes, or
    /// else <c>VersionInfo_</c> and the module's name.</param>
    /// <param name="after">As above.</param>
    /// <returns>These modules.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/>, <paramref name="assembly"/> or <paramref name="after"/> is null.</exception>
    public MigrationModules Add(string name, Assembly assembly, IVersionTableMetaData? versionTable, IEnumerable<string> after)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(after);
        modules.Add(new(name, [assembly], [.. after], versionTable));
        return this;
    }

    /// <inheritdoc/>
    public IEnumerator<MigrationModule> GetEnumerator() => modules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
