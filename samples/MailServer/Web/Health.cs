using Migrations.Runner;

namespace MailServer.Web;

/// <summary>The answers of the health endpoint: a word for machines, and a line for people. They hold no value of any row.</summary>
internal static class Health
{
    public static string Text(DatabaseReadiness readiness) => $"{Word(readiness.State)}\n{Line(readiness)}\n";

    public static string Word(ReadinessState state) => state switch
    {
        ReadinessState.Ready => "ready",
        ReadinessState.Failed => "failed",
        _ => "migrating",
    };

    public static string Line(DatabaseReadiness readiness) => readiness.State switch
    {
        ReadinessState.Ready => $"The database is at version {readiness.Result?.To[0]}.",
        ReadinessState.Failed => Reason(readiness.Error),
        _ => readiness.Progress?.ToString() ?? "The upgrade begins.",
    };

    // The messages of exceptions name rows: they belong into the log.
    private static string Reason(Exception? error) => error switch
    {
        UpgradeFailedException { Failed: { } migration } => $"Migration {migration} failed and was rolled back. The log says why.",
        UpgradeRefusedException refused => $"The upgrade was refused ({refused.Status.State}). The log says why.",
        DatabaseUnusableException unusable => $"The database can't be used ({unusable.Problem}). The log says why.",
        OperationCanceledException => "The upgrade was interrupted. The next start goes on with it.",
        _ => "The upgrade failed. The log says why.",
    };
}
