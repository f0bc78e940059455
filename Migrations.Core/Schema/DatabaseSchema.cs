using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>
/// What one database of a connection ("main" or an attached one) holds at a moment: tables, indexes, triggers and views,
/// each in the order of sqlite_schema. Immutable. What could not be read is not in these lists but in <see cref="Unread"/>;
/// the methods that ask for an object, or for all that belongs to a table, throw where an unread object is among them.
/// </summary>
internal sealed class DatabaseSchema
{
    /// <summary>The name by which the connection knows the database: "main", or the name after ATTACH ... AS.</summary>
    public required SqlIdentifier Database { get; init; }

    /// <summary>Tables of every kind; SQLite's own sqlite_* tables are left out.</summary>
    public required ImmutableArray<TableSchema> Tables { get; init; }

    /// <summary>Indexes that were made by CREATE INDEX.</summary>
    public required ImmutableArray<IndexSchema> Indexes { get; init; }

    /// <summary>Triggers of this database, then triggers in the TEMP database on its tables and views.</summary>
    public required ImmutableArray<TriggerSchema> Triggers { get; init; }

    public required ImmutableArray<ViewSchema> Views { get; init; }

    /// <summary>Views in the TEMP database, which may read any database of the connection.</summary>
    public ImmutableArray<ViewSchema> TemporaryViews { get; init; } = [];

    /// <summary>The names of all objects in the TEMP database.</summary>
    public ImmutableHashSet<SqlIdentifier> TemporaryNames { get; init; } = [];

    /// <summary>Tables, indexes and triggers whose text could not be read.</summary>
    public ImmutableArray<UnreadObject> Unread { get; init; } = [];

    /// <summary>Whether the database holds the table sqlite_sequence, sqlite_stat1, sqlite_stat4.</summary>
    public required bool HasSequence { get; init; }

    public required bool HasStat1 { get; init; }

    public required bool HasStat4 { get; init; }

    /// <summary>A table of any kind, null where there is none.</summary>
    /// <exception cref="SqlSyntaxException">The table is there, and its text could not be read.</exception>
    /// <exception cref="SchemaMismatchException">The table is there, and its text contradicts itself.</exception>
    public TableSchema? FindTable(SqlIdentifier name)
    {
        ThrowWhere(unread => unread.Type is "table" && unread.Name == name);
        return Tables.FirstOrDefault(table => table.Name == name);
    }

    public ViewSchema? FindView(SqlIdentifier name) => Views.FirstOrDefault(view => view.Name == name);

    /// <summary>An index made by CREATE INDEX, null where there is none.</summary>
    /// <exception cref="SqlSyntaxException">The index is there, and its text could not be read.</exception>
    public IndexSchema? FindIndex(SqlIdentifier name)
    {
        ThrowWhere(unread => unread.Type is "index" && unread.Name == name);
        return Indexes.FirstOrDefault(index => index.Name == name);
    }

    /// <summary>A trigger, null where there is none.</summary>
    /// <exception cref="SqlSyntaxException">The trigger is there, and its text could not be read.</exception>
    public TriggerSchema? FindTrigger(SqlIdentifier name)
    {
        ThrowWhere(unread => unread.Type is "trigger" && unread.Name == name);
        return Triggers.FirstOrDefault(trigger => trigger.Name == name);
    }

    /// <summary>The indexes made by CREATE INDEX on a table.</summary>
    /// <exception cref="SqlSyntaxException">An index of the table could not be read.</exception>
    public IEnumerable<IndexSchema> IndexesOf(SqlIdentifier table)
    {
        ThrowWhere(unread => unread.Type is "index" && unread.Table == table);
        return Indexes.Where(index => index.Table == table);
    }

    /// <summary>The triggers of a table or view.</summary>
    /// <exception cref="SqlSyntaxException">A trigger of the table could not be read.</exception>
    public IEnumerable<TriggerSchema> TriggersOf(SqlIdentifier table)
    {
        ThrowWhere(unread => unread.Type is "trigger" && unread.Table == table);
        return Triggers.Where(trigger => trigger.Table == table);
    }

    /// <summary>Foreign keys of all tables, the named one included, that refer to a table.</summary>
    /// <exception cref="SqlSyntaxException">A table that refers to it, by what SQLite says, could not be read.</exception>
    public IEnumerable<ForeignKeySchema> ForeignKeysTo(SqlIdentifier parent)
    {
        ThrowWhere(unread => unread.Parents.Contains(parent));
        return Tables.SelectMany(table => table.ForeignKeys).Where(key => key.Parent == parent);
    }

    /// <summary>Whether any table, index, trigger or view bears the name (they share one space of names, lang_createtable.html).</summary>
    public bool IsNameTaken(SqlIdentifier name) =>
        Tables.Any(table => table.Name == name)
        || Views.Any(view => view.Name == name)
        || Indexes.Any(index => index.Name == name)
        || Triggers.Any(trigger => trigger.Name == name)
        || Unread.Any(unread => unread.Name == name);

    private void ThrowWhere(Func<UnreadObject, bool> isInvolved)
    {
        foreach (UnreadObject unread in Unread)
        {
            if (isInvolved(unread))
            {
                throw unread.ToException();
            }
        }
    }
}
