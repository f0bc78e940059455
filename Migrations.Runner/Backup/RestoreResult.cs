namespace Migrations.Runner;

/// <summary>What a restore did with the database that was there. Immutable.</summary>
public sealed class RestoreResult
{
    internal RestoreResult(DatabaseBackup? previous, string? damagedPath, TimeSpan duration)
    {
        Previous = previous;
        DamagedPath = damagedPath;
        Duration = duration;
    }

    /// <summary>The backup that was made of the database before; null where there was none, an empty one, or a damaged one.</summary>
    public DatabaseBackup? Previous { get; }

    /// <summary>Where what is left of a damaged database was put; null where it was not damaged.</summary>
    public string? DamagedPath { get; }

    /// <summary>How long it took in all.</summary>
    public TimeSpan Duration { get; }
}
