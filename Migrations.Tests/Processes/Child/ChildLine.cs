namespace Migrations.Tests.Processes.Child;

/// <summary>The first words of the lines that a child prints.</summary>
internal static class ChildLine
{
    /// <summary>Started up, and waiting for a line on standard input.</summary>
    public const string Ready = "ready";

    /// <summary>What the child was started for begins now.</summary>
    public const string Begins = "begins";

    /// <summary>Another process has the lock.</summary>
    public const string Waits = "waits";

    /// <summary>Stands still, and holds what it holds, until it is killed.</summary>
    public const string Stands = "stands";

    /// <summary>How far it is.</summary>
    public const string Progress = "progress ";

    /// <summary>A version that was applied and committed by this process.</summary>
    public const string Applied = "applied ";

    /// <summary>A strategy by which this process altered tables.</summary>
    public const string Strategy = "strategy ";

    /// <summary>The backup that was made.</summary>
    public const string Backup = "backup ";
}
