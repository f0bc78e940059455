using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting;

/// <summary>What of a schema a draft is about: not the tables that are ignored, nor what virtual tables keep their rows in.</summary>
internal static class CountedSchema
{
    public static DatabaseSchema Of(DatabaseSchema schema, Func<SqlIdentifier, bool> isIgnored)
    {
        HashSet<SqlIdentifier> left =
            [.. schema.Tables.Where(table => table.Kind is TableKind.Shadow || isIgnored(table.Name)).Select(table => table.Name)];
        bool Counts(SqlIdentifier table) => !left.Contains(table);
        return With(
            schema,
            [.. schema.Tables.Where(table => Counts(table.Name))],
            [.. schema.Indexes.Where(index => Counts(index.Table))],
            [.. schema.Triggers.Where(trigger => !trigger.IsTemporary && Counts(trigger.Table))],
            schema.Views);
    }

    /// <summary>A table beside the other tables of the schema that is wanted, and nothing that refers to it.</summary>
    public static DatabaseSchema Around(DatabaseSchema from, TableSchema table, DatabaseSchema to)
    {
        ImmutableArray<TableSchema> others = [.. to.Tables.Where(other => other.Name != table.Name)];
        return With(
            from,
            [table, .. others.Select(WithoutForeignKeys)],
            [.. to.Indexes.Where(index => index.Table != table.Name)],
            [],
            []);
    }

    /// <summary>The schema with other versions of tables.</summary>
    public static DatabaseSchema Replace(DatabaseSchema schema, IReadOnlyCollection<TableSchema> tables) => With(
        schema,
        [.. schema.Tables.Select(table => tables.FirstOrDefault(other => other.Name == table.Name) ?? table)],
        schema.Indexes,
        schema.Triggers,
        schema.Views);

    private static TableSchema WithoutForeignKeys(TableSchema table) => new()
    {
        Name = table.Name,
        Kind = table.Kind,
        Sql = table.Sql,
        Syntax = table.Syntax,
        Columns = table.Columns,
        PrimaryKey = table.PrimaryKey,
        Uniques = table.Uniques,
        Checks = table.Checks,
        ForeignKeys = [],
        IsStrict = table.IsStrict,
        IsWithoutRowId = table.IsWithoutRowId,
    };

    private static DatabaseSchema With(
        DatabaseSchema schema,
        ImmutableArray<TableSchema> tables,
        ImmutableArray<IndexSchema> indexes,
        ImmutableArray<TriggerSchema> triggers,
        ImmutableArray<ViewSchema> views) => new()
        {
            Database = schema.Database,
            Tables = tables,
            Indexes = indexes,
            Triggers = triggers,
            Views = views,
            HasSequence = schema.HasSequence,
            HasStat1 = schema.HasStat1,
            HasStat4 = schema.HasStat4,
        };
}
