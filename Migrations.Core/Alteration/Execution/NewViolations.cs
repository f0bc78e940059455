using System.Collections.Immutable;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// What violates foreign keys now and did not before: how many rows, the first of them, and SQLite's message where a
/// foreign key has no key to refer to any more. Immutable.
/// </summary>
internal sealed record NewViolations(long Count, ImmutableArray<ViolatedKey> Sample, string? Mismatch)
{
    /// <summary>The violations in a sentence without its full stop.</summary>
    public override string ToString() =>
        Mismatch is not null ? $"{Mismatch}: the columns referred to are no longer a key of their table"
        : Sample.IsEmpty ? $"{Count} more rows than before refer to nothing"
        : string.Join("; ", Sample) + (Count > Sample.Length ? "; ..." : "");
}
