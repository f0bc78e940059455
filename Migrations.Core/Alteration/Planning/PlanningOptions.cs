namespace Migrations.Core.Alteration.Planning;

/// <summary>What planning needs to know besides schema and changes. Immutable.</summary>
internal sealed record PlanningOptions(Strategies Strategies, Capabilities Capabilities, bool ForeignKeysAreEnforced, bool ChecksForeignKeys)
{
    /// <summary>Why SQLite's own statements are no longer chosen from; null where they were not tried.</summary>
    public string? NativeRefusal { get; init; }

    /// <summary>Why SQLite's own statements are not chosen from, where they are not.</summary>
    public string WithoutNative => NativeRefusal is { } refusal
        ? $"SQLite's own statement was tried and does not do it: {refusal}"
        : "SQLite's own statements are not to be used";

    /// <summary>Whether the stored text of a table may be edited.</summary>
    public bool MayEditText => MayUse(Strategies.InPlace) && Capabilities.CanEditSchema;

    public bool MayUse(Strategies strategy) => (Strategies & strategy) == strategy;
}
