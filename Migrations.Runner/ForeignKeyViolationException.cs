using Migrations.Core;
using Migrations.Core.Alteration.Execution;

namespace Migrations.Runner;

/// <summary>
/// A migration that would leave rows without their parents, found before it was committed. It is rolled back. Violations
/// that were there before it are not counted.
/// </summary>
public sealed class ForeignKeyViolationException : MigrationsException
{
    internal ForeignKeyViolationException(NewViolations violations)
        : base($"The migration would leave foreign keys violated that were not before: {violations}. Nothing was changed. "
            + "Where a migration may copy a table, foreign keys are not enforced while it runs, and ON DELETE and ON UPDATE actions do not happen. "
            + "Change the child rows in the migration itself, or put its data statements into a migration of their own.")
    {
        Count = violations.Count;
        Violations = [.. violations.Sample.Select(key => new ForeignKeyViolation(key))];
    }

    /// <summary>How many rows violate a foreign key that did not before; 0 where a foreign key has no key to refer to any more.</summary>
    public long Count { get; }

    /// <summary>The first of them, ten at most.</summary>
    public IReadOnlyList<ForeignKeyViolation> Violations { get; }
}
