using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>What foreign keys to and from a table ask of its new form (foreignkeys.html, sections 3 and 5).</summary>
internal sealed class ForeignKeyPlanning(DatabaseSchema schema, TableSchema table, TableDraft draft)
{
    /// <summary>
    /// Where SQLite enforces foreign keys and can't be told not to (inside a transaction), dropping the old table deletes
    /// its rows, and that acts on every row that refers to them (hazards: cascades, SET NULL, a COMMIT that can't succeed).
    /// </summary>
    public void RefuseEnforced()
    {
        ImmutableArray<ForeignKeySchema> incoming = [.. schema.ForeignKeysTo(table.Name)];
        if (!incoming.IsEmpty)
        {
            throw Refusal.Of(
                table.Name, "The alteration",
                "it needs a copy of the table, foreign keys are enforced, and inside an open transaction SQLite does not let them be switched off; "
                + "dropping the old table would act on the rows that refer to it: "
                + string.Join("; ", incoming.Select(key => $"{key.Child}: {Describe(key)}")),
                "Run PRAGMA foreign_keys=OFF before the transaction begins, or let the alteration begin its own.",
                incoming[0].Child.Name);
        }
    }

    /// <summary>Refuses changes after which a foreign key of another table would find no key, or another one.</summary>
    public void RefuseLostTargets()
    {
        foreach (ForeignKeySchema key in schema.ForeignKeysTo(table.Name)
            .Where(key => key.Child != table.Name || draft.Table.ForeignKeys.Any(kept => SameColumns(kept, key))))
        {
            ImmutableArray<SqlIdentifier> oldKey = KeyNames(table);
            ImmutableArray<SqlIdentifier> newKey = KeyNames(draft.Table);
            if (key.ParentColumns.IsEmpty && !oldKey.SequenceEqual(newKey))
            {
                throw Refusal.Of(
                    table.Name, "Changing the primary key",
                    $"table {key.Child} refers to the primary key without naming its columns ({Describe(key)}), and would refer to other columns from then on",
                    "Drop that foreign key first, and add it again with its columns named.", key.Child.Name);
            }

            ImmutableArray<SqlIdentifier> target = key.ParentColumns.IsEmpty ? oldKey : key.ParentColumns;
            if (IsKey(table, schema.IndexesOf(table.Name), target) && !IsKey(draft.Table, draft.Indexes, target))
            {
                throw Refusal.Of(
                    table.Name, "The alteration",
                    $"table {key.Child} refers to ({string.Join(", ", target)}), which would no longer be a key: {Describe(key)}",
                    "Keep a primary key, UNIQUE constraint or full unique index on these columns with their own collation, or drop that foreign key first.",
                    key.Child.Name);
            }
        }
    }

    /// <summary>
    /// SQLite lets a DEFERRABLE clause stand anywhere after a foreign key, even on a later column; dropping or moving what it
    /// stands on would change that other key, which no pragma shows.
    /// </summary>
    public void RefuseChangedDeferral()
    {
        foreach (ForeignKeySchema key in draft.Table.ForeignKeys)
        {
            if (table.ForeignKeys.FirstOrDefault(old => SameColumns(old, key) && old.Parent == key.Parent) is { } before
                && !table.ForeignKeys.Any(old => SameColumns(old, key) && old.Parent == key.Parent && old.InitiallyDeferred == key.InitiallyDeferred))
            {
                throw Refusal.Of(
                    table.Name, "The alteration",
                    $"a DEFERRABLE clause that stands apart makes the foreign key {Describe(before)} {(before.InitiallyDeferred ? "deferred" : "immediate")}, and would no longer do so",
                    "Drop that foreign key and add it again in the same batch.", before.Name?.Name);
            }
        }
    }

    /// <summary>
    /// Tables in which a copy could leave a row that refers to nothing. It keeps every row, so where a foreign key is the one it was, and
    /// neither its columns nor those that it refers to hold other values or compare otherwise, the same rows refer to the same rows.
    /// </summary>
    public ImmutableArray<SqlIdentifier> Affected()
    {
        IEnumerable<SqlIdentifier> children = schema.ForeignKeysTo(table.Name)
            .Where(key => key.Child != table.Name && !KeepsTarget(key.ParentColumns))
            .Select(key => key.Child)
            .Distinct();
        return draft.Table.ForeignKeys.All(KeepsMeaning) ? [.. children] : [table.Name, .. children];
    }

