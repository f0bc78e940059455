using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>Shows how far it is: a bar where there is a screen, else a line for each thing that begins.</summary>
internal abstract class ProgressDisplay(string copying) : IDisposable
{
    /// <summary>Makes one.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="copying">What the copy of the whole database is called.</param>
    public static ProgressDisplay On(Terminal terminal, string copying = "backup") =>
        terminal.Screen is { } screen ? new ProgressBarDisplay(screen, copying) : new ProgressLines(terminal, copying);

    public abstract void Report(UpgradeProgress progress);

    public abstract void Dispose();

    /// <summary>What is being done, in words.</summary>
    protected string Words(UpgradeProgress progress) => progress.Phase switch
    {
        UpgradePhase.WaitingForLock => "waiting for another process that upgrades this database",
        UpgradePhase.BackingUp => copying,
        UpgradePhase.Checking => "check",
        UpgradePhase.Restoring => "restore",
        _ => progress.Migration?.ToString() ?? "migrations",
    };
}
