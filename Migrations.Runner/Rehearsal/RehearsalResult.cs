using System.Collections.Immutable;
using Migrations.Runner.Verification;

namespace Migrations.Runner.Rehearsal;

/// <summary>What a rehearsal did and found. Immutable.</summary>
internal sealed record RehearsalResult
{
    /// <summary>What the database holds, which was copied and not touched.</summary>
    public required DatabaseStatus Status { get; init; }

    /// <summary>The versions of the database.</summary>
    public required ImmutableArray<ModuleVersion> From { get; init; }

    /// <summary>The versions of the upgraded copy.</summary>
    public required ImmutableArray<ModuleVersion> To { get; init; }

    /// <summary>The migrations in the order in which they were applied; empty where nothing is pending.</summary>
    public required ImmutableArray<RehearsedMigration> Migrations { get; init; }

    /// <summary>What the checks of the upgraded copy found and was not there before.</summary>
    public required ImmutableArray<Finding> NewFindings { get; init; }

    /// <summary>What the checks of the upgraded copy found and was there before the upgrade.</summary>
    public required ImmutableArray<Finding> OldFindings { get; init; }

    /// <summary>The CREATE statements of what differs from what the migrations make, line by line.</summary>
    public required ImmutableArray<string> Differences { get; init; }

    /// <summary>Why the schema was not compared with what the migrations make; null where it was.</summary>
    public required string? NotCompared { get; init; }

    /// <summary>The size of the copy before the upgrade, in bytes.</summary>
    public required long Size { get; init; }

    public required TimeSpan Copying { get; init; }

    /// <summary>How long the upgrade of the copy took, without a backup.</summary>
    public required TimeSpan Upgrading { get; init; }

    public required TimeSpan Checking { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The upgraded copy where it was to stay; else null.</summary>
    public required string? Kept { get; init; }

    /// <summary>Whether all went well and nothing is to be corrected.</summary>
    public bool IsClean =>
        NewFindings.IsEmpty
        && OldFindings.IsEmpty
        && NotCompared is null
        && Migrations.All(migration => migration.Findings.All(finding => finding.IsExpected));
}
