using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>The order in which tables get rows: parents before children.</summary>
internal static class FillOrder
{
    /// <summary>
    /// Orders tables. Where foreign keys go in a circle, it is entered at the table that has the fewest keys that can't wait (those
    /// whose columns may not be NULL); then at that whose triggers look into the fewest tables that have no rows yet.
    /// </summary>
    public static ImmutableArray<FilledTable> Of(ImmutableArray<FilledTable> tables, IReadOnlySet<SqlIdentifier> early)
    {
        ImmutableArray<FilledTable>.Builder ordered = ImmutableArray.CreateBuilder<FilledTable>(tables.Length);
        List<FilledTable> left = [.. tables];
        HashSet<SqlIdentifier> first = [.. early];
        while (tables.Where(table => first.Contains(table.Name)).SelectMany(table => table.Keys).Any(key => first.Add(key.Parent)))
        {
            // Their parents too, and the parents of these.
        }

        HashSet<SqlIdentifier> waiting = [.. tables.Select(table => table.Name)];
        while (left.Count > 0)
        {
            FilledTable next = left.MinBy(table => Cost(table, waiting, first))!; // There is one left at least.
            left.Remove(next);
            waiting.Remove(next.Name);
            ordered.Add(next);
        }

        return ordered.MoveToImmutable();
    }

    // Once the early ones are through, nobody waits for them.
    private static int TurnOf(SqlIdentifier table, HashSet<SqlIdentifier> waiting, IReadOnlySet<SqlIdentifier> early) =>
        early.Contains(table) || !waiting.Overlaps(early) ? 0 : 1;

    private static (int Hard, int Turn, int LookedInto, int Soft) Cost(FilledTable table, HashSet<SqlIdentifier> waiting, IReadOnlySet<SqlIdentifier> early)
    {
        int hard = 0;
        int soft = 0;
        foreach (FilledKey key in table.Keys)
        {
            if (!key.IsSelfReference && waiting.Contains(key.Parent))
            {
                hard += key.IsNullable ? 0 : 1;
                soft += key.IsNullable ? 1 : 0;
            }
        }

        return (hard, TurnOf(table.Name, waiting, early), table.LookedInto.Count(name => name != table.Name && waiting.Contains(name)), soft);
    }
}
