using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner;

/// <summary>A database's version, as it was declared. Immutable.</summary>
public sealed class BaselineResult
{
    internal BaselineResult(
        string module, long version, ImmutableArray<MigrationIdentity> migrations, ImmutableArray<SchemaDifference> extraObjects, DatabaseBackup? backup)
    {
        Module = module;
        Version = version;
        Migrations = migrations;
        ExtraObjects = extraObjects;
        Backup = backup;
    }

    /// <summary>The module's name, empty for the application's own migrations.</summary>
    public string Module { get; }

    /// <summary>The version.</summary>
    public long Version { get; }

    /// <summary>The migrations that count as applied now, in the order of versions.</summary>
    public IReadOnlyList<MigrationIdentity> Migrations { get; }

    /// <summary>What is there beside what they make, where <see cref="BaselineOptions.AllowExtraObjects"/> let it be.</summary>
    public IReadOnlyList<SchemaDifference> ExtraObjects { get; }

    /// <summary>The backup that was made before the first change, null where none was.</summary>
    public DatabaseBackup? Backup { get; }

    /// <summary>The path of <see cref="Backup"/>.</summary>
    public string? BackupPath => Backup?.Path;
}
