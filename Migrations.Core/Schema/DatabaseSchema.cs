using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>
/// What one database of a connection ("main" or an attached one) holds at a moment: tables, indexes, triggers and views,
/// each in the order of sqlite_schema. Immutable.
/// </summary>
internal sealed class DatabaseSchema
{
    /// <summary>The name by which the connection knows the database: "main", or the name after ATTACH ... AS.</summary>
    public required SqlIdentifier Database { get; init; }

    /// <summary>Tables of every kind; SQLite's own sqlite_* tables are left out.</summary>
    public required ImmutableArray<TableSchema> Tables { get; init; }

    /// <summary>Indexes that were made by CREATE INDEX.</summary>
    public required ImmutableArray<IndexSchema> Indexes { get; init; }

    /// <summary>Triggers of this database, then triggers in the TEMP database on its tables.</summary>
    public required ImmutableArray<TriggerSchema> Triggers { get; init; }

    public required ImmutableArray<ViewSchema> Views { get; init; }

    /// <summary>Whether the database holds the table sqlite_sequence, sqlite_stat1, sqlite_stat4.</summary>
    public required bool HasSequence { get; init; }

    public required bool HasStat1 { get; init; }

    public required bool HasStat4 { get; init; }

    public TableSchema? FindTable(SqlIdentifier name) => Tables.FirstOrDefault(table => table.Name == name);

    public ViewSchema? FindView(SqlIdentifier name) => Views.FirstOrDefault(view => view.Name == name);

    public IndexSchema? FindIndex(SqlIdentifier name) => Indexes.FirstOrDefault(index => index.Name == name);

    public TriggerSchema? FindTrigger(SqlIdentifier name) => Triggers.FirstOrDefault(trigger => trigger.Name == name);

    public IEnumerable<IndexSchema> IndexesOf(SqlIdentifier table) => Indexes.Where(index => index.Table == table);

    public IEnumerable<TriggerSchema> TriggersOf(SqlIdentifier table) => Triggers.Where(trigger => trigger.Table == table);

    /// <summary>Foreign keys of all tables, the named one included, that refer to a table.</summary>
    public IEnumerable<ForeignKeySchema> ForeignKeysTo(SqlIdentifier parent) =>
        Tables.SelectMany(table => table.ForeignKeys).Where(key => key.Parent == parent);

    /// <summary>Whether any table, index, trigger or view bears the name (they share one space of names, lang_createtable.html).</summary>
    public bool IsNameTaken(SqlIdentifier name) =>
        FindTable(name) is not null || FindView(name) is not null || FindIndex(name) is not null || FindTrigger(name) is not null;
}
