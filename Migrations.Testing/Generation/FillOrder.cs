using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>The order in which tables get rows: parents before children.</summary>
internal static class FillOrder
{
    /// <summary>
    /// Orders tables. Where foreign keys go in a circle, it is entered at the table that has the fewest keys that can't wait (those
    /// whose columns may not be NULL).
    /// </summary>
    public static ImmutableArray<FilledTable> Of(ImmutableArray<FilledTable> tables)
    {
        ImmutableArray<FilledTable>.Builder ordered = ImmutableArray.CreateBuilder<FilledTable>(tables.Length);
        List<FilledTable> left = [.. tables];
        HashSet<SqlIdentifier> waiting = [.. tables.Select(table => table.Name)];
        while (left.Count > 0)
        {
            FilledTable next = left.MinBy(table => Cost(table, waiting))!; // There is one left at least.
            left.Remove(next);
            waiting.Remove(next.Name);
            ordered.Add(next);
        }

        return ordered.MoveToImmutable();
    }

    private static (int Hard, int Soft) Cost(FilledTable table, HashSet<SqlIdentifier> waiting)
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

        return (hard, soft);
    }
}
