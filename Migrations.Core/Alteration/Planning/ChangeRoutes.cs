using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Which way each change of one pass goes, judged on the table as it is, as it will be, and on what the connection can do. Pure.
/// </summary>
internal sealed class ChangeRoutes
{
    private readonly DatabaseSchema schema;
    private readonly TableSchema table;
    private readonly TableDraft draft;
    private readonly PlanningOptions options;
    private readonly ImmutableArray<TableChange> changes;
    private readonly ImmutableHashSet<SqlIdentifier> added;

    public ChangeRoutes(
        DatabaseSchema schema, TableSchema table, TableDraft draft, IEnumerable<TableChange> changes, PlanningOptions options)
    {
        this.schema = schema;
        this.table = table;
        this.draft = draft;
        this.options = options;
        this.changes = [.. changes];
        added = [.. this.changes.OfType<AddColumn>().Select(add => add.Name)];
        HasNativeConstraints = options.MayUse(Strategies.Native) && options.Capabilities.AltersConstraints
            && !options.MayEditText
            && this.changes.All(change => NativeConstraints.IsPossible(this.table, change)
                || change is AddIndex or DropIndex or ConvertColumn or AddColumn or DropColumn);
        All = [.. this.changes.Select(change => (change, Of(change)))];
    }

    /// <summary>The changes in their order, each with its way.</summary>
    public ImmutableArray<(TableChange Change, ChangeRoute Route)> All { get; }

    /// <summary>The changes that ask for a copy; the rest can be done without one.</summary>
    public IEnumerable<TableChange> Copied => Taking(ChangeRoute.Copy);

    public bool HasEdits => All.Any(way => way.Route == ChangeRoute.Edit);

    public bool HasUpdates => All.Any(way => way.Route == ChangeRoute.Update);

    /// <summary>
    /// Whether NOT NULL and CHECK are changed by SQLite's own statements: only where the stored text can't be edited, since they may lose
    /// comments (then they are not used after all), and refuse a CHECK that is NULL for some row; and where no other change edits the text.
    /// </summary>
    private bool HasNativeConstraints { get; }

    public IEnumerable<TableChange> Taking(ChangeRoute route) => All.Where(way => way.Route == route).Select(way => way.Change);

    private ChangeRoute Of(TableChange change) => change switch
    {
        AddIndex or DropIndex => ChangeRoute.Native,
        AddColumn add => NativeAddColumn.IsPossible(add, table.IsStrict, options.Capabilities) && options.MayUse(Strategies.Native) && !IsChangedAgain(add) && CanLoosenFirst ? ChangeRoute.Native : ChangeRoute.Copy,
        DropColumn drop => NativeDropColumn.Obstacle(schema, table, draft, changes, options) is null && !added.Contains(drop.Column) && CanLoosenFirst
            ? ChangeRoute.Native
            : ChangeRoute.Copy,
        ConvertColumn => ConversionUpdate.IsPossible(schema, table, draft, options) && !IsTightenedAndLoosened ? ChangeRoute.Update : ChangeRoute.Copy,
        _ when HasNativeConstraints && NativeConstraints.IsPossible(table, change) => ChangeRoute.Native,
        _ => StoredTextEdits.IsPossible(schema, table, draft, change, options) ? ChangeRoute.Edit : ChangeRoute.Copy,
    };

    /// <summary>
    /// Rows are updated under constraints that both the old and the new values meet: after those that go have gone, before those that come
    /// have come. Where a pass does both, there is no such moment between two edits.
    /// </summary>
    private bool IsTightenedAndLoosened => changes.Any(Loosens) && changes.Any(change => !Loosens(change) && Edits(change));

    /// <summary>Whether the pass adds or drops columns by SQLite's own statements.</summary>
    public bool HasNativeColumns => Taking(ChangeRoute.Native).Any(change => change is AddColumn or DropColumn);

    /// <summary>The table as it is without the constraints that go.</summary>
    public TableDraft Loosened()
    {
        ChangeApplication application = new(schema, table);
        return Taking(ChangeRoute.Edit).Where(Loosens).Aggregate(TableDraft.Of(schema, table), (loosened, change) => application.TryApply(loosened, change)!);
    }

    /// <summary>Whether what goes is all there before the pass, so that it can go first.</summary>
    private bool CanLoosenFirst => changes.All(change => change switch
    {
        DropCheck { Name: { } name } => table.Checks.Any(check => check.Name == name),
        DropCheck drop => table.Checks.Any(check => SqlTokens.MeaningEquals(check.Expression, drop.Expression ?? "")),
        DropForeignKey { Name: { } name } => table.ForeignKeys.Any(key => key.Name == name),
        DropForeignKey drop => table.ForeignKeys.Any(key => key.Columns.SequenceEqual(drop.Columns)),
        SetNullability { IsNullable: true } set => table.FindColumn(set.Column) is not null,
        _ => true,
    });

    public static bool Loosens(TableChange change) => change is DropCheck or DropForeignKey or SetNullability { IsNullable: true };

    /// <summary>Whether a change is one of the table's text, which SQLite checks rows against or reads them by.</summary>
    private static bool Edits(TableChange change) => change is not (AddIndex or DropIndex or AddColumn or DropColumn or ConvertColumn);

    private bool IsChangedAgain(AddColumn add)
    {
        SqlIdentifier name = add.Name;
        return table.FindColumn(name) is not null || changes.Any(change => change switch
        {
            SetType set => set.Column == name,
            SetNullability set => set.Column == name,
            SetDefault set => set.Column == name,
            SetCollation set => set.Column == name,
            DropColumn drop => drop.Column == name,
            _ => false,
        });
    }
}
