using System.Collections.Immutable;

namespace Migrations.Testing.Checks.Rows;

/// <summary>
/// Which row of a table after a migration is which one before it. A migration does not tell, and rowids or keys may have changed: rows
/// are paired by rowid, by key and by equal values, and the way counts that makes most values equal; what it leaves over is paired by
/// the most equal values. Immutable.
/// </summary>
internal sealed class RowPairs
{
    private const int FewEnough = 400;

    private RowPairs(TableRows before, TableRows after, ImmutableArray<int> partners)
    {
        Before = before;
        After = after;
        Partners = partners;
    }

    public TableRows Before { get; }

    public TableRows After { get; }

    /// <summary>For each row before, the one after; -1 where there is none.</summary>
    public ImmutableArray<int> Partners { get; }

    /// <summary>The rows before that are there no more.</summary>
    public IEnumerable<int> Gone => Enumerable.Range(0, Partners.Length).Where(row => Partners[row] < 0);

    /// <summary>The rows before that are still there, with what became of them.</summary>
    public IEnumerable<(int Before, int After)> Kept => Partners.Select((after, before) => (before, after)).Where(pair => pair.after >= 0);

    public static RowPairs Of(TableRows before, TableRows after)
    {
        ImmutableArray<(int Before, int After)> shared =
        [
            .. before.Columns.Select((column, index) => (index, after.IndexOf(column))).Where(pair => pair.Item2 >= 0),
        ];
        int[] best = [];
        long bestScore = -1;
        foreach (int[] partners in Ways(before, after, shared))
        {
            AddNearest(before, after, shared, partners);
            long score = partners.Select((other, row) => other < 0 ? 0L : 1 + EqualValues(before, row, after, other, shared)).Sum();
            if (score > bestScore)
            {
                (best, bestScore) = (partners, score);
            }
        }

        return new(before, after, [.. best]);
    }

    /// <summary>How many values of kept rows are still the same, of all that are not NULL.</summary>
    public double Likeness()
    {
        ImmutableArray<(int Before, int After)> shared =
            [.. Before.Columns.Select((column, index) => (index, After.IndexOf(column))).Where(pair => pair.Item2 >= 0)];
        long all = Before.Rows.Sum(row => row.Count(value => value is not null));
        long equal = Kept.Sum(pair => (long)EqualValues(Before, pair.Before, After, pair.After, shared));
        return all == 0 ? 0 : (double)equal / all;
    }

    private static IEnumerable<int[]> Ways(TableRows before, TableRows after, ImmutableArray<(int Before, int After)> shared)
    {
        if (before.HasRowIds && after.HasRowIds)
        {
            yield return Match(before.Count, before.RowId, after.Count, after.RowId);
        }

        if (!before.Key.IsEmpty && before.Key.All(column => after.IndexOf(column) >= 0))
        {
            ImmutableArray<(int Before, int After)> key = [.. before.Key.Select(column => (before.IndexOf(column), after.IndexOf(column)))];
            yield return Match(before.Count, row => Text(before, row, key.Select(pair => pair.Before)), after.Count, row => Text(after, row, key.Select(pair => pair.After)));
        }

        yield return Match(
            before.Count, row => Text(before, row, shared.Select(pair => pair.Before)), after.Count, row => Text(after, row, shared.Select(pair => pair.After)));
    }

    private static string Text(TableRows table, int row, IEnumerable<int> columns) =>
        string.Join('\u001f', columns.Select(column => table.LooseRows[row][column] ?? "NULL"));

    private static int[] Match(int beforeCount, Func<int, string> before, int afterCount, Func<int, string> after)
    {
        Dictionary<string, Queue<int>> rows = new(StringComparer.Ordinal);
        for (int row = 0; row < afterCount; row++)
        {
            string key = after(row);
            if (!rows.TryGetValue(key, out Queue<int>? same))
            {
                rows[key] = same = new();
            }

            same.Enqueue(row);
        }

        int[] partners = new int[beforeCount];
        for (int row = 0; row < beforeCount; row++)
        {
            partners[row] = rows.TryGetValue(before(row), out Queue<int>? same) && same.TryDequeue(out int other) ? other : -1;
        }

        return partners;
    }

    private static void AddNearest(TableRows before, TableRows after, ImmutableArray<(int Before, int After)> shared, int[] partners)
    {
        List<int> free = [.. Enumerable.Range(0, after.Count).Except(partners)];
        List<int> alone = [.. Enumerable.Range(0, before.Count).Where(row => partners[row] < 0)];
        if (free.Count == 0 || alone.Count == 0 || free.Count > FewEnough || alone.Count > FewEnough)
        {
            return;
        }

        foreach ((int row, int other, int _) in alone
            .SelectMany(row => free.Select(other => (Row: row, Other: other, Equal: EqualValues(before, row, after, other, shared))))
            .Where(pair => pair.Equal > 0)
            .OrderByDescending(pair => pair.Equal).ThenBy(pair => pair.Row).ThenBy(pair => pair.Other))
        {
            if (partners[row] < 0 && free.Remove(other))
            {
                partners[row] = other;
            }
        }

        // As many as are left on both sides have all changed.
        alone.RemoveAll(row => partners[row] >= 0);
        if (alone.Count == free.Count)
        {
            for (int i = 0; i < alone.Count; i++)
            {
                partners[alone[i]] = free[i];
            }
        }
    }

    private static int EqualValues(TableRows before, int row, TableRows after, int other, ImmutableArray<(int Before, int After)> shared)
    {
        int equal = 0;
        foreach ((int left, int right) in shared)
        {
            if (before.LooseRows[row][left] is { } value && value == after.LooseRows[other][right])
            {
                equal++;
            }
        }

        return equal;
    }
}
