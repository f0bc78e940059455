namespace Migrations.Cli.CommandLine;

/// <summary>What the process ends with.</summary>
internal enum ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    Done = 0,

    /// <summary>Something failed; what was running was rolled back.</summary>
    Failed = 1,

    /// <summary>The command line, migrations.json or the assembly can't be used. The database was not touched.</summary>
    Usage = 2,

    /// <summary>Refused because of what the database holds, or because nobody said yes. Nothing was changed.</summary>
    Refused = 3,

    /// <summary>status: migrations are pending.</summary>
    Pending = 4,

    /// <summary>verify, rehearse and schema --check: something is not as it should be.</summary>
    Differs = 5,

    /// <summary>Cancelled; what was running was rolled back.</summary>
    Cancelled = 130,
}
