using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>
/// Reads what a database holds. Takes no lock beyond SQLite's own shared one, writes nothing, opens no transaction, and
/// works within one. Nothing is compared with SQLite's pragmas here: <see cref="SchemaCrossCheck"/> does that for the
/// tables that matter.
/// </summary>
internal sealed class SchemaReader
{
    private readonly SqliteConnection connection;
    private readonly SqlIdentifier database;
    private readonly Dictionary<SqlIdentifier, TableSchema> tablesByName = [];
    private readonly ImmutableArray<TableSchema>.Builder tables = ImmutableArray.CreateBuilder<TableSchema>();
    private readonly ImmutableArray<IndexSchema>.Builder indexes = ImmutableArray.CreateBuilder<IndexSchema>();
    private readonly ImmutableArray<TriggerSchema>.Builder triggers = ImmutableArray.CreateBuilder<TriggerSchema>();
    private readonly ImmutableArray<ViewSchema>.Builder views = ImmutableArray.CreateBuilder<ViewSchema>();
    private readonly ImmutableArray<ViewSchema>.Builder temporaryViews = ImmutableArray.CreateBuilder<ViewSchema>();
    private readonly ImmutableHashSet<SqlIdentifier>.Builder temporaryNames = ImmutableHashSet.CreateBuilder<SqlIdentifier>();
    private readonly ImmutableArray<UnreadObject>.Builder unread = ImmutableArray.CreateBuilder<UnreadObject>();

    private SchemaReader(SqliteConnection connection, SqlIdentifier database)
    {
        this.connection = connection;
        this.database = database;
    }

    /// <summary>Reads one database.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="database">"main", or the name of an attached database.</param>
    public static DatabaseSchema Read(SqliteConnection connection, SqlIdentifier database) =>
        new SchemaReader(connection, database).Read();

    private DatabaseSchema Read()
    {
        // Only table_list tells what is virtual or a shadow (pragma.html#pragma_table_list); names and texts do not.
        Dictionary<SqlIdentifier, TableKind> kinds = [];
        foreach ((SqlIdentifier name, string type) in connection.ReadRows(
            $"PRAGMA {database.Quoted}.table_list", row => ((SqlIdentifier)row.GetString(1), row.GetString(2))))
        {
            kinds[name] = KindOf(type);
        }

        ImmutableArray<SchemaRow> rows = ReadRows($"{database.Quoted}.sqlite_schema");

        // What an index means depends on its table, wherever that stands.
        foreach (SchemaRow row in rows.Where(row => row.Type is "table").Concat(rows.Where(row => row.Type is not "table")))
        {
            Add(row, kinds);
        }

        if (database != "temp")
        {
            AddTemporary();
        }

        return new DatabaseSchema
        {
            Database = database,
            Tables = tables.ToImmutable(),
            Indexes = indexes.ToImmutable(),
            Triggers = triggers.ToImmutable(),
            Views = views.ToImmutable(),
            TemporaryViews = temporaryViews.ToImmutable(),
            TemporaryNames = temporaryNames.ToImmutable(),
            Unread = unread.ToImmutable(),
            HasSequence = rows.Any(row => row.Is("table", "sqlite_sequence")),
            HasStat1 = rows.Any(row => row.Is("table", "sqlite_stat1")),
            HasStat4 = rows.Any(row => row.Is("table", "sqlite_stat4")),
        };
    }

    private static TableKind KindOf(string type) => type switch
    {
        "virtual" => TableKind.Virtual,
        "shadow" => TableKind.Shadow,
        _ => TableKind.Ordinary,
    };

