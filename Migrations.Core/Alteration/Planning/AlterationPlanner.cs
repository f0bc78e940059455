using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Turns a schema and wanted changes into a plan. Pure: it asks nothing of the database, the clock or chance. As many
/// changes as can share one pass over the table go into one plan; the rest is planned on the schema that this one leaves.
/// </summary>
internal static class AlterationPlanner
{
    /// <summary>Plans the first pass of some changes of a table.</summary>
    /// <exception cref="AlterationRefusedException">The schema does not allow a change.</exception>
    public static PlannedPass PlanNext(
        DatabaseSchema schema, SqlIdentifier tableName, IReadOnlyList<TableChange> changes, PlanningOptions options)
    {
        TableSchema table = FindTable(schema, tableName);
        ImmutableArray<TableChange> ordered = RenameOrder.RenamesFirst(table, changes);
        return ordered switch
        {
            [RenameColumn, ..] => RenamePlans.Columns(schema, table, ordered),
            [RenameTable rename, .. ImmutableArray<TableChange> rest] => RenamePlans.Table(schema, table, rename, rest),
            _ => PlanPass(schema, table, ordered, options),
        };
    }

    /// <summary>
    /// Whether changes of one table may need a copy of it, or write its rows where foreign keys are in the way, judged by the changes
    /// alone. In doubt the answer is yes.
    /// </summary>
    public static bool MayCopy(IReadOnlyCollection<TableChange> changes, Strategies strategies, Capabilities capabilities) =>
        (strategies == Strategies.Copy && changes.Count > 0)
        || changes.Any(change => MayCopy(change, strategies, capabilities))
        || changes.OfType<AddColumn>().Any(add => IsNamedAgain(add, changes));

    private static bool MayCopy(TableChange change, Strategies strategies, Capabilities capabilities)
    {
        bool canEdit = strategies.HasFlag(Strategies.InPlace) && capabilities.CanEditSchema;
        return change switch
        {
            RenameColumn or RenameTable or AddIndex or DropIndex => false,
            AddColumn add => !(strategies.HasFlag(Strategies.Native) && NativeAddColumn.IsPossible(add, isStrict: true, capabilities)),
            AddCheck check => !canEdit || ClockReading.IsIn(check.Expression),
            SetNullability or DropCheck or AddForeignKey or DropForeignKey => !canEdit,
            SetDefault => !canEdit || capabilities.TrimsNulls,
            _ => true,
        };
    }

    /// <summary>A column that is changed in the pass that adds it has no definition yet that SQLite's own ADD COLUMN could take.</summary>
    private static bool IsNamedAgain(AddColumn add, IReadOnlyCollection<TableChange> changes)
    {
        SqlIdentifier name = add.Name;
        return changes.Any(change => change switch
        {
            SetNullability set => set.Column == name,
            SetDefault set => set.Column == name,
            RenameColumn rename => rename.Column == name || rename.NewName == name,

            // It may be one that the same pass brings, or of a column that the pass brings.
            DropCheck or DropForeignKey or AddCheck or AddForeignKey => true,
            _ => false,
        });
    }

    private static TableSchema FindTable(DatabaseSchema schema, SqlIdentifier name)
    {
        if (schema.FindTable(name) is not { } table)
        {
            throw schema.FindView(name) is null
                ? Refusal.NoTable(schema.Database, name)
                : new AlterationRefusedException(
                    name.Name, $"{name} is a view. SQLite can't alter views: drop it and create it again with its INSTEAD OF triggers.", name.Name);
        }

        return table.Kind == TableKind.Ordinary
            ? table
            : throw new AlterationRefusedException(
                name.Name,
                table.Kind == TableKind.Virtual
                    ? $"{name} is a virtual table. Its module decides its columns: drop it and create it again."
                    : $"{name} holds the data of a virtual table (a shadow table). Altering it would damage that table; alter the virtual table's own source instead.",
                name.Name);
    }

    private static PlannedPass PlanPass(
        DatabaseSchema schema, TableSchema table, ImmutableArray<TableChange> changes, PlanningOptions options)
    {
        ChangeApplication application = new(schema, table);
        TableDraft draft = TableDraft.Of(schema, table);
        List<TableChange> effective = [];
        int taken = 0;
        while (taken < changes.Length
            && changes[taken] is not (RenameColumn or RenameTable)
            && application.TryApply(draft, changes[taken]) is { } next)
        {
            if (!ReferenceEquals(draft, next))
            {
                effective.Add(changes[taken]);
            }

            draft = next;
            taken++;
        }

        ImmutableArray<TableChange> rest = changes[taken..];
        if (options.Strategies == Strategies.Copy)
        {
            return CopyPlan.Plan(schema, table, draft, "copying was asked for", options) with { Rest = rest };
        }

        if (draft.Table.Sql == table.Sql && draft.Layers.IsEmpty && SameIndexes(schema, table, draft))
        {
            return Nothing(schema, table, rest);
        }

        ChangeRoutes routes = new(schema, table, draft, effective, options);
        if (!routes.Copied.Any())
        {
            return new InPlacePlan(schema, table, draft, routes, options).Plan() with { Rest = rest };
        }

        string reason = new CopyReasons(schema, table, draft, [.. effective], options).Of(routes.Copied);
        return options.MayUse(Strategies.Copy)
            ? CopyPlan.Plan(schema, table, draft, reason, options) with { Rest = rest }
            : throw Refusal.Of(table.Name, "The alteration", $"it needs a copy of the table ({reason}), and RebuildMode.NeverCopy forbids one",
                "Allow the copy, or change less.");
    }

    private static bool SameIndexes(DatabaseSchema schema, TableSchema table, TableDraft draft) =>
        draft.Indexes.SequenceEqual(schema.IndexesOf(table.Name));

    private static PlannedPass Nothing(DatabaseSchema schema, TableSchema table, ImmutableArray<TableChange> rest) => new()
    {
        Plan = new AlterationPlan(schema.Database.Name, table.Name.Name, AlterationStrategy.None, "the table is as wanted", []),
        Table = table.Name,
        Rest = rest,
    };
}
