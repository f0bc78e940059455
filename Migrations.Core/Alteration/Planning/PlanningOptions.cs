namespace Migrations.Core.Alteration.Planning;

/// <summary>What planning needs to know besides schema and changes. Immutable.</summary>
internal sealed record PlanningOptions(Strategies Strategies, Capabilities Capabilities, bool ForeignKeysAreEnforced, bool ChecksForeignKeys)
{
    public bool MayUse(Strategies strategy) => (Strategies & strategy) == strategy;
}
