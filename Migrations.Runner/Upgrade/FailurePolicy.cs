namespace Migrations.Runner;

/// <summary>What happens to the migrations that an upgrade has applied when a later one fails. The failed one is always rolled back.</summary>
public enum FailurePolicy
{
    /// <summary>They stay: each is a whole version, and the next start goes on from there. The default.</summary>
    KeepApplied,

    /// <summary>
    /// The database is put back to what it was before the upgrade, from the backup. What other connections have written in
    /// the meantime is lost.
    /// </summary>
    RestoreBackup,
}
