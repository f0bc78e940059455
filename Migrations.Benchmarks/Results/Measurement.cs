namespace Migrations.Benchmarks.Results;

/// <summary>One row of a table: what this library took, what the yardstick took, and how much of that is good enough.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Ours">What this library took.</param>
/// <param name="Way">How it went about it, empty where there is but one way.</param>
/// <param name="Theirs">What the yardstick took.</param>
/// <param name="Yardstick">What it was compared with.</param>
/// <param name="Goal">The goal, null for a row that is there to be read beside others.</param>
internal sealed record Measurement(string Name, Samples Ours, string Way, Samples Theirs, string Yardstick, Goal? Goal)
{
    public double Ratio => Ours.Median / Theirs.Median;

    /// <summary>Whether there is a goal that was not reached.</summary>
    public bool IsMissed => Goal is { } goal && !goal.IsMetBy(Ratio);
}
