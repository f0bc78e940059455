namespace Migrations.Runner;

/// <summary>How far the upgrade at a host's start is.</summary>
public enum ReadinessState
{
    /// <summary>It has not begun.</summary>
    Waiting,

    /// <summary>It is running, or waits for another process that upgrades the same database.</summary>
    Migrating,

    /// <summary>The database is at the version that the application needs.</summary>
    Ready,

    /// <summary>It failed or was cancelled; the application must not use the database.</summary>
    Failed,
}
