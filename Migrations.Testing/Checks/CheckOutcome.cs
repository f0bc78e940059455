using System.Collections.Immutable;

namespace Migrations.Testing.Checks;

/// <summary>What a check found, and what can be done about it. Immutable.</summary>
internal sealed record CheckOutcome(string Check, ImmutableArray<MigrationCheckFailure> Failures, string WayOut)
{
    public void ThrowIfFailed()
    {
        if (!Failures.IsEmpty)
        {
            throw new MigrationCheckException(this);
        }
    }

    public override string ToString() => string.Join("\n\n", [$"{Check} failed.", .. Failures.Select(failure => failure.ToString()), WayOut]);
}
