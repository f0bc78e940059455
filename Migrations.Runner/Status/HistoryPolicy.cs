namespace Migrations.Runner;

/// <summary>What to do with a history that is not what the application expects.</summary>
public enum HistoryPolicy
{
    /// <summary>The upgrade is refused, and nothing is changed.</summary>
    Refuse,

    /// <summary>The upgrade goes on; the status still reports it.</summary>
    Allow,
}
