using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>A table that gets rows, and all that decides which rows it takes. Immutable.</summary>
internal sealed record FilledTable
{
    public FilledTable(TableSchema schema, DatabaseSchema database, ViewSources views, IEnumerable<ForeignKeySchema> added)
    {
        Schema = schema;
        Columns = [.. schema.Columns.Where(column => !column.IsGenerated)];
        Triggers = [.. database.Triggers.Where(trigger => trigger.Table == schema.Name && trigger.IsOnInsert())];
        Indexes = [.. database.Indexes.Where(index => index.Table == schema.Name)];
        LookedInto = [.. Triggers.Where(trigger => trigger.Sql.Contains("RAISE", StringComparison.OrdinalIgnoreCase)).SelectMany(trigger => LookupReader.Read(trigger, this)).SelectMany(lookup => views.TablesOf(lookup.Source))];
        Keys = [.. schema.ForeignKeys.Concat(added).Select(key => Read(key, database)).OfType<FilledKey>()];
    }

    public TableSchema Schema { get; }

    public SqlIdentifier Name => Schema.Name;

    /// <summary>The columns that an INSERT names.</summary>
    public ImmutableArray<ColumnSchema> Columns { get; }

    public ImmutableArray<FilledKey> Keys { get; init; }

    /// <summary>The names by which a row is found: the rowid, or the primary key where there is none; empty where there is neither.</summary>
    public ImmutableArray<SqlIdentifier> Identity =>
        Schema.RowIdName is { } rowId ? [rowId]
        : Schema.PrimaryKey is { } key && key.Columns.All(column => column.Name is { } name && PlaceOf(name) >= 0) ? [.. key.Columns.Select(column => column.Name).OfType<SqlIdentifier>()]
        : [];

    /// <summary>Whether a constraint says what becomes of rows that violate it.</summary>
    public bool HasConflictClauses => SqlLexer.Tokenize(Schema.Sql).Any(token => token.Kind == SqlTokenKind.Word && SqlKeywords.Is(token.Span.In(Schema.Sql), "CONFLICT"));

    /// <summary>The triggers that an INSERT fires.</summary>
    public ImmutableArray<TriggerSchema> Triggers { get; }

    public ImmutableArray<IndexSchema> Indexes { get; }

    /// <summary>The tables in which triggers that may refuse a row look for its values, also by way of views.</summary>
    public ImmutableHashSet<SqlIdentifier> LookedInto { get; }

    /// <summary>The texts that decide about values of a column: CHECKs, triggers, WHERE clauses of indexes, generated columns.</summary>
    public IEnumerable<string> ConditionsOn(SqlIdentifier column)
    {
        IEnumerable<string> texts =
        [
            .. Schema.Checks.Select(check => check.Expression),
            .. Triggers.Select(trigger => trigger.Sql),
            .. Indexes.Where(index => index.IsUnique && index.IsPartial).Select(index => index.Syntax.Where!.Value.TextIn(index.Sql)), // A partial index has a WHERE.
            .. Schema.Columns.Where(generated => generated.IsGenerated).Select(generated => generated.Syntax.Span.TextIn(Schema.Sql)),
        ];
        return texts.Where(text => NameReferences.Mentions(text, column));
    }

    /// <summary>Whether the column is in a key of its table, unique by itself or with others.</summary>
    public bool IsInPrimaryKey(SqlIdentifier column) => Schema.PrimaryKey?.Columns.Any(key => key.Name == column) == true;

    /// <summary>
    /// Whether rows may hold NULL there. SQLite lets primary keys hold it for historical reasons (lang_createtable.html, section 3.5), but
    /// no application means that.
    /// </summary>
    public bool IsNullable(ColumnSchema column) => !column.IsNotNull && !IsInPrimaryKey(column.Name);

    public int PlaceOf(SqlIdentifier column)
    {
        for (int i = 0; i < Columns.Length; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        return -1;
    }

    private FilledKey? Read(ForeignKeySchema key, DatabaseSchema database)
    {
        ImmutableArray<SqlIdentifier> parentColumns = !key.ParentColumns.IsEmpty ? key.ParentColumns
            : database.Tables.FirstOrDefault(table => table.Name == key.Parent)?.PrimaryKey is { } primary ? [.. primary.Columns.Select(column => column.Name).OfType<SqlIdentifier>()]
            : [];
        ImmutableArray<int> places = [.. key.Columns.Select(PlaceOf)];
        return places.Contains(-1)
            ? null
            : new FilledKey(Name, places, key.Parent, parentColumns, places.Any(place => IsNullable(Columns[place])));
    }
}
