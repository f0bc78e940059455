using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>Looks for tables and columns of today that are there before a migration and are not after it, and counts what is in them.</summary>
internal static class LossSearch
{
    /// <summary>What is dropped; where a table is, its columns are not told besides.</summary>
    public static ImmutableArray<(TableName Table, SqlIdentifier? Column)> Dropped(
        IReadOnlyDictionary<TableName, FollowedTable> before, IReadOnlyDictionary<TableName, FollowedTable> after)
    {
        HashSet<TableName> tables = [.. after.Values.Select(table => table.Holds).OfType<TableName>()];
        HashSet<ColumnName> columns = [.. Columns(after)];
        return
        [
            .. before.Values.Select(table => table.Holds).OfType<TableName>().Where(table => !tables.Contains(table)).Distinct()
                .Select(table => (table, (SqlIdentifier?)null)),
            .. Columns(before).Where(column => tables.Contains(column.Table) && !columns.Contains(column)).Distinct()
                .Select(column => (column.Table, (SqlIdentifier?)column.Column)),
        ];
    }

    /// <summary>Counts rows and values. Writes nothing; each table is read by a statement of its own.</summary>
    public static ImmutableArray<PlannedLoss> Count(
        SqliteConnection real, IEnumerable<(TableName Table, SqlIdentifier? Column)> dropped, Func<TableName, TableSize> sizeOf)
    {
        ImmutableArray<PlannedLoss>.Builder losses = ImmutableArray.CreateBuilder<PlannedLoss>();
        foreach (IGrouping<TableName, SqlIdentifier?> group in dropped.GroupBy(one => one.Table, one => one.Column))
        {
            TableName table = group.Key;
            List<SqlIdentifier> columns = [.. group.OfType<SqlIdentifier>()];
            if (columns.Count == 0)
            {
                losses.Add(new(table.Database.Name, table.Table.Name, null, sizeOf(table).Rows));
                continue;
            }

            // An index may have a collation that this connection lacks.
            object?[] counts = real.ReadRows(
                $"SELECT {string.Join(", ", columns.Select(column => $"count(t.{column.Quoted})"))} FROM {table.Database.Quoted}.{table.Table.Quoted} AS t NOT INDEXED")[0];
            losses.AddRange(columns.Select((column, i) => new PlannedLoss(table.Database.Name, table.Table.Name, column.Name, (long)counts[i]!))); // count() is never NULL.
        }

        return losses.ToImmutable();
    }

    private static IEnumerable<ColumnName> Columns(IReadOnlyDictionary<TableName, FollowedTable> tables) =>
        tables.Values.Where(table => table.Holds is not null)
            .SelectMany(table => table.Sources.Values.Where(source => source.Table == table.Holds));
}
