using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// The plan that leaves the table where it is: SQLite's own statements, updates of rows and one edit of the stored text, in the order in
/// which each finds what it needs.
/// </summary>
internal sealed class InPlacePlan(
    DatabaseSchema schema, TableSchema table, TableDraft draft, ChangeRoutes routes, PlanningOptions options)
{
    private readonly SqlIdentifier database = schema.Database;
    private readonly ForeignKeyPlanning foreignKeys = new(schema, table, draft);

    /// <summary>Plans the pass; no change of it may ask for a copy.</summary>
    public PlannedPass Plan()
    {
        foreignKeys.RefuseLostTargets();
        if (draft.Table.Sql != table.Sql)
        {
            foreignKeys.RefuseChangedDeferral();
            CopyRefusals.RefuseOptions(table, draft);
            CopyRefusals.RefuseExternalContent(schema, table, draft);
        }

        if (routes.All.Any(way => way.Change is not (AddColumn or AddIndex or DropIndex)))
        {
            CopyRefusals.RefuseLeftover(schema, table);
        }

        RowSource source = new(database, table, draft);
        ImmutableArray<Preflight> questions =
        [
            .. new ValuePreflights(schema, table, draft).All(),
            .. new KeyPreflights(schema, table, draft).All(),
            .. foreignKeys.Orphans(options.ChecksForeignKeys),
        ];
        return new PlannedPass
        {
            Plan = new AlterationPlan(
                database.Name, table.Name.Name, routes.HasEdits || routes.HasUpdates ? AlterationStrategy.InPlace : AlterationStrategy.Native, Reason(), [.. Steps()])
            {
                Cost = InPlaceCost.Of(table, draft, routes, readsRows: !questions.IsEmpty || ReferToThemselves()),
            },
            Preflights = routes.HasUpdates ? [.. new ValuePreflights(schema, table, draft).Guards()] : questions,
            AfterUpdate = routes.HasUpdates ? ConversionUpdate.Questions(schema, table, draft, foreignKeys, options) : [],
            WhereUpdateFails = routes.HasUpdates ? questions : [],
            ConvertsInPlace = routes.HasUpdates,
            Compilations = [.. CopyPlan.Compilations(schema, table, draft, source)],
            Functions = CopyPlan.Functions(draft, source),
            Expected = draft.Table,
            IsWorded = !routes.HasEdits && routes.Taking(ChangeRoute.Native).Any(change => NativeConstraints.IsPossible(table, change)),
            Probe = routes.HasEdits || CorrectsText ? CopyPlan.CreateText(schema, draft, FreeName.For(schema, table.Name)) : null,
            Table = table.Name,
            ForeignKeyTables = ReferToThemselves() ? [table.Name] : [],
            Rest = [],
        };
    }

    private IEnumerable<AlterationStep> Steps()
    {
        ImmutableArray<ColumnSchema> defaults = StoredDefaults.Changed(table, draft);
        if (defaults is [.., { } last] && !routes.HasUpdates)
        {
            foreach (AlterationStep step in WithoutTriggers(StoredDefaults.Steps(schema, table, last)))
            {
                yield return step;
            }
        }

        foreach (DropIndex drop in routes.Taking(ChangeRoute.Native).OfType<DropIndex>())
        {
            yield return IndexSteps.Drop(database, drop.Index);
        }

        foreach (AlterationStep step in NativeSteps(ChangeRoutes.Loosens))
        {
            yield return step;
        }

        // Constraints that go stand in the way of rows and of SQLite's own statements only as long as they are there.
        bool loosensFirst = routes.Taking(ChangeRoute.Edit).Any(ChangeRoutes.Loosens) && (routes.HasUpdates || routes.HasNativeColumns);
        if (loosensFirst)
        {
            yield return StoredTextEdits.Step(
                database, table.Name, routes.Loosened().Table.Sql, $"{Words(routes.Taking(ChangeRoute.Edit).Where(ChangeRoutes.Loosens))}: rows stay as they are");
        }

        foreach (AddColumn add in routes.Taking(ChangeRoute.Native).OfType<AddColumn>())
        {
            yield return NativeAddColumn.Step(database, table.Name, add);
        }

        if (routes.HasUpdates)
        {
            foreach (AlterationStep step in WithoutTriggers([ConversionUpdate.Step(database, table.Name, draft)]))
            {
                yield return step;
            }
        }

        foreach (DropColumn drop in routes.Taking(ChangeRoute.Native).OfType<DropColumn>())
        {
            yield return NativeDropColumn.Step(database, table.Name, drop.Column);
        }

        if (!loosensFirst ? routes.HasEdits : routes.Taking(ChangeRoute.Edit).Any(change => !ChangeRoutes.Loosens(change)))
        {
            yield return StoredTextEdits.Step(
                database, table.Name, draft.Table.Sql,
                $"{Words(routes.Taking(ChangeRoute.Edit).Where(change => !loosensFirst || !ChangeRoutes.Loosens(change)))}: rows stay as they are");
        }
        else if (CorrectsText)
        {
            yield return StoredTextEdits.Step(database, table.Name, draft.Table.Sql, "keep the text that SQLite's own statement takes along");
        }

        foreach (AlterationStep step in NativeSteps(change => !ChangeRoutes.Loosens(change)))
        {
            yield return step;
        }

        foreach (AddIndex index in routes.Taking(ChangeRoute.Native).OfType<AddIndex>())
        {
            yield return IndexSteps.Create(database, draft.Table, draft.Indexes.First(made => made.Sql == index.Sql));
        }

        foreach (ExternalContent content in ExternalContent.Of(schema, table.Name).Where(content => routes.HasUpdates && content.IsOutdated(table, draft)))
        {
            yield return CopyPlan.Refill(database, content);
        }
    }

    /// <summary>Whether the table's text is written once more after SQLite's own statements.</summary>
    private bool CorrectsText => options.MayEditText && routes.Taking(ChangeRoute.Native).Any(change => change switch
    {
        AddColumn => NativeText.MovesComments(table),
        DropColumn => NativeText.IsChanged(table),
        _ => false,
    });

    private IEnumerable<AlterationStep> NativeSteps(Func<TableChange, bool> isNow) =>
        routes.Taking(ChangeRoute.Native).Where(change => NativeConstraints.IsPossible(table, change) && isNow(change))
            .Select(change => NativeConstraints.Step(database, table.Name, change));

    /// <summary>
    /// SQLite switches off a database's own triggers, and not those of the TEMP database (c3ref/c_dbconfig_defensive.html); and all of the
    /// database's, also for what a function of C# does to other tables.
    /// </summary>
    private IEnumerable<AlterationStep> WithoutTriggers(IEnumerable<AlterationStep> steps)
    {
        ImmutableArray<TriggerSchema> triggers = [.. schema.TriggersOf(table.Name).Where(trigger => trigger.IsTemporary || !draft.Functions.IsEmpty)];
        return
        [
            .. triggers.Select(trigger => new AlterationStep(
                $"DROP TRIGGER {(trigger.IsTemporary ? "temp" : database.Quoted)}.{trigger.Name.Quoted}", $"set trigger {trigger.Name} aside", "lang_droptrigger.html")),
            .. steps,
            .. triggers.Select(trigger => IndexSteps.Recreate(database, trigger)),
        ];
    }

    /// <summary>A foreign key to the table itself is checked by SQLite, after the rows are what they will be.</summary>
    private bool ReferToThemselves() => draft.Table.ForeignKeys.Any(key => key.Parent == table.Name
        && (key.Columns.Any(draft.IsConverted) || foreignKeys.IsNew(key)));

    private string Reason() => !routes.HasEdits && !routes.HasUpdates
        ? "SQLite's own statements do exactly this"
        : $"rows need no other place to {Words(routes.Taking(ChangeRoute.Edit).Concat(routes.Taking(ChangeRoute.Update)))}";

    private static string Words(IEnumerable<TableChange> changes) => string.Join(", ", changes.Select(ChangeWords.Of).Distinct());
}
