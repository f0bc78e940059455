using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Testing.Checks;

namespace Migrations.Testing;

/// <summary>A check of migrations failed. The message shows everything that it found, and the way out.</summary>
public sealed class MigrationCheckException : MigrationsException
{
    internal MigrationCheckException(params ImmutableArray<CheckOutcome> outcomes)
        : base(string.Join("\n\n", outcomes.Select(outcome => outcome.ToString())))
    {
        Check = string.Join(", ", outcomes.Select(outcome => outcome.Check));
        Failures = new FailureList([.. outcomes.SelectMany(outcome => outcome.Failures)]);
    }

    /// <summary>The name of the check, as of the method of <see cref="MigrationChecks"/>; several where several were asked for and failed.</summary>
    public string Check { get; }

    /// <summary>Everything that was found.</summary>
    public IReadOnlyList<MigrationCheckFailure> Failures { get; }
}
