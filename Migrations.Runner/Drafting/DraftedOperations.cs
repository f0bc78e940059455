using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;
using Migrations.Runner.Drafting.Renaming;
using Migrations.Runner.Drafting.Tables;

namespace Migrations.Runner.Drafting;

/// <summary>
/// The operations that lead from one schema to another, in an order in which each can be carried out: what needs something goes before it
/// and comes after it.
/// </summary>
internal sealed class DraftedOperations
{
    private readonly DatabaseSchema from;
    private readonly DatabaseSchema to;
    private readonly ImmutableArray<DraftedTable> altered;
    private readonly ImmutableArray<TableSchema> gone;
    private readonly ImmutableArray<TableSchema> created;
    private readonly IndexDrafting indexes;
    private readonly ForeignKeyOrder foreignKeys;

    private DraftedOperations(DatabaseSchema from, DatabaseSchema to)
    {
        (this.from, this.to) = (from, to);
        altered = [.. TableOrder.ParentsFirst(to.Tables).Where(IsAltered).Select(table =>
            TableDrafting.Draft(from, from.FindTable(table.Name)!, to, table))]; // IsAltered found it.
        gone = [.. TableOrder.ParentsFirst(from.Tables).Reverse().Where(table => !Stays(table, to))];
        created = [.. TableOrder.ParentsFirst(to.Tables).Where(table => !Stays(table, from))];
        indexes = new IndexDrafting(from, to, altered);
        foreignKeys = new ForeignKeyOrder(altered, gone, indexes);
    }

    /// <summary>Drafts the way from one schema to another.</summary>
    /// <param name="from">The schema that is there, once the renames are done.</param>
    /// <param name="to">The schema that is wanted.</param>
    /// <param name="renames">The renames that are done first.</param>
    /// <param name="reached">The schema that is there in the end.</param>
    public static ImmutableArray<DraftOperation> Between(
        DatabaseSchema from, DatabaseSchema to, Renames renames, out DatabaseSchema reached)
    {
        DraftedOperations operations = new(from, to);
        reached = CountedSchema.Replace(to, [.. operations.altered.Select(table => table.Reached)]);
        DependentDrafting dependents = new(from, to, operations.altered, operations.gone);
        return
        [
            .. Rename(renames),
            .. dependents.Drops(),
            .. operations.indexes.Drops(),
            .. operations.foreignKeys.Early(),
            .. operations.gone.Select(table => new DropTable(table.Name) { Reviews = [$"The rows of {table.Name} are lost."] }),
            .. operations.CreateAndAlter(),
            .. operations.indexes.Creations(),
            .. operations.foreignKeys.Late(),
            .. operations.created.Where(table => table.Kind is TableKind.Virtual).Select(table => new CreateTable(table, to)),
            .. dependents.Creations(),
            .. operations.altered.Where(table => !table.Left.IsEmpty).Select(table => new LeaveDifferences(table.Left)),
        ];
    }

    // A new table may refer to the new key of one that is altered, and an altered one to a new table.
    private IEnumerable<DraftOperation> CreateAndAlter()
    {
        AlterTable[] alterations = [.. foreignKeys.Tables()];
        foreach (TableSchema table in TableOrder.ParentsFirst(to.Tables).Where(table => table.Kind is not TableKind.Virtual))
        {
            if (created.Contains(table))
            {
                yield return new CreateTable(table, to);
            }
            else if (Array.Find(alterations, alteration => alteration.Table == table.Name) is { } alteration)
            {
                yield return alteration;
            }
        }
    }

    private static IEnumerable<DraftOperation> Rename(Renames renames) =>
    [
        .. renames.Tables.Select(table => new RenameTableOperation(table.Old, table.New) { Reviews = [Review("table", table.Old, table.New)] }),
        .. renames.Columns.Select(column => new RenameColumnOperation(column.NewTable, column.Old, column.New)
        {
            Reviews = [Review("column", column.Old, column.New)],
        }),
    ];

    private static string Review(string kind, SqlIdentifier old, SqlIdentifier @new) => kind is "table"
        ? $"{old} is gone and {@new} is new: taken as a rename. If it is not: Delete.Table and Create.Table."
        : $"{old} is gone and {@new} is new: taken as a rename. If it is not: Delete.Column and Create.Column.";

    private bool IsAltered(TableSchema table) =>
        table.Kind is TableKind.Ordinary
        && from.FindTable(table.Name) is { Kind: TableKind.Ordinary } before
        && !TableComparison.Compare(table, before, to, from).IsEmpty;

    // A virtual table is made by its module from its text, and by nothing else.
    private static bool Stays(TableSchema table, DatabaseSchema other) =>
        other.FindTable(table.Name) is { } same
        && (same.Kind is TableKind.Virtual || table.Kind is TableKind.Virtual
            ? same.Kind == table.Kind && SqlTokens.MeaningEquals(same.Sql, table.Sql)
            : true);
}
