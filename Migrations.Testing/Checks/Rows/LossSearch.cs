using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Checks.Rows;

/// <summary>
/// What data was there before a migration and is not there any more, found by looking at all rows before and after. What was moved or
/// renamed by any means is recognised by its values.
/// </summary>
internal sealed class LossSearch
{
    // So many different values are not found in another column by chance.
    private const int TellingValues = 3;

    private const double RenamedLikeness = 0.5;

    private readonly ImmutableArray<TableRows> before;
    private readonly ImmutableArray<TableRows> after;
    private readonly ImmutableArray<Loss>.Builder losses = ImmutableArray.CreateBuilder<Loss>();

    private LossSearch(ImmutableArray<TableRows> before, ImmutableArray<TableRows> after)
    {
        this.before = before;
        this.after = after;
    }

    public static ImmutableArray<Loss> Find(ImmutableArray<TableRows> before, ImmutableArray<TableRows> after)
    {
        LossSearch search = new(before, after);
        foreach (TableRows table in before.Where(table => table.Count > 0))
        {
            search.Look(table);
        }

        return search.losses.ToImmutable();
    }

    private void Look(TableRows table)
    {
        TableRows? same = after.FirstOrDefault(other => other.Name == table.Name);
        if ((same is null ? Renamed(table) : RowPairs.Of(table, same)) is not { } pairs)
        {
            ImmutableArray<int> gone = [.. Enumerable.Range(0, table.Count).Where(row => !IsElsewhere(table, row))];
            Add(LossKind.Table, table, gone, $"dropped with {Rows(gone.Length)} that are found in no other table");
            return;
        }

        ImmutableArray<int> missing = [.. pairs.Gone.Where(row => !IsElsewhere(table, row))];
        Add(LossKind.Rows, table, missing, string.Create(CultureInfo.InvariantCulture, $"{missing.Length} of {Rows(table.Count)} {(missing.Length == 1 ? "is" : "are")} gone"));
        foreach (SqlIdentifier column in table.Columns.Where(column => !table.Computed.Contains(column)))
        {
            Look(pairs, column);
        }
    }

    private RowPairs? Renamed(TableRows table) => after
        .Where(other => before.All(old => old.Name != other.Name) && other.Count > 0)
        .Select(other => RowPairs.Of(table, other))
        .Where(pairs => pairs.Likeness() >= RenamedLikeness)
        .MaxBy(pairs => pairs.Likeness());

    private void Look(RowPairs pairs, SqlIdentifier column)
    {
        int index = pairs.Before.IndexOf(column);
        int now = pairs.After.IndexOf(column);
        ImmutableArray<(int Before, int After)> filled = [.. pairs.Kept.Where(pair => pairs.Before.Rows[pair.Before][index] is not null)];
        if (now < 0)
        {
            if (!filled.IsEmpty && !IsElsewhereInRow(pairs, index, filled) && !IsElsewhere(pairs.Before, index, filled))
            {
                Add(
                    LossKind.Column,
                    pairs.Before,
                    column,
                    [.. filled.Select(pair => pair.Before)],
                    $"dropped with values in {Rows(filled.Length)} that are found nowhere else");
            }

            return;
        }

        ImmutableArray<(int Before, int After)> cleared = [.. filled.Where(pair => pairs.After.Rows[pair.After][now] is null)];
        if (!cleared.IsEmpty && !IsElsewhereInRow(pairs, index, cleared) && !IsElsewhere(pairs.Before, index, cleared))
        {
            Add(LossKind.Nulls, pairs.Before, column, [.. cleared.Select(pair => pair.Before)], $"{Values(cleared.Length)} became NULL");
        }

        LookForMerged(pairs, column, index, now, [.. filled.Except(cleared)]);
    }

