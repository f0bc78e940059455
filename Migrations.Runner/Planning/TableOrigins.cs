using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Preview;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>
/// Follows the tables of a planned upgrade, and their columns, back to those that the database has now. Not by the words of the
/// statements: a table that is renamed keeps its root page (fileformat2.html, section 2.6), whoever renames it, and its columns keep their
/// places. Only alterations of this library change several columns at once, and those are known.
/// </summary>
internal sealed class TableOrigins
{
    private readonly ShadowDatabase shadow;
    private readonly Dictionary<SqlIdentifier, long> versions = [];
    private readonly HashSet<(TableName Held, TableName Name)> names = [];
    private PlannedSchema schema;
    private Dictionary<TableName, FollowedTable> tables;

    public TableOrigins(ShadowDatabase shadow, Func<SqlIdentifier, bool> isLeftOut)
    {
        this.shadow = shadow;
        schema = PlannedSchema.Read(shadow.Open());
        tables = schema.RootPages.Keys.ToDictionary(
            table => table,
            table => isLeftOut(table.Table)
                ? FollowedTable.New with { Before = table }
                : new FollowedTable(
                    table,
                    schema.ColumnsOf(table).Where(column => column.IsStored)
                        .ToImmutableDictionary(column => column.Name, column => new ColumnName(table, column.Name)),
                    Before: table));
        NoteNames();
        HasChanged();
        shadow.TakeActions();
    }

    /// <summary>The schema as it is now.</summary>
    public PlannedSchema Schema => schema;

    /// <summary>The tables as they are now.</summary>
    public IReadOnlyDictionary<TableName, FollowedTable> Tables => tables;

    /// <summary>The tables as they are now, whatever becomes of them.</summary>
    public ImmutableDictionary<TableName, FollowedTable> Snapshot() => tables.ToImmutableDictionary();

    /// <summary>The name that a table had where the migration began; null where it was not there.</summary>
    public TableName? NameBefore(TableName table) => tables.TryGetValue(table, out FollowedTable? found) ? found.Before : null;

    /// <summary>The next migration begins.</summary>
    public void BeginMigration() => tables = tables.ToDictionary(table => table.Key, table => table.Value with { Before = table.Key });

    /// <summary>The table of today that holds the rows of a table of the plan; null where there is none, or it can't be said.</summary>
    public TableName? Of(TableName table) => tables.TryGetValue(table, out FollowedTable? found) ? found.Origin : null;

    /// <summary>Looks at what has been done in between that is no part of a migration.</summary>
    public void Update()
    {
        IReadOnlySet<ShadowAction> actions = shadow.TakeActions();
        Update(null, [], actions);
    }

    /// <summary>Looks at what a single statement has done, and tells what SQLite said that it does.</summary>
    public IReadOnlySet<ShadowAction> Ran(string statement)
    {
        IReadOnlySet<ShadowAction> actions = shadow.TakeActions();
        Update(null, [], actions);
        Fill(statement, actions);
        shadow.TakeActions();
        return actions;
    }

    /// <summary>Looks at what an alteration has done, and tells what of its table is still there.</summary>
    public ImmutableArray<string> Altered(TableName altered, IReadOnlyList<TableChange> changes)
    {
        ImmutableArray<SchemaObject> before = schema.Objects;
        Update(altered, changes, shadow.TakeActions());
        return
        [
            .. before.Where(one => one.Table == altered && one.Type is "index" or "trigger" && schema.Objects.Any(other => other.IsSame(one)))
                .Select(one => $"{one.Type} {one.Name}"),
            .. before.Where(one => one.Type is "view" && one.Table.Database == altered.Database
                    && NameReferences.Mentions(one.Sql, altered.Table) && schema.Objects.Any(other => other.IsSame(one)))
                .Select(one => $"view {one.Name}"),
        ];
    }

