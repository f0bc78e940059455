using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Code;
using Migrations.Runner.Drafting.Operations;
using Migrations.Runner.Drafting.Tables;

namespace Migrations.Runner.Drafting;

/// <summary>
/// Drafts the triggers and views that go and come. One that names a column or table that goes is set aside while that happens, even where its
/// own text stays, for it could not be compiled meanwhile.
/// </summary>
internal sealed class DependentDrafting
{
    private readonly DatabaseSchema from;
    private readonly DatabaseSchema to;
    private readonly HashSet<SqlIdentifier> leavingViews = [];
    private readonly HashSet<SqlIdentifier> leavingTriggers = [];

    public DependentDrafting(
        DatabaseSchema from, DatabaseSchema to, ImmutableArray<DraftedTable> altered, ImmutableArray<TableSchema> gone)
    {
        (this.from, this.to) = (from, to);
        bool NeedsWhatGoes(string sql) =>
            gone.Any(table => NameReferences.Mentions(sql, table.Name))
            || altered.Any(table => NameReferences.Mentions(sql, table.From.Name)
                && table.Dropped.Any(column => NameReferences.Mentions(sql, column)));
        foreach (ViewSchema view in from.Views.Where(view =>
            !(to.FindView(view.Name) is { } wanted && SqlTokens.MeaningEquals(wanted.Sql, view.Sql)) || NeedsWhatGoes(view.Sql)))
        {
            Leave(view);
        }

        leavingTriggers.UnionWith(from.Triggers
            .Where(trigger => !(to.FindTrigger(trigger.Name) is { } wanted && SqlTokens.MeaningEquals(wanted.Sql, trigger.Sql))
                || leavingViews.Any(view => NameReferences.Mentions(trigger.Sql, view))
                || NeedsWhatGoes(trigger.Sql))
            .Select(trigger => trigger.Name));
    }

    public IEnumerable<DraftOperation> Drops() =>
    [
        .. from.Triggers.Where(trigger => leavingTriggers.Contains(trigger.Name))
            .Select(trigger => new RunSql($"DROP TRIGGER {SqlName.Of(trigger.Name)}")),
        .. from.Views.Reverse().Where(view => leavingViews.Contains(view.Name)).Select(view => new RunSql($"DROP VIEW {SqlName.Of(view.Name)}")),
    ];

    public IEnumerable<DraftOperation> Creations() =>
    [
        .. to.Views.Where(view => leavingViews.Contains(view.Name) || from.FindView(view.Name) is null).Select(view => new RunSql(view.Sql)),
        .. to.Triggers.Where(trigger => leavingTriggers.Contains(trigger.Name) || from.FindTrigger(trigger.Name) is null)
            .Select(trigger => new RunSql(trigger.Sql)),
    ];

    // A view over a view that is not there can't be compiled either.
    private void Leave(ViewSchema view)
    {
        if (leavingViews.Add(view.Name))
        {
            foreach (ViewSchema other in from.Views.Where(other => NameReferences.Mentions(other.Sql, view.Name)))
            {
                Leave(other);
            }
        }
    }
}
