using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// The SELECT from the table as it is that gives the rows as they will be, for the copy and for the questions asked
/// before it. Conversions stand in levels: level 0 is the table, level n applies conversion layer n to level n - 1.
/// </summary>
internal sealed class RowSource
{
    private readonly SqlIdentifier database;
    private readonly TableSchema table;
    private readonly TableDraft draft;
    private readonly string rowIdAlias;

    public RowSource(SqlIdentifier database, TableSchema table, TableDraft draft)
    {
        this.database = database;
        this.table = table;
        this.draft = draft;
        rowIdAlias = UnusedName("row_id");
        Keys = KeysOf(table);
        StagedKeys = [.. Keys.Select((_, index) => UnusedName($"key_{index + 1}"))];
    }

    /// <summary>What tells a row of the table from the others: the columns of its primary key, or its rowid.</summary>
    public ImmutableArray<SqlIdentifier> Keys { get; }

    /// <summary>The names of the keys in <see cref="Staged"/>.</summary>
    public ImmutableArray<string> StagedKeys { get; }

    /// <summary>The columns that the copy fills, in order. Generated ones and added ones that take their default are left out.</summary>
    private ImmutableArray<SqlIdentifier> Filled =>
    [
        .. draft.Table.Columns
            .Where(column => !column.IsGenerated && (draft.Kept.Contains(column.Name) || draft.IsConverted(column.Name)))
            .Select(column => column.Name),
    ];

    public static ImmutableArray<SqlIdentifier> KeysOf(TableSchema table) =>
        table.PrimaryKey is { } key ? [.. key.Columns.Where(column => column.Name is not null).Select(column => column.Name!.Value)]
        : table.RowIdName is { } rowId ? [rowId]
        : [.. table.Columns.Select(column => column.Name)];

    /// <summary>
    /// The statement that copies all rows. OR ABORT overrides ON CONFLICT clauses, which would drop or alter rows
    /// (lang_conflict.html); columns are named on both sides; the rowid goes along where both tables have one under a name.
    /// </summary>
    public string Insert(SqlIdentifier newName)
    {
        ImmutableArray<SqlIdentifier> filled = Filled;
        int levels = draft.Layers.Length;
        List<string> targets = [];
        List<string> values = [];

        bool rowIdIsFilled = draft.Table.RowIdAlias is { } alias && filled.Contains(alias.Name);
        if (!rowIdIsFilled && table.RowIdName is { } oldRowId && draft.Table.RowIdName is { } newRowId)
        {
            targets.Add(newRowId.Quoted);
            values.Add(levels > 1 ? SqlIdentifier.Quote(rowIdAlias) : oldRowId.Quoted);
        }

        foreach (SqlIdentifier column in filled)
        {
            targets.Add(column.Quoted);
            values.Add(ValueAt(levels, column));
        }

        if (targets.Count == 0)
        {
            // All columns are new and the rowid has no name: one row of defaults for each row.
            SqlIdentifier column = draft.Table.Columns.First(column => !column.IsGenerated).Name;
            targets.Add(column.Quoted);
            values.Add(DefaultOf(column));
        }

        return $"INSERT OR ABORT INTO {database.Quoted}.{newName.Quoted} ({string.Join(", ", targets)}) "
            + $"SELECT {string.Join(", ", values)} FROM {From(levels - 1)}";
    }

    /// <summary>
    /// A FROM clause with the rows as conversions leave them, after all of them or after the first few: the columns by
    /// their names, and the keys of the old rows as <see cref="StagedKeys"/>. Its alias is the table's own name, so
    /// that expressions may qualify columns with it.
    /// </summary>
    public string Staged(int? levels = null) => Level(levels ?? draft.Layers.Length);

    private string From(int levels) => levels <= 0 ? $"{database.Quoted}.{table.Name.Quoted}" : Level(levels);

    private string Level(int levels)
    {
        List<string> values = [.. LevelColumns().Select(column => $"{ValueAt(levels, column)} AS {column.Quoted}")];
        for (int i = 0; i < Keys.Length; i++)
        {
            string key = SqlIdentifier.Quote(StagedKeys[i]);
            values.Add(levels > 1 ? key : $"{Keys[i].Quoted} AS {key}");
        }

        if (table.RowIdName is { } rowId)
        {
            string name = SqlIdentifier.Quote(rowIdAlias);
            values.Add(levels > 1 ? name : $"{rowId.Quoted} AS {name}");
        }

        return $"(SELECT {string.Join(", ", values)} FROM {From(levels - 1)}) AS {table.Name.Quoted}";
    }

    /// <summary>The value of a column at a level, in terms of the level below.</summary>
    private string ValueAt(int level, SqlIdentifier column) =>
        level > 0 && draft.Layers[level - 1].Expressions.TryGetValue(column, out string? expression) ? expression
        : level > 1 || IsOfOldTable(column) ? column.Quoted
        : DefaultOf(column);

    /// <summary>The new columns, then the old ones that go: conversions may still use them.</summary>
    private IEnumerable<SqlIdentifier> LevelColumns() =>
        draft.Table.Columns
            .Where(column => !column.IsGenerated || table.FindColumn(column.Name) is not null)
            .Select(column => column.Name)
            .Concat(table.Columns.Select(column => column.Name).Where(column => draft.FindColumn(column) is null));

    private bool IsOfOldTable(SqlIdentifier column) =>
        draft.Kept.Contains(column)
        || (table.FindColumn(column) is not null && draft.FindColumn(column) is null or { IsGenerated: true });

    private string DefaultOf(SqlIdentifier column) => DefaultExpression.Of(draft.FindColumn(column)?.DefaultText);

    private string UnusedName(string name) => FreeName.Like(name, column => table.FindColumn(column) is not null || draft.FindColumn(column) is not null).Name;
}
