using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>A table that gets rows, and all that decides which rows it takes. Immutable.</summary>
internal sealed class FilledTable
{
    public FilledTable(TableSchema schema, DatabaseSchema database, IEnumerable<ForeignKeySchema> added)
    {
        Schema = schema;
        Columns = [.. schema.Columns.Where(column => !column.IsGenerated)];
        Triggers = [.. database.Triggers.Where(trigger => trigger.Table == schema.Name && trigger.IsOnInsert())];
        Indexes = [.. database.Indexes.Where(index => index.Table == schema.Name)];
        Keys = [.. schema.ForeignKeys.Concat(added).Select(key => Read(key, database)).OfType<FilledKey>()];
    }

    public TableSchema Schema { get; }

    public SqlIdentifier Name => Schema.Name;

    /// <summary>The columns that an INSERT names.</summary>
    public ImmutableArray<ColumnSchema> Columns { get; }

    public ImmutableArray<FilledKey> Keys { get; }

    /// <summary>The triggers that an INSERT fires.</summary>
    public ImmutableArray<TriggerSchema> Triggers { get; }

    public ImmutableArray<IndexSchema> Indexes { get; }

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
