using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Renaming;

/// <summary>
/// Finds what looks like a rename: one thing gone and one new, of equal shape, and no other that it could be. A person decides, so the
/// draft says of each that it is a guess; where two could be meant, nothing is guessed.
/// </summary>
internal static class RenameSearch
{
    public static Renames Find(DatabaseSchema from, DatabaseSchema to)
    {
        ImmutableArray<TableRename> tables = FindTables(from, to);
        List<ColumnRename> columns = [];
        foreach (TableSchema table in from.Tables)
        {
            SqlIdentifier newName = tables.FirstOrDefault(rename => rename.Old == table.Name)?.New ?? table.Name;
            if (to.FindTable(newName) is { } wanted && table.Kind is TableKind.Ordinary && wanted.Kind is TableKind.Ordinary)
            {
                columns.AddRange(Unambiguous(
                    table.Columns.Where(column => wanted.FindColumn(column.Name) is null),
                    wanted.Columns.Where(column => table.FindColumn(column.Name) is null),
                    (old, @new) => AreAlike(table, old, wanted, @new))
                    .Where(pair => IsAtSamePlace(table, pair.Old, wanted, pair.New))
                    .Select(pair => new ColumnRename(table.Name, wanted.Name, pair.Old.Name, pair.New.Name)));
            }
        }

        return new Renames(tables, [.. columns]);
    }

    private static ImmutableArray<TableRename> FindTables(DatabaseSchema from, DatabaseSchema to) =>
    [
        .. Unambiguous(
            from.Tables.Where(table => table.Kind is TableKind.Ordinary && to.FindTable(table.Name) is null),
            to.Tables.Where(table => table.Kind is TableKind.Ordinary && from.FindTable(table.Name) is null && !from.IsNameTaken(table.Name)),
            AreAlike).Select(pair => new TableRename(pair.Old.Name, pair.New.Name)),
    ];

    private static IEnumerable<(T Old, T New)> Unambiguous<T>(IEnumerable<T> gone, IEnumerable<T> added, Func<T, T, bool> areAlike)
    {
        T[] candidates = [.. added];
        (T Old, T[] New)[] pairs = [.. gone.Select(old => (old, candidates.Where(@new => areAlike(old, @new)).ToArray()))];
        foreach ((T old, T[] news) in pairs)
        {
            if (news is [{ } only] && pairs.Count(pair => pair.New.Contains(only)) == 1)
            {
                yield return (old, only);
            }
        }
    }

    private static bool AreAlike(TableSchema old, TableSchema @new) =>
        old.Columns.Select(column => column.Name).SequenceEqual(@new.Columns.Select(column => column.Name))
        && old.Columns.Zip(@new.Columns).All(pair => ColumnComparison
            .Compare(@new, pair.Second, old, pair.First)
            .All(difference => difference.Kind is not (SchemaDifferenceKind.Type or SchemaDifferenceKind.Generated)));

    // A computed column holds nothing that a rename would keep.
    private static bool AreAlike(TableSchema table, ColumnSchema old, TableSchema wanted, ColumnSchema @new) =>
        !old.IsGenerated
        && !@new.IsGenerated
        && ColumnComparison.Compare(wanted, @new, table, old).IsEmpty;

    private static bool IsAtSamePlace(TableSchema table, ColumnSchema old, TableSchema wanted, ColumnSchema @new)
    {
        int oldPlace = table.Columns.IndexOf(old);
        int newPlace = wanted.Columns.IndexOf(@new);
        return oldPlace == newPlace
            || (Neighbour(table, oldPlace - 1) is { } before && before == Neighbour(wanted, newPlace - 1))
            || (Neighbour(table, oldPlace + 1) is { } after && after == Neighbour(wanted, newPlace + 1));
    }

    private static SqlIdentifier? Neighbour(TableSchema table, int place) =>
        place >= 0 && place < table.Columns.Length ? table.Columns[place].Name : (SqlIdentifier?)null;
}
