namespace Migrations.Runner;

/// <summary>What an upgrade is doing.</summary>
public enum UpgradePhase
{
    /// <summary>Another process upgrades the same database; it is waited for.</summary>
    WaitingForLock,

    /// <summary>The database is being copied and the copy checked; counted in pages.</summary>
    BackingUp,

    /// <summary>A migration runs; counted in rows while a table is copied, and not while it is edited where it is.</summary>
    Migrating,

    /// <summary>The upgraded database is being checked.</summary>
    Checking,

    /// <summary>A backup is being put back; counted in pages.</summary>
    Restoring,
}
