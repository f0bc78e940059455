namespace Migrations.Benchmarks.Measuring;

/// <summary>How much is measured, and how often. Immutable.</summary>
/// <param name="Rows">The rows of the table that is altered; memory and growth go up to five times as many.</param>
/// <param name="Rounds">How often each is measured.</param>
internal sealed record MeasuringOptions(int Rows, int Rounds)
{
    public const int AllRows = 1_000_000;

    public static readonly MeasuringOptions Default = new(AllRows, Rounds: 5);

    /// <summary>The rows of the largest table.</summary>
    public int ManyRows => Rows * 5;

    /// <summary>How often something on the largest table is measured.</summary>
    public int RoundsOfMany => Math.Min(Rounds, 3);
}
