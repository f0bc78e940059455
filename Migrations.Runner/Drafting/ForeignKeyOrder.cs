using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;
using Migrations.Runner.Drafting.Tables;

namespace Migrations.Runner.Drafting;

/// <summary>
/// Puts the changes of tables in order. A foreign key is dropped ahead of its table's other changes where its parent loses what it refers
/// to before them, and added after all of them where its parent gets it later.
/// </summary>
internal sealed class ForeignKeyOrder(ImmutableArray<DraftedTable> altered, ImmutableArray<TableSchema> gone, IndexDrafting indexes)
{
    public IEnumerable<AlterTable> Early() => Parts(IsEarly);

    public IEnumerable<AlterTable> Tables() => Parts((table, change) => !IsEarly(table, change) && !IsLate(table, change));

    public IEnumerable<AlterTable> Late() => Parts(IsLate);

    private IEnumerable<AlterTable> Parts(Func<DraftedTable, DraftedChange, bool> belongs) => altered
        .Select(table => new AlterTable(table.From.Name, [.. table.Changes.Where(change => belongs(table, change))]))
        .Where(part => !part.Changes.IsEmpty);

    private bool IsEarly(DraftedTable table, DraftedChange change)
    {
        if (change.Change is not DropForeignKey drop)
        {
            return false;
        }

        return table.From.ForeignKeys
            .Where(key => drop.Name is { } name ? key.Name == name : key.Columns.SequenceEqual(drop.Columns))
            .Any(key => gone.Any(parent => parent.Name == key.Parent)
                || indexes.DropsUnique(key.Parent)
                || ChangesOf(key.Parent).Any(TakesKeyAway));
    }

    private bool IsLate(DraftedTable table, DraftedChange change) =>
        change.Change is AddForeignKey add
        && (indexes.AddsUnique(add.Parent) || (IsAfter(add.Parent, table) && ChangesOf(add.Parent).Any(GivesKey)));

    private bool IsAfter(SqlIdentifier parent, DraftedTable table) =>
        altered.Select(other => other.From.Name).ToList().IndexOf(parent) > altered.IndexOf(table);

    private ImmutableArray<DraftedChange> ChangesOf(SqlIdentifier table) =>
        altered.FirstOrDefault(other => other.From.Name == table)?.Changes ?? [];

    private static bool TakesKeyAway(DraftedChange change) => change.Change is DropColumn or DropPrimaryKey or DropUnique;

    private static bool GivesKey(DraftedChange change) => change.Change is AddColumn or AddPrimaryKey or AddUnique;
}
