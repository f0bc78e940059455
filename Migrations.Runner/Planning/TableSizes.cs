using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>The sizes of the tables that the database has now, each read when it is asked for first.</summary>
internal sealed class TableSizes(SqliteConnection? real)
{
    private readonly Dictionary<TableName, TableSize> sizes = [];

    /// <summary>The bytes of a page of the main database.</summary>
    public long PageSize => field == 0 ? field = real?.ReadInteger("PRAGMA main.page_size") ?? 0 : field;

    /// <summary>The size of a table that is there.</summary>
    public TableSize Of(TableName table)
    {
        if (!sizes.TryGetValue(table, out TableSize size))
        {
            sizes[table] = size = TableSize.Read(real!, table.Database, table.Table); // Without it no table has an origin.
        }

        return size;
    }
}
