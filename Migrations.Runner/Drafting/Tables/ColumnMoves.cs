using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Tables;

/// <summary>
/// The fewest moves that bring columns into an order. The order is part of what a table means: INSERT and SELECT without column names go by it.
/// </summary>
internal static class ColumnMoves
{
    public static IEnumerable<DraftedChange> Find(ImmutableArray<SqlIdentifier> columns, ImmutableArray<SqlIdentifier> wanted)
    {
        HashSet<SqlIdentifier> standing = [.. LongestInOrder([.. columns.Select(column => wanted.IndexOf(column))]).Select(place => wanted[place])];

        // Each goes right behind the one before it, which is in its place by then.
        for (int i = 0; i < wanted.Length; i++)
        {
            if (!standing.Contains(wanted[i]))
            {
                yield return new DraftedChange(new PlaceColumn(wanted[i], i == 0 ? ColumnPlace.First : ColumnPlace.After(wanted[i - 1])));
            }
        }
    }

    private static List<int> LongestInOrder(ImmutableArray<int> places)
    {
        List<int>[] endingAt = new List<int>[places.Length];
        List<int> longest = [];
        for (int i = 0; i < places.Length; i++)
        {
            List<int> best = [];
            for (int j = 0; j < i; j++)
            {
                if (places[j] < places[i] && endingAt[j].Count > best.Count)
                {
                    best = endingAt[j];
                }
            }

            endingAt[i] = [.. best, places[i]];
            longest = endingAt[i].Count > longest.Count ? endingAt[i] : longest;
        }

        return longest;
    }
}
