using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Schema;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Tables;

/// <summary>What the engine makes of drafted changes: it plans them for the table, and carries none out.</summary>
internal sealed class DraftCheck
{
    // What a plan may use does not change what it refuses.
    private static readonly PlanningOptions Options = new(
        Strategies.Copy,
        new Capabilities(new Version(3, 40), CanEditSchema: false, TrimsNulls: false, CompilesWhole: false),
        ForeignKeysAreEnforced: false,
        ChecksForeignKeys: true);

    private readonly DatabaseSchema schema;
    private readonly TableSchema table;

    /// <summary>Around the table stands what is there when it is altered: what refers to it is taken away before, what it refers to is there.</summary>
    public DraftCheck(DatabaseSchema fromSchema, TableSchema table, DatabaseSchema toSchema)
    {
        this.table = table;
        schema = CountedSchema.Around(fromSchema, table, toSchema);
    }

    /// <summary>The changes that the engine does not refuse, in their order: all of them, or all but one, or as many as can be.</summary>
    public ImmutableArray<DraftedChange> Possible(IReadOnlyList<DraftedChange> changes)
    {
        if (IsPossible(changes))
        {
            return [.. changes];
        }

        foreach (DraftedChange left in changes)
        {
            ImmutableArray<DraftedChange> others = [.. changes.Where(change => !ReferenceEquals(change, left))];
            if (IsPossible(others))
            {
                return others;
            }
        }

        List<DraftedChange> possible = [];
        foreach (DraftedChange change in changes)
        {
            possible.Add(change);
            if (!IsPossible(possible))
            {
                possible.RemoveAt(possible.Count - 1);
            }
        }

        return [.. possible];
    }

    /// <summary>The table as possible changes leave it.</summary>
    public TableSchema Apply(IEnumerable<DraftedChange> changes)
    {
        ChangeApplication application = new(schema, table);
        TableDraft draft = TableDraft.Of(schema, table);
        foreach (DraftedChange change in changes)
        {
            draft = application.TryApply(draft, change.Change)
                ?? throw new InvalidOperationException($"{change.Change} converts nothing, and so never needs a pass of its own.");
        }

        return draft.Table;
    }

    private bool IsPossible(IReadOnlyList<DraftedChange> changes)
    {
        try
        {
            AlterationPlanner.PlanNext(schema, table.Name, [.. changes.Select(change => change.Change)], Options);
            return true;
        }
        catch (MigrationsException)
        {
            return false;
        }
    }
}