    private ImmutableArray<SchemaRow> ReadRows(string schemaTable) => connection.ReadRows(
        $"SELECT type, name, tbl_name, sql FROM {schemaTable} ORDER BY rowid",
        row => new SchemaRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetStringOrNull(3)));

    private void Add(SchemaRow row, Dictionary<SqlIdentifier, TableKind> kinds)
    {
        // The indexes of constraints have no text: they are in the text of their table.
        if (row.IsInternal || row.Sql is not { } sql)
        {
            return;
        }

        try
        {
            switch (row.Type)
            {
                case "table":
                    TableSchema table = TableSchemaReader.Read(
                        row.Name, kinds.GetValueOrDefault(row.Name, TableKind.Ordinary), sql);
                    tables.Add(table);
                    tablesByName.TryAdd(table.Name, table);
                    break;
                case "index":
                    indexes.Add(IndexSchemaReader.Read(row.Name, tablesByName.GetValueOrDefault(row.Table), row.Table, sql));
                    break;
                case "trigger":
                    triggers.Add(new TriggerSchema(row.Name, row.Table, sql, IsTemporary: false, CreateTriggerReader.Read(sql)));
                    break;
                case "view":
                    views.Add(new ViewSchema(row.Name, sql));
                    break;
            }
        }
        catch (MigrationsException exception)
        {
            unread.Add(new UnreadObject(row.Type, row.Name, row.Table, sql, ReadParents(row), exception));
        }
    }

    private ImmutableArray<SqlIdentifier> ReadParents(SchemaRow row) => row.Type is not "table"
        ? []
        : connection.ReadRows(
            $"PRAGMA {database.Quoted}.foreign_key_list({row.Name.Quoted})", key => (SqlIdentifier)key.GetString(2));

    private void AddTemporary()
    {
        ImmutableArray<SchemaRow> rows = ReadRows("temp.sqlite_schema");
        if (rows.IsEmpty)
        {
            return;
        }

        var owners = new Lazy<ILookup<SqlIdentifier, SqlIdentifier>>(ReadOwners);
        foreach (SchemaRow row in rows)
        {
            temporaryNames.Add(row.Name);
            if (row is { Type: "view", Sql: { } view })
            {
                temporaryViews.Add(new ViewSchema(row.Name, view));
            }
            else if (row is { Type: "trigger", Sql: { } trigger })
            {
                AddTemporaryTrigger(row, trigger, owners);
            }
        }
    }

    private void AddTemporaryTrigger(SchemaRow row, string sql, Lazy<ILookup<SqlIdentifier, SqlIdentifier>> owners)
    {
        try
        {
            CreateTriggerSyntax syntax = CreateTriggerReader.Read(sql);
            if ((QualifierOf(syntax) ?? Resolve(owners.Value[row.Table])) == database)
            {
                triggers.Add(new TriggerSchema(row.Name, row.Table, sql, IsTemporary: true, syntax));
            }
        }
        catch (SqlSyntaxException exception)
        {
            unread.Add(new UnreadObject("trigger", row.Name, row.Table, sql, [], exception));
        }
    }

    /// <summary>The databases that hold a table or view of a name, in the order of the connection's list.</summary>
    private ILookup<SqlIdentifier, SqlIdentifier> ReadOwners() => connection
        .ReadRows("PRAGMA table_list", row => (Table: (SqlIdentifier)row.GetString(1), Owner: (SqlIdentifier)row.GetString(0)))
        .ToLookup(row => row.Table, row => row.Owner);

    /// <summary>A name without its database means TEMP's object, else main's, else that of the first attached database (lang_naming.html).</summary>
    private static SqlIdentifier? Resolve(IEnumerable<SqlIdentifier> owners) =>
        owners.OrderBy(owner => owner == "temp" ? 0 : owner == "main" ? 1 : 2).Select(owner => (SqlIdentifier?)owner).FirstOrDefault();

    private static SqlIdentifier? QualifierOf(CreateTriggerSyntax trigger)
    {
        SqlToken[] before = [.. trigger.Tokens
            .Where(token => !token.IsTrivia && token.Span.Start < trigger.Table.Span.Start)
            .TakeLast(2)];
        return before is [{ } name, { Kind: SqlTokenKind.Operator } dot] && dot.Span.In(trigger.Text) is "."
            ? SqlTokens.Name(trigger.Text, name)
            : default(SqlIdentifier?);
    }
}
