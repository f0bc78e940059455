using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Conversions as one UPDATE. It gives what a copy gives only where no key is converted, which rows may exchange, and no expression reads
/// what the same statement writes.
/// </summary>
internal static class ConversionUpdate
{
    public static bool IsPossible(DatabaseSchema schema, TableSchema table, TableDraft draft, PlanningOptions options) =>
        options.MayUse(Strategies.InPlace)
        && draft.Layers is [{ } layer]
        && layer.Expressions.All(conversion =>
            ExpressionSources.AreOtherTables(schema, table.Name, conversion.Value)
            && draft.FindColumn(conversion.Key) is { IsRowIdAlias: false }
            && !IsIndexed(schema, table, draft, conversion.Key));

    /// <summary>
    /// The UPDATE of all rows. A WHERE that leaves out those whose value stays would cost more than it saves: SQLite does not write a
    /// page on which every byte stays. It would also leave out rows that have to store their values when a default changes.
    /// </summary>
    public static AlterationStep Step(SqlIdentifier database, SqlIdentifier table, TableDraft draft)
    {
        ImmutableArray<string> assignments =
        [
            .. draft.Table.Columns
                .Where(column => draft.IsConverted(column.Name))
                .Select(column => $"{column.Name.Quoted} = {draft.Layers[0].Expressions[column.Name]}"),
        ];
        return new AlterationStep(
            $"UPDATE OR ABORT {database.Quoted}.{table.Quoted} SET {string.Join(", ", assignments)}", "convert values; triggers do not fire", "lang_update.html")
        {
            Kind = AlterationStepKind.Update,
        };
    }

    /// <summary>
    /// What the rows must answer once they are converted: constraints that are new, and foreign keys, which SQLite may have been told not
    /// to hold. The constraints that stand hold by then.
    /// </summary>
    public static ImmutableArray<Preflight> Questions(
        DatabaseSchema schema, TableSchema table, TableDraft draft, ForeignKeyPlanning foreignKeys, PlanningOptions options)
    {
        TableDraft converted = draft with { Layers = [], Functions = [], Guards = [] };
        return
        [
            .. new ValuePreflights(schema, table, converted).All(),
            .. new KeyPreflights(schema, table, converted).All(),
            .. foreignKeys.Orphans(options.ChecksForeignKeys, new RowSource(schema.Database, table, converted)),
        ];
    }

    // An index is cheaper to build anew than to change row by row; a unique one may not hold between two rows.
    private static bool IsIndexed(DatabaseSchema schema, TableSchema table, TableDraft draft, SqlIdentifier column)
    {
        HashSet<SqlIdentifier> touched = [column];
        while (draft.Table.Columns.FirstOrDefault(other => other.IsGenerated && !touched.Contains(other.Name)
            && touched.Any(name => NameReferences.Mentions(other.Syntax.Span.TextIn(draft.Table.Sql), name))) is { } generated)
        {
            touched.Add(generated.Name);
        }

        return touched.Any(name =>
            table.IsInKey(name)
            || schema.IndexesOf(table.Name).Any(index => draft.Indexes.Contains(index) && ChangeApplication.Uses(index, name)));
    }
}
