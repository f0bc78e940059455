namespace Migrations.Core.Alteration.Execution;

/// <summary>How many rows a pass has written: into a copy of the table, or where they were. Immutable.</summary>
internal readonly record struct PassOutcome(long RowsCopied, long RowsUpdated)
{
    public static PassOutcome operator +(PassOutcome left, PassOutcome right) =>
        new(left.RowsCopied + right.RowsCopied, left.RowsUpdated + right.RowsUpdated);
}
