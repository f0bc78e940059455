using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Runner.Connections;

namespace Migrations.Runner.Drafting.Renaming;

/// <summary>
/// A schema after renames. Which indexes, triggers, views and foreign keys a rename changes, and how, only SQLite knows for sure, so it does
/// the renames in a database in memory.
/// </summary>
internal static class RenamedSchema
{
    /// <summary>The schema, or null where SQLite can't rename so.</summary>
    public static DatabaseSchema? TryApply(DatabaseSchema schema, Renames renames)
    {
        if (renames.AreNone)
        {
            return schema;
        }

        using SqliteConnection scratch = new("Data Source=:memory:;Pooling=False;Foreign Keys=False");
        scratch.Open();
        try
        {
            foreach (string sql in Statements(schema).Concat(Statements(renames)))
            {
                scratch.Execute(sql);
            }
        }
        catch (SqliteException)
        {
            return null;
        }

        return WithVirtualTables(SchemaReader.Read(scratch, schema.Database), schema);
    }

    private static IEnumerable<string> Statements(DatabaseSchema schema) =>
    [
        .. schema.Tables.Where(table => table.Kind is TableKind.Ordinary).Select(table => table.Sql),
        .. schema.Indexes.Select(index => index.Sql),
        .. schema.Views.Select(view => view.Sql),
        .. schema.Triggers.Select(trigger => trigger.Sql),
    ];

    private static IEnumerable<string> Statements(Renames renames) =>
    [
        .. renames.Tables.Select(table => $"ALTER TABLE {table.Old.Quoted} RENAME TO {table.New.Quoted}"),
        .. renames.Columns.Select(column =>
            $"ALTER TABLE {column.NewTable.Quoted} RENAME COLUMN {column.Old.Quoted} TO {column.New.Quoted}"),
    ];

    // Their modules may not be there, and no rename reaches into them.
    private static DatabaseSchema WithVirtualTables(DatabaseSchema renamed, DatabaseSchema schema) => new()
    {
        Database = renamed.Database,
        Tables = [.. renamed.Tables, .. schema.Tables.Where(table => table.Kind is not TableKind.Ordinary)],
        Indexes = renamed.Indexes,
        Triggers = renamed.Triggers,
        Views = renamed.Views,
        HasSequence = schema.HasSequence,
        HasStat1 = schema.HasStat1,
        HasStat4 = schema.HasStat4,
    };
}
