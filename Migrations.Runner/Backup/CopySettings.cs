namespace Migrations.Runner.Backup;

/// <summary>What backups take from their surroundings: the clock, the drives, and how much is copied between two looks at the token.</summary>
internal sealed record CopySettings
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Func<string, DriveSpace?> Drives { get; init; } = DriveSpace.Of;

    /// <summary>About 4 MB for most databases: few enough to stop at once, enough to cost nothing.</summary>
    public int PagesPerStep { get; init; } = 1024;
}
