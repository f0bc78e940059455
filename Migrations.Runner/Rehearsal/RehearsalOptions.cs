using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Rehearsal;

/// <summary>How a rehearsal is done. Immutable.</summary>
internal sealed record RehearsalOptions
{
    /// <summary>Where to go: the newest version, or another one upwards.</summary>
    public MigrationTarget Target { get; init; } = MigrationTarget.Newest;

    /// <summary>The folder in which the copies are made; null for the system's folder of temporary files.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether the upgraded copy stays.</summary>
    public bool Keeps { get; init; }
}
