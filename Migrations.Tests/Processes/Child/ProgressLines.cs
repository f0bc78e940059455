using System.Diagnostics.CodeAnalysis;
using Migrations.Runner;

namespace Migrations.Tests.Processes.Child;

/// <summary>Prints progress as it is reported, and stands still where it is asked to: on the thread that upgrades, in the middle of it.</summary>
internal sealed class ProgressLines(int? standAt) : IProgress<UpgradeProgress>
{
    public void Report(UpgradeProgress value)
    {
        Console.WriteLine(value.Phase is UpgradePhase.WaitingForLock ? ChildLine.Waits : ChildLine.Progress + value);
        if (value.Phase is UpgradePhase.Migrating && value.Number == standAt)
        {
            Stand();
        }
    }

    /// <summary>Does nothing until the process is killed; ends it where the one who started it has gone.</summary>
    [DoesNotReturn]
    public static void Stand()
    {
        Console.WriteLine(ChildLine.Stands);
        Console.ReadLine();
        Environment.Exit(ChildProgram.OtherFailure);
    }
}
