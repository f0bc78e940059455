using System.Collections.Immutable;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Preview;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>
/// Follows the tables of a planned upgrade back to those that the database has now. Not by the words of the statements: a
/// table that is renamed keeps its root page (fileformat2.html, section 2.6), whoever renames it.
/// </summary>
internal sealed class TableOrigins
{
    private readonly ShadowDatabase shadow;
    private readonly Dictionary<SqlIdentifier, long> versions = [];
    private ImmutableArray<SchemaObject> objects;
    private Dictionary<TableName, TableName> origins;

    public TableOrigins(ShadowDatabase shadow)
    {
        this.shadow = shadow;
        objects = Read();
        origins = Tables(objects).ToDictionary(table => table.Key, table => table.Key);
        HasChanged();
        shadow.TakeDropped();
    }

    /// <summary>The table of today that holds the rows of a table of the plan; null where there is none, or it can't be said.</summary>
    public TableName? Of(TableName table) => origins.TryGetValue(table, out TableName origin) ? origin : null;

    /// <summary>Looks at what the statements so far have done.</summary>
    public void Update() => Update(altered: null);

    /// <summary>Looks at what an alteration has done, and tells what of its table is still there.</summary>
    public ImmutableArray<string> Update(TableName altered)
    {
        ImmutableArray<SchemaObject> before = objects;
        Update((TableName?)altered);
        return
        [
            .. before.Where(one => one.Table == altered && one.Type is "index" or "trigger" && objects.Any(other => other.IsSame(one)))
                .Select(one => $"{one.Type} {one.Name}"),
            .. before.Where(one => one.Type is "view" && one.Table.Database == altered.Database
                    && NameReferences.Mentions(one.Sql, altered.Table) && objects.Any(other => other.IsSame(one)))
                .Select(one => $"view {one.Name}"),
        ];
    }

    private static Dictionary<TableName, long> Tables(IEnumerable<SchemaObject> objects) =>
        objects.Where(one => one.Type is "table").ToDictionary(one => one.Table, one => one.RootPage);

    private void Update(TableName? altered)
    {
        IReadOnlySet<(string Database, string Table)> dropped = shadow.TakeDropped();
        if (!HasChanged())
        {
            return;
        }

        Dictionary<TableName, long> before = Tables(objects);
        objects = Read();
        Dictionary<TableName, long> after = Tables(objects);
        HashSet<TableName> gone = altered is null ? [.. dropped.Select(name => new TableName(name.Database, name.Table))] : [];
        Dictionary<TableName, TableName> followed = [];
        foreach ((TableName table, long page) in after)
        {
            if (Before(table, page) is { } old && origins.TryGetValue(old, out TableName origin))
            {
                followed[table] = origin;
            }
        }

        origins = followed;

        TableName? Before(TableName table, long page)
        {
            if (before.TryGetValue(table, out long was) && (altered == table || (was == page && !gone.Contains(table))))
            {
                return table;
            }

            if (altered is { } old && !after.ContainsKey(old) && !before.ContainsKey(table))
            {
                return old;
            }

            // Virtual tables have no page of their own.
            return before.Where(one => one.Value == page && page != 0 && one.Key.Database == table.Database
                    && !(after.TryGetValue(one.Key, out long now) && now == page) && !gone.Contains(one.Key))
                .Select(one => (TableName?)one.Key)
                .FirstOrDefault();
        }
    }

    private bool HasChanged()
    {
        bool hasChanged = false;
        foreach (SqlIdentifier database in AttachedDatabases.Read(shadow.Open()))
        {
            long version = shadow.Open().ReadInteger($"PRAGMA {database.Quoted}.schema_version");
            hasChanged |= !versions.TryGetValue(database, out long known) || known != version;
            versions[database] = version;
        }

        return hasChanged;
    }

    private ImmutableArray<SchemaObject> Read() =>
    [
        .. AttachedDatabases.Read(shadow.Open()).SelectMany(database => shadow.Open()
            .ReadRows($"SELECT type, name, tbl_name, rootpage, sql FROM {database.Quoted}.sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY rowid")
            .Select(row => new SchemaObject(
                (string)row[0]!, (string)row[1]!, new(database, (string)row[2]!), (long)row[3]!, (string)row[4]!))),
    ];

    private sealed record SchemaObject(string Type, SqlIdentifier Name, TableName Table, long RootPage, string Sql)
    {
        public bool IsSame(SchemaObject other) => Type == other.Type && Name == other.Name && Table.Database == other.Table.Database;
    }
}