    /// <summary>Rows of this table that would refer to nothing, asked of the rows that the draft gives, or of others.</summary>
    public IEnumerable<Preflight> Orphans(bool withConverted, RowSource? asked = null)
    {
        RowSource source = asked ?? new(schema.Database, table, draft);
        foreach (ForeignKeySchema key in draft.Table.ForeignKeys)
        {
            bool isNew = IsNew(key);
            bool isConverted = key.Columns.Any(column => RowChanges.HoldsOtherValues(table, draft, column));
            if (isNew && key.Parent != table.Name && schema.FindTable(key.Parent) is null)
            {
                throw Refusal.Of(
                    table.Name, $"Adding the foreign key {Describe(key)}",
                    $"there is no table {key.Parent}, and while foreign keys are enforced no row could be written", "Create that table first.", key.Parent.Name);
            }

            if (key.Parent == table.Name || !(isNew || (isConverted && withConverted)) || schema.FindTable(key.Parent) is not { Kind: TableKind.Ordinary } parent)
            {
                continue;
            }

            ImmutableArray<SqlIdentifier> target = key.ParentColumns.IsEmpty ? KeyNames(parent) : key.ParentColumns;
            if (target.Length != key.Columns.Length || !IsKey(parent, schema.IndexesOf(parent.Name), target))
            {
                throw Refusal.Of(
                    table.Name, $"Adding the foreign key {Describe(key)}",
                    $"({string.Join(", ", target)}) is not a key of table {parent.Name}",
                    "Add a primary key, UNIQUE constraint or full unique index on exactly these columns of the parent first.", parent.Name.Name);
            }

            // The parent's side stands left: its collation and affinity count (foreignkeys.html, section 3).
            string match = string.Join(" AND ", target.Zip(key.Columns, (parentColumn, column) =>
                $"parent_row.{parentColumn.Quoted} = {table.Name.Quoted}.{column.Quoted}"));
            string notNull = string.Join(" AND ", key.Columns.Select(column => $"{column.Quoted} IS NOT NULL"));
            yield return PreflightSql.Rows(
                source, key.Columns.Length == 1 ? key.Columns[0] : default(SqlIdentifier?),
                $"{notNull} AND NOT EXISTS (SELECT 1 FROM {schema.Database.Quoted}.{parent.Name.Quoted} AS parent_row WHERE {match})",
                $"foreign key {Describe(key)} would find no row in table {parent.Name}",
                "Insert the missing parents, or correct these rows first.");
        }
    }

    /// <summary>Whether a foreign key of the draft refers otherwise than any that the table has.</summary>
    public bool IsNew(ForeignKeySchema key) =>
        !table.ForeignKeys.Any(old => SameColumns(old, key) && old.Parent == key.Parent && old.ParentColumns.SequenceEqual(key.ParentColumns));

    /// <summary>The foreign key in SQL, with its name.</summary>
    public static string Describe(ForeignKeySchema key) =>
        (key.Name is { } name ? $"{name} " : "")
        + $"({string.Join(", ", key.Columns)}) REFERENCES {key.Parent}"
        + (key.ParentColumns.IsEmpty ? "" : $" ({string.Join(", ", key.ParentColumns)})")
        + (key.OnDelete == ForeignKeyAction.NoAction ? "" : $" ON DELETE {Words(key.OnDelete)}")
        + (key.OnUpdate == ForeignKeyAction.NoAction ? "" : $" ON UPDATE {Words(key.OnUpdate)}");

    private static string Words(ForeignKeyAction action) => action switch
    {
        ForeignKeyAction.SetNull => "SET NULL",
        ForeignKeyAction.SetDefault => "SET DEFAULT",
        ForeignKeyAction.Restrict => "RESTRICT",
        ForeignKeyAction.Cascade => "CASCADE",
        _ => "NO ACTION",
    };

    private bool KeepsMeaning(ForeignKeySchema key) =>
        !IsNew(key)
        && key.Columns.All(column => !RowChanges.HoldsOtherValues(table, draft, column))
        && (key.Parent != table.Name || KeepsTarget(key.ParentColumns));

    private bool KeepsTarget(ImmutableArray<SqlIdentifier> parentColumns)
    {
        ImmutableArray<SqlIdentifier> target = parentColumns.IsEmpty ? KeyNames(table) : parentColumns;
        return (!parentColumns.IsEmpty || target.SequenceEqual(KeyNames(draft.Table)))
            && target.All(column => !RowChanges.HoldsOtherValues(table, draft, column)
                && table.FindColumn(column)?.Collation == draft.FindColumn(column)?.Collation)
            && IsKey(table, schema.IndexesOf(table.Name), target) == IsKey(draft.Table, draft.Indexes, target);
    }

    private static ImmutableArray<SqlIdentifier> KeyNames(TableSchema table) =>
        table.PrimaryKey is { } key ? [.. key.Columns.Select(column => column.Name!.Value)] : [];

    /// <summary>A parent key is a primary key, or a unique index on exactly these columns, not partial, with their own collations.</summary>
    private static bool IsKey(TableSchema table, IEnumerable<IndexSchema> indexes, ImmutableArray<SqlIdentifier> columns) =>
        new HashSet<SqlIdentifier>(KeyNames(table)).SetEquals(columns)
        || table.Uniques.Any(unique => Covers(table, unique.Columns, columns))
        || indexes.Any(index => index is { IsUnique: true, IsPartial: false } && Covers(table, index.Columns, columns));

    private static bool Covers(TableSchema table, ImmutableArray<KeyColumn> key, ImmutableArray<SqlIdentifier> columns) =>
        key.Length == columns.Length
        && key.All(part => part.Name is { } name && columns.Contains(name)
            && (part.Collation is null || part.Collation == table.FindColumn(name)?.Collation));

    private static bool SameColumns(ForeignKeySchema left, ForeignKeySchema right) => left.Columns.SequenceEqual(right.Columns);
}
