using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>The schema at one moment of a plan, in all attached databases. Immutable.</summary>
internal sealed class PlannedSchema
{
    private readonly ImmutableDictionary<TableName, ImmutableArray<SchemaColumn>> columns;

    private PlannedSchema(ImmutableArray<SchemaObject> objects, ImmutableDictionary<TableName, ImmutableArray<SchemaColumn>> columns)
    {
        Objects = objects;
        this.columns = columns;
        RootPages = objects.Where(one => one.Type is "table").ToImmutableDictionary(one => one.Table, one => one.RootPage);
    }

    /// <summary>All that somebody made, in its order.</summary>
    public ImmutableArray<SchemaObject> Objects { get; }

    /// <summary>The tables; those that a virtual table keeps for itself are none.</summary>
    public ImmutableDictionary<TableName, long> RootPages { get; }

    public static PlannedSchema Read(SqliteConnection connection)
    {
        ImmutableArray<SchemaObject>.Builder objects = ImmutableArray.CreateBuilder<SchemaObject>();
        Dictionary<TableName, ImmutableArray<SchemaColumn>.Builder> columnsOf = [];
        foreach (SqlIdentifier database in AttachedDatabases.Read(connection))
        {
            // Names are never NULL.
            HashSet<SqlIdentifier> shadows =
            [
                .. connection.ReadRows("SELECT name FROM pragma_table_list WHERE schema = ?1 COLLATE NOCASE AND type = 'shadow'", database.Name)
                    .Select(row => new SqlIdentifier((string)row[0]!)),
            ];
            objects.AddRange(connection
                .ReadRows($"SELECT type, name, tbl_name, rootpage, sql FROM {database.Quoted}.sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY rowid")
                .Select(row => new SchemaObject((string)row[0]!, (string)row[1]!, new(database, (string)row[2]!), (long)row[3]!, (string)row[4]!))
                .Where(one => !shadows.Contains(one.Table.Table)));
            foreach (object?[] row in connection.ReadRows(
                $"SELECT t.name, c.name, c.hidden FROM {database.Quoted}.sqlite_schema AS t JOIN pragma_table_xinfo(t.name, ?1) AS c WHERE t.type = 'table' ORDER BY t.rowid, c.cid",
                database.Name))
            {
                TableName table = new(database, (string)row[0]!);
                if (!columnsOf.TryGetValue(table, out ImmutableArray<SchemaColumn>.Builder? found))
                {
                    columnsOf[table] = found = ImmutableArray.CreateBuilder<SchemaColumn>();
                }

                found.Add(new((string)row[1]!, (long)row[2]! == 0));
            }
        }

        return new(objects.ToImmutable(), columnsOf.ToImmutableDictionary(table => table.Key, table => table.Value.ToImmutable()));
    }

    /// <summary>The same schema without some tables and all that belongs to them.</summary>
    public PlannedSchema Without(Func<SqlIdentifier, bool> isLeftOut) => new([.. Objects.Where(one => !isLeftOut(one.Table.Table))], columns);

    public ImmutableArray<SchemaColumn> ColumnsOf(TableName table) => columns.TryGetValue(table, out ImmutableArray<SchemaColumn> found) ? found : [];
}
