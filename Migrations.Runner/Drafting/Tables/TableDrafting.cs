using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Tables;

/// <summary>
/// Drafts the changes that lead from a table to another version of it, and holds them to it: they are applied to the table's text as the
/// engine would, and what is different then is told.
/// </summary>
internal sealed class TableDrafting
{
    private readonly DatabaseSchema fromSchema;
    private readonly TableSchema from;
    private readonly DatabaseSchema toSchema;
    private readonly TableSchema to;
    private readonly List<DraftedChange> changes = [];
    private readonly HashSet<SqlIdentifier> replaced;

    private TableDrafting(DatabaseSchema fromSchema, TableSchema from, DatabaseSchema toSchema, TableSchema to)
    {
        (this.fromSchema, this.from, this.toSchema, this.to) = (fromSchema, from, toSchema, to);

        // What a column is computed of can't be altered (gencol.html).
        replaced =
        [
            .. from.Columns
                .Where(column => to.FindColumn(column.Name) is { } wanted && Differs(wanted, column, SchemaDifferenceKind.Generated))
                .Select(column => column.Name),
        ];
    }

    public static DraftedTable Draft(DatabaseSchema fromSchema, TableSchema from, DatabaseSchema toSchema, TableSchema to) =>
        new TableDrafting(fromSchema, from, toSchema, to).Draft();

    private DraftedTable Draft()
    {
        ConstraintDrafting constraints = new(fromSchema, from, toSchema, to, IsDropped);
        bool losesRowIds = from.IsWithoutRowId && (!to.IsWithoutRowId || constraints.ReplacesPrimaryKey);
        Add(from.IsStrict && !to.IsStrict, new SetStrict(false));
        changes.AddRange(constraints.Drops());
        Add(losesRowIds, new SetWithoutRowId(false));
        changes.AddRange(constraints.DropOfPrimaryKey());
        ColumnSchema[] added = [.. to.Columns.Where(column => from.FindColumn(column.Name) is null || replaced.Contains(column.Name))];
        ColumnDrafting columns = new(from, to);
        changes.AddRange(columns.Additions(added.Where(column => !replaced.Contains(column.Name))));
        changes.AddRange(ColumnDrafting.Drops(from.Columns.Where(column => IsDropped(column.Name)), added));
        changes.AddRange(columns.Additions(added.Where(column => replaced.Contains(column.Name))));
        foreach (ColumnSchema wanted in to.Columns.Except(added))
        {
            changes.AddRange(columns.Alterations(from.FindColumn(wanted.Name)!, wanted)); // All others are added.
        }

        changes.AddRange(constraints.AdditionOfPrimaryKey());
        Add(to.IsWithoutRowId && (losesRowIds || !from.IsWithoutRowId), new SetWithoutRowId(true));
        changes.AddRange(constraints.Additions());
        Add(to.IsStrict && !from.IsStrict, new SetStrict(true));
        changes.AddRange(ColumnMoves.Find(
            [.. from.Columns.Select(column => column.Name).Where(name => !IsDropped(name)), .. ColumnDrafting.InOrder(added, replaced)],
            [.. to.Columns.Select(column => column.Name)]));
        DraftCheck check = new(fromSchema, from, toSchema);
        ImmutableArray<DraftedChange> possible = check.Possible(changes);
        TableSchema reached = check.Apply(possible);
        return new DraftedTable(from, to)
        {
            Changes = possible,
            Reached = reached,
            Left = TableComparison.Compare(to, reached, toSchema, fromSchema),
            Dropped = [.. possible.Select(change => change.Change).OfType<DropColumn>().Select(drop => drop.Column)],
        };
    }

    private bool IsDropped(SqlIdentifier column) => to.FindColumn(column) is null || replaced.Contains(column);

    private bool Differs(ColumnSchema wanted, ColumnSchema column, SchemaDifferenceKind kind) =>
        ColumnComparison.Compare(to, wanted, from, column).Any(difference => difference.Kind == kind);

    private void Add(bool isWanted, TableChange change)
    {
        if (isWanted)
        {
            changes.Add(new DraftedChange(change));
        }
    }
}
