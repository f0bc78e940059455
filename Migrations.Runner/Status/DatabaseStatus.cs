using System.Collections.Immutable;

namespace Migrations.Runner;

/// <summary>What a database holds, compared with what the application knows. Immutable.</summary>
public sealed class DatabaseStatus
{
    internal DatabaseStatus(
        string database,
        DatabaseState state,
        string message,
        ImmutableArray<ModuleStatus> modules,
        DatabaseProblem? problem = null,
        DatabaseBackup? fittingBackup = null,
        Exception? error = null)
    {
        Database = database;
        State = state;
        Message = message;
        Modules = modules;
        Problem = problem;
        FittingBackup = fittingBackup;
        Error = error;
    }

    /// <summary>The path of the database, or its name where it is in memory.</summary>
    public string Database { get; }

    /// <summary>What an upgrade would meet.</summary>
    public DatabaseState State { get; }

    /// <summary>The state in words, with the versions and the way out.</summary>
    public string Message { get; }

    /// <summary>What is wrong, where <see cref="State"/> is <see cref="DatabaseState.Unusable"/>; else null.</summary>
    public DatabaseProblem? Problem { get; }

    /// <summary>Each module in the order of upgrading; modules that the application does not have come last. Empty where the database can't be read.</summary>
    public IReadOnlyList<ModuleStatus> Modules { get; }

    /// <summary>The newest backup that the application could work with, where the database is newer than the application; else null.</summary>
    public DatabaseBackup? FittingBackup { get; }

    /// <summary>The error that reading met, where <see cref="State"/> is <see cref="DatabaseState.Unusable"/> and there is one; else null.</summary>
    public Exception? Error { get; }

    /// <summary>Whether an upgrade would go ahead: nothing is refused.</summary>
    public bool CanUpgrade => State is DatabaseState.UpToDate or DatabaseState.New or DatabaseState.Pending;

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
