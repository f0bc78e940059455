using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Plans that need nothing but SQLite's own statements.</summary>
internal static class NativePlan
{
    /// <summary>The plan, or null where some change needs more.</summary>
    public static PlannedPass? TryPlan(
        DatabaseSchema schema, TableSchema table, TableDraft draft, IReadOnlyList<TableChange> changes)
    {
        if (changes.Any(AlterationPlanner.MayCopy))
        {
            return null;
        }

        if (changes.Any(change => change is DropIndex))
        {
            new ForeignKeyPlanning(schema, table, draft).RefuseLostTargets();
        }

        ImmutableArray<AlterationStep>.Builder steps = ImmutableArray.CreateBuilder<AlterationStep>(changes.Count);
        foreach (TableChange change in changes)
        {
            if (change is AddColumn add)
            {
                steps.Add(new AlterationStep(
                    $"ALTER TABLE {schema.Database.Quoted}.{table.Name.Quoted} ADD COLUMN {add.Definition}",
                    "add a column; rows that are there read its default", "lang_altertable.html, section 4"));
            }
            else if (change is AddIndex index)
            {
                steps.Add(IndexSteps.Create(schema.Database, draft.Indexes.First(made => made.Sql == index.Sql)));
            }
            else if (change is DropIndex drop)
            {
                steps.Add(IndexSteps.Drop(schema.Database, drop.Index));
            }
        }

        RowSource source = new(schema.Database, table, draft);
        return new PlannedPass
        {
            Plan = new AlterationPlan(
                schema.Database.Name, table.Name.Name, AlterationStrategy.Native, "SQLite's own statements do exactly this", steps.ToImmutable()),
            Preflights = [.. new KeyPreflights(schema, table, draft).OfNewIndexes()],
            Compilations = [.. draft.Indexes.Except(schema.IndexesOf(table.Name)).Select(index => IndexSteps.Compilation(source, index))],
            Expected = draft.Table,
            Table = table.Name,
            Rest = [],
        };
    }
}
