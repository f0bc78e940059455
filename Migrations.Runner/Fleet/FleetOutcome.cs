namespace Migrations.Runner.Fleet;

/// <summary>What became of one file of a fleet.</summary>
internal enum FleetOutcome
{
    /// <summary>Migrations were applied, all that were to be.</summary>
    Upgraded,

    /// <summary>Nothing was to be applied.</summary>
    UpToDate,

    /// <summary>The file is no database, is damaged or can't be written, or a migration failed and was rolled back.</summary>
    Failed,

    /// <summary>Somebody else used it for longer than the timeout. Nothing was changed.</summary>
    Locked,

    /// <summary>What it holds does not allow it. Nothing was changed.</summary>
    Refused,

    /// <summary>The run was cancelled while this one was running; what was running was rolled back.</summary>
    Cancelled,

    /// <summary>The run was cancelled, or stopped after failures, before this one's turn.</summary>
    NotBegun,
}
