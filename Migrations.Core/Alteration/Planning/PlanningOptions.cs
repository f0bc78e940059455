namespace Migrations.Core.Alteration.Planning;

/// <summary>What planning needs to know besides schema and changes. Immutable.</summary>
internal sealed record PlanningOptions(RebuildMode Mode, bool ForeignKeysAreEnforced, bool ChecksForeignKeys);
