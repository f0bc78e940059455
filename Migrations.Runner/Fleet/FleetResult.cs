using System.Collections.Immutable;

namespace Migrations.Runner.Fleet;

/// <summary>What became of one file. It holds words rather than exceptions: there may be many. Immutable.</summary>
internal sealed record FleetResult(string File, FleetOutcome Outcome)
{
    /// <summary>Each module's version before; empty where it is not known.</summary>
    public ImmutableArray<ModuleVersion> From { get; init; } = [];

    /// <summary>Each module's version after; empty where it is not known.</summary>
    public ImmutableArray<ModuleVersion> To { get; init; } = [];

    public TimeSpan Duration { get; init; }

    /// <summary>The backup that was made before the first change; null where none was.</summary>
    public string? Backup { get; init; }

    /// <summary>What was refused or failed, why, and the way out; null where all went well.</summary>
    public string? Message { get; init; }

    /// <summary>What is wrong with the file, the disk or other connections, where that is it.</summary>
    public DatabaseProblem? Problem { get; init; }

    /// <summary>The migration that failed.</summary>
    public MigrationIdentity? Migration { get; init; }
}
