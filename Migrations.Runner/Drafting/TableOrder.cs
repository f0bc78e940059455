using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting;

/// <summary>Orders tables by their foreign keys.</summary>
internal static class TableOrder
{
    /// <summary>Each table after those it refers to; in a circle, and without foreign keys, in the order that they have.</summary>
    public static ImmutableArray<TableSchema> ParentsFirst(ImmutableArray<TableSchema> tables)
    {
        ImmutableArray<TableSchema>.Builder ordered = ImmutableArray.CreateBuilder<TableSchema>();
        HashSet<SqlIdentifier> seen = [];
        foreach (TableSchema table in tables)
        {
            Visit(table);
        }

        return ordered.ToImmutable();

        void Visit(TableSchema table)
        {
            if (seen.Add(table.Name))
            {
                foreach (ForeignKeySchema key in table.ForeignKeys)
                {
                    if (tables.FirstOrDefault(parent => parent.Name == key.Parent) is { } parent)
                    {
                        Visit(parent);
                    }
                }

                ordered.Add(table);
            }
        }
    }
}