    private void LookForMerged(RowPairs pairs, SqlIdentifier column, int index, int now, ImmutableArray<(int Before, int After)> filled)
    {
        ImmutableArray<IGrouping<string?, (int Before, int After)>> merged =
        [
            .. filled.GroupBy(pair => StoredLiteral.Exact(pairs.After.Rows[pair.After][now]), StringComparer.Ordinal)
                .Where(group => group.Select(pair => StoredLiteral.Exact(pairs.Before.Rows[pair.Before][index])).Distinct(StringComparer.Ordinal).Skip(1).Any()),
        ];
        ImmutableArray<(int Before, int After)> affected = [.. merged.SelectMany(group => group)];
        if (affected.IsEmpty || IsElsewhereInRow(pairs, index, affected) || IsElsewhere(pairs.Before, index, affected))
        {
            return;
        }

        int count = merged.Sum(group => group.Select(pair => StoredLiteral.Exact(pairs.Before.Rows[pair.Before][index])).Distinct(StringComparer.Ordinal).Count());
        losses.Add(new(
            LossKind.Merged,
            pairs.Before.Name,
            column,
            string.Create(CultureInfo.InvariantCulture, $"{count} values that differed became {merged.Length}"),
            count,
            [
                .. merged.Select(group =>
                {
                    (int Before, int After)[] different = [.. group.DistinctBy(pair => StoredLiteral.Exact(pairs.Before.Rows[pair.Before][index]), StringComparer.Ordinal)];
                    string values = string.Join(" and ", different.Take(2).Select(pair => StoredLiteral.Shown(pairs.Before.Rows[pair.Before][index])));
                    return $"{values} became {StoredLiteral.Shown(pairs.After.Rows[group.First().After][now])}, {pairs.Before.KeyOf(different[0].Before)} and {pairs.Before.KeyOf(different[1].Before)}";
                }),
            ]));
    }

    // Only in columns that are new, or hold something else than before: that another one holds the same may be chance.
    private static bool IsElsewhereInRow(RowPairs pairs, int index, ImmutableArray<(int Before, int After)> affected)
    {
        ImmutableArray<int> candidates = [.. Enumerable.Range(0, pairs.After.Columns.Length).Where(other => HasOtherValues(pairs, other))];
        return affected.All(pair =>
        {
            string? value = pairs.Before.LooseRows[pair.Before][index];
            return candidates.Any(other => pairs.After.LooseRows[pair.After][other] == value);
        });
    }

    private static bool HasOtherValues(RowPairs pairs, int column)
    {
        int old = pairs.Before.IndexOf(pairs.After.Columns[column]);
        return old < 0 || pairs.Kept.Any(pair =>
            pairs.Before.LooseRows[pair.Before][old] != pairs.After.LooseRows[pair.After][column]);
    }

    // A column that went into a table of its own, as where values are listed there once.
    private bool IsElsewhere(TableRows table, int index, ImmutableArray<(int Before, int After)> affected)
    {
        HashSet<string?> values = [.. affected.Select(pair => table.LooseRows[pair.Before][index])];
        return values.Count >= TellingValues && after
            .Where(other => other.Name != table.Name)
            .SelectMany(other => other.Columns.Select((column, place) => (Table: other, Column: column, Place: place)))
            .Where(each => before.FirstOrDefault(old => old.Name == each.Table.Name)?.IndexOf(each.Column) is null or < 0)
            .Any(each => values.IsSubsetOf(each.Table.LooseRows.Select(row => row[each.Place])));
    }

    // A row is in another table where one row there, which was not there before, holds all of its values.
    private bool IsElsewhere(TableRows table, int row)
    {
        HashSet<string?> values = [.. Held(table, row)];
        return values.Count > 0 && after.Where(other => other.Name != table.Name).Any(other =>
        {
            bool Holds(TableRows candidate, int place) => values.IsSubsetOf(Held(candidate, place));
            int now = Enumerable.Range(0, other.Count).Count(place => Holds(other, place));
            return now > 0
                && (before.FirstOrDefault(old => old.Name == other.Name) is not { } old || now > Enumerable.Range(0, old.Count).Count(place => Holds(old, place)));
        });
    }

    private static IEnumerable<string?> Held(TableRows table, int row) =>
        table.LooseRows[row].Where((value, column) => value is not null && !table.Computed.Contains(table.Columns[column]));

    private void Add(LossKind kind, TableRows table, ImmutableArray<int> rows, string words)
    {
        if (!rows.IsEmpty)
        {
            losses.Add(new(kind, table.Name, null, words, rows.Length, [.. rows.Take(Loss.MostSamples).Select(table.RowOf)]));
        }
    }

    private void Add(LossKind kind, TableRows table, SqlIdentifier column, ImmutableArray<int> rows, string words) => losses.Add(new(
        kind,
        table.Name,
        column,
        words,
        rows.Length,
        [.. rows.Take(Loss.MostSamples).Select(row => $"{StoredLiteral.Shown(table.Rows[row][table.IndexOf(column)])}, {table.KeyOf(row)}")]));

    private static string Rows(int count) => count == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{count} rows");

    private static string Values(int count) => count == 1 ? "1 value" : string.Create(CultureInfo.InvariantCulture, $"{count} values");
}
