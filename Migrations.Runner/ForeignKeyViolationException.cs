using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner;

/// <summary>
/// A migration that would leave rows without their parents, found before it was committed. It is rolled back. Violations
/// that were there before it are not counted.
/// </summary>
public sealed class ForeignKeyViolationException : MigrationsException
{
    internal ForeignKeyViolationException(string message, long count, ImmutableArray<ForeignKeyViolation> violations)
        : base(message)
    {
        Count = count;
        Violations = violations;
    }

    /// <summary>How many rows violate a foreign key that did not before.</summary>
    public long Count { get; }

    /// <summary>The first of them, ten at most.</summary>
    public IReadOnlyList<ForeignKeyViolation> Violations { get; }
}