    /// <summary>
    /// Takes a new table for one of today that is gone, where it has got its values, and a name that the other had: so a script rebuilds
    /// a table. To be asked where a migration ends.
    /// </summary>
    /// <returns>The statements that may have left rows out.</returns>
    public ImmutableArray<string> SettleRebuilds()
    {
        ImmutableArray<string>.Builder choosing = ImmutableArray.CreateBuilder<string>();
        HashSet<TableName> held = [.. tables.Values.Select(table => table.Holds).OfType<TableName>()];
        foreach ((TableName name, FollowedTable table) in tables.Where(table => table.Value.Holds is null).ToList())
        {
            TableName? rebuilt = table.Sources.Values.Select(source => source.Table)
                .Where(origin => names.Contains((origin, name)) && !held.Contains(origin))
                .Select(origin => (TableName?)origin)
                .FirstOrDefault();
            if (rebuilt is null)
            {
                continue;
            }

            tables[name] = table with { Rebuilds = rebuilt };
            if (table.Choosing is not null)
            {
                choosing.Add(table.Choosing);
            }
        }

        NoteNames();
        return choosing.ToImmutable();
    }

    private void NoteNames() => names.UnionWith(tables.Where(table => table.Value.Holds is not null).Select(table => (table.Value.Holds!.Value, table.Key)));

    private void Update(TableName? altered, IReadOnlyList<TableChange> changes, IReadOnlySet<ShadowAction> actions)
    {
        if (!HasChanged())
        {
            return;
        }

        PlannedSchema before = schema;
        schema = PlannedSchema.Read(shadow.Open());
        HashSet<TableName> gone = altered is null ? [.. actions.Where(action => action.IsDrop).Select(action => action.Table)] : [];
        bool renames = actions.Any(action => action.Code == ShadowAction.AlterTable);
        Dictionary<TableName, FollowedTable> followed = [];
        foreach ((TableName table, long page) in schema.RootPages)
        {
            if (Before(table, page) is not { } old || !tables.TryGetValue(old, out FollowedTable? found))
            {
                followed[table] = FollowedTable.New;
                continue;
            }

            followed[table] = found with
            {
                Sources = FollowedColumns.Of(found.Sources, before.ColumnsOf(old), schema.ColumnsOf(table), old == altered ? changes : []),
            };
        }

        tables = followed;
        NoteNames();

        TableName? Before(TableName table, long page)
        {
            if (before.RootPages.TryGetValue(table, out long was) && (altered == table || (was == page && !gone.Contains(table))))
            {
                return table;
            }

            if (altered is { } old && !schema.RootPages.ContainsKey(old) && !before.RootPages.ContainsKey(table))
            {
                return old;
            }

            // Virtual tables have no page of their own.
            return before.RootPages.Where(one => one.Value == page && (page != 0 || renames) && one.Key.Database == table.Database
                    && !(schema.RootPages.TryGetValue(one.Key, out long now) && now == page) && !gone.Contains(one.Key))
                .Select(one => (TableName?)one.Key)
                .FirstOrDefault();
        }
    }

    // What is not taken over as it is, is known by its name alone.
    private void Fill(string statement, IReadOnlySet<ShadowAction> actions)
    {
        List<ColumnName> read = [.. actions.Where(action => action.Code == ShadowAction.Read).Select(action => new ColumnName(action.Table, action.Column))];
        foreach (TableName target in actions.Where(action => action.Code is ShadowAction.Insert or ShadowAction.CreateTable).Select(action => action.Table).Distinct())
        {
            if (!tables.TryGetValue(target, out FollowedTable? table) || table.Origin is not null)
            {
                continue;
            }

            List<SqlIdentifier> columns = [.. schema.ColumnsOf(target).Where(column => column.IsStored).Select(column => column.Name)];
            IEnumerable<(SqlIdentifier Column, ColumnName Source)> copied =
                CopiedColumns.Of(shadow.Open(), statement, columns).Concat(read.Where(source => source.Table != target).Select(source => (source.Column, source)));
            ImmutableDictionary<SqlIdentifier, ColumnName>.Builder sources = table.Sources.ToBuilder();
            foreach ((SqlIdentifier column, ColumnName source) in copied)
            {
                if (columns.Contains(column) && !sources.ContainsKey(column)
                    && tables.TryGetValue(source.Table, out FollowedTable? from) && from.Sources.TryGetValue(source.Column, out ColumnName origin))
                {
                    sources.Add(column, origin);
                }
            }

            tables[target] = table with
            {
                Sources = sources.ToImmutable(),
                Choosing = table.Choosing ?? (sources.Count > 0 && CopiedColumns.MayChoose(statement) ? statement : null),
            };
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
}
