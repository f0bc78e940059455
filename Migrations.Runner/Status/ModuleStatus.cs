using System.Collections.Immutable;

namespace Migrations.Runner;

/// <summary>One module of a database, compared with what the application knows of it. Immutable.</summary>
public sealed class ModuleStatus
{
    internal ModuleStatus(
        string module,
        bool isMissing,
        long newestKnown,
        ImmutableArray<MigrationIdentity> applied,
        ImmutableArray<MigrationIdentity> pending,
        ImmutableArray<MigrationIdentity> unknown,
        ImmutableArray<MigrationIdentity> edited)
    {
        Module = module;
        IsMissing = isMissing;
        NewestKnown = newestKnown;
        Applied = applied;
        Pending = pending;
        Unknown = unknown;
        Edited = edited;
    }

    /// <summary>The module's name, empty for the application's own.</summary>
    public string Module { get; }

    /// <summary>Whether the database holds its history and the application does not have it.</summary>
    public bool IsMissing { get; }

    /// <summary>The newest version that the application knows, 0 where it knows none.</summary>
    public long NewestKnown { get; }

    /// <summary>The newest version in the database, 0 where none is applied.</summary>
    public long NewestApplied => Applied.Count == 0 ? 0 : Applied[^1].Version;

    /// <summary>What is applied, known or not, in the order of versions.</summary>
    public IReadOnlyList<MigrationIdentity> Applied { get; }

    /// <summary>What an upgrade would apply, in the order of versions.</summary>
    public IReadOnlyList<MigrationIdentity> Pending { get; }

    /// <summary>What is applied and the application does not know, newer versions included.</summary>
    public IReadOnlyList<MigrationIdentity> Unknown { get; }

    /// <summary>What is pending and comes before something that is applied.</summary>
    public IEnumerable<MigrationIdentity> OutOfOrder => Pending.TakeWhile(migration => migration.Version < NewestApplied);

    /// <summary>
    /// What was applied with another meaning than it has now. Migrations that were applied by something else than a
    /// <see cref="DatabaseMigrator"/> are compared from its first upgrade on.
    /// </summary>
    public IReadOnlyList<MigrationIdentity> Edited { get; }

    /// <summary>Whether the database is of a version above the newest one that the application knows.</summary>
    public bool IsNewer => !IsMissing && NewestApplied > NewestKnown;
}
