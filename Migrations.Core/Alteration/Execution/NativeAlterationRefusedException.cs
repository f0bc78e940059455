namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// SQLite refused a statement of its own that the plan had chosen: the alteration is rolled back, and planned anew without such statements.
/// Never leaves the table engine.
/// </summary>
#pragma warning disable CA1032, CA1064 // Made in one place, caught in one place.
internal sealed class NativeAlterationRefusedException(AlterationFailedException refusal) : Exception(refusal.Message, refusal)
{
    public AlterationFailedException Refusal { get; } = refusal;
}
#pragma warning restore CA1032, CA1064
