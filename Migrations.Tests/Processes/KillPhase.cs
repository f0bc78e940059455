namespace Migrations.Tests.Processes;

/// <summary>What a child is doing when it is killed.</summary>
public enum KillPhase
{
    Upgrade,
    Backup,
    Restore,
}
