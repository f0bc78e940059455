using System.Collections.Immutable;

namespace Migrations.Runner;

/// <summary>What an upgrade did. Immutable.</summary>
public sealed class UpgradeResult
{
    internal UpgradeResult(
        ImmutableArray<MigrationResult> migrations,
        ImmutableArray<ModuleVersion> from,
        ImmutableArray<ModuleVersion> to,
        DatabaseBackup? backup,
        TimeSpan duration)
    {
        Migrations = migrations;
        From = from;
        To = to;
        Backup = backup;
        Duration = duration;
    }

    /// <summary>What was run, in order; empty where nothing was pending.</summary>
    public IReadOnlyList<MigrationResult> Migrations { get; }

    /// <summary>Each module's version before.</summary>
    public IReadOnlyList<ModuleVersion> From { get; }

    /// <summary>Each module's version after.</summary>
    public IReadOnlyList<ModuleVersion> To { get; }

    /// <summary>The backup that was made before the first change, null where none was.</summary>
    public DatabaseBackup? Backup { get; }

    /// <summary>The path of <see cref="Backup"/>.</summary>
    public string? BackupPath => Backup?.Path;

    /// <summary>How long it took in all.</summary>
    public TimeSpan Duration { get; }
}
