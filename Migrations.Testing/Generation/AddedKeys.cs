using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>
/// The foreign keys that a table has one step later and not yet, between tables and columns that are there already. Rows satisfy them
/// beforehand, because no migration could invent parents.
/// </summary>
internal static class AddedKeys
{
    public static IEnumerable<ForeignKeySchema> Of(TableSchema table, DatabaseSchema now, DatabaseSchema? next)
    {
        if (next?.FindTable(table.Name) is not { } later)
        {
            return [];
        }

        return later.ForeignKeys.Where(key =>
            key.Columns.All(column => table.FindColumn(column) is not null)
            && now.FindTable(key.Parent) is { } parent
            && ParentColumns(key, next) is { IsEmpty: false } columns
            && columns.All(column => parent.FindColumn(column) is not null)
            && !table.ForeignKeys.Any(known => known.Parent == key.Parent && known.Columns.SequenceEqual(key.Columns)))
            .Select(key => key with { ParentColumns = ParentColumns(key, next) });
    }

    private static ImmutableArray<SqlIdentifier> ParentColumns(ForeignKeySchema key, DatabaseSchema next) =>
        !key.ParentColumns.IsEmpty ? key.ParentColumns
        : [.. next.FindTable(key.Parent)?.PrimaryKey?.Columns.Select(column => column.Name).OfType<SqlIdentifier>() ?? []];
}
