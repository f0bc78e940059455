using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>Shows how far it is: a bar where there is a screen, else a line for each thing that begins.</summary>
internal abstract class ProgressDisplay : IDisposable
{
    public static ProgressDisplay On(Terminal terminal) => terminal.Screen is { } screen ? new ProgressBarDisplay(screen) : new ProgressLines(terminal);

    public abstract void Report(UpgradeProgress progress);

    public abstract void Dispose();

    /// <summary>What is being done, in words.</summary>
    protected static string Words(UpgradeProgress progress) => progress.Phase switch
    {
        UpgradePhase.WaitingForLock => "waiting for another process that upgrades this database",
        UpgradePhase.BackingUp => "backup",
        UpgradePhase.Checking => "check",
        UpgradePhase.Restoring => "restore",
        _ => progress.Migration?.ToString() ?? "migrations",
    };
}
