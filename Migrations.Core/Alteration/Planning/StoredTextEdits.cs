using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Changes for which the rows on disk are already right, once they have been looked at: editing the stored text is all there is to do
/// (lang_altertable.html, section 7, the simpler procedure).
/// </summary>
internal static class StoredTextEdits
{
    public static bool IsPossible(DatabaseSchema schema, TableSchema table, TableDraft draft, TableChange change, PlanningOptions options) =>
        options.MayEditText && change switch
        {
            DropCheck or DropForeignKey or SetNullability { IsNullable: true } => true,
            SetNullability set => !IsUnsettled(table, draft, draft.FindColumn(set.Column)),
            AddCheck add => !ClockReading.IsIn(add.Expression)
                && draft.Table.Columns.All(column => !IsUnsettled(table, draft, column) || !NameReferences.Mentions(add.Expression, column.Name)),
            AddForeignKey add => !add.Columns.Any(column => IsUnsettled(table, draft, draft.FindColumn(column))),
            SetDefault set => StoredDefaults.IsPossible(table, set, options.Capabilities),
            SetType set => IsSameType(table, draft, set.Column),
            SetCollation set => !IsCompared(schema, table, set.Column) && !IsCompared(schema, draft.Table, set.Column),
            _ => false,
        };

    /// <summary>The edit, as a step of a plan.</summary>
    public static AlterationStep Step(SqlIdentifier database, SqlIdentifier table, string sql, string purpose) => new(
        $"UPDATE {database.Quoted}.sqlite_schema SET sql = {SqlText.Literal(sql)} WHERE type = 'table' AND name = {SqlText.Literal(table.Name)} COLLATE NOCASE",
        purpose, "lang_altertable.html, section 7: writable_schema")
    {
        Kind = AlterationStepKind.SchemaEdit,
    };

    /// <summary>Same affinity, and no rowid alias before or after: INTEGER PRIMARY KEY numbers rows, INT PRIMARY KEY does not.</summary>
    private static bool IsSameType(TableSchema table, TableDraft draft, SqlIdentifier name) =>
        table.FindColumn(name) is { IsRowIdAlias: false } old
        && draft.FindColumn(name) is { IsRowIdAlias: false } now
        && old.Affinity == now.Affinity
        && (!draft.Table.IsStrict || (old.Affinity == Affinity.Integer && ValueFit.IsStrictInteger(old) && ValueFit.IsStrictInteger(now)));

    /// <summary>
    /// Whether only SQLite can say what a column will hold, so that rows can't be checked beforehand: a generated column that is new or
    /// computed from converted ones, and a new column whose default takes another form in it.
    /// </summary>
    private static bool IsUnsettled(TableSchema table, TableDraft draft, ColumnSchema? column) =>
        column is { IsGenerated: true } ? !draft.Layers.IsEmpty || table.FindColumn(column.Name) is null
        : column is not null && !draft.Kept.Contains(column.Name) && !DefaultExpression.IsNull(column.DefaultText);

    /// <summary>Whether anything that is stored, or that rows have been checked against, was made by comparing the column.</summary>
    private static bool IsCompared(DatabaseSchema schema, TableSchema table, SqlIdentifier column) =>
        table.IsInKey(column)
        || schema.IndexesOf(table.Name).Any(index => ChangeApplication.Uses(index, column))
        || table.Checks.Any(check => NameReferences.Mentions(check.Expression, column))
        || table.Columns.Any(other => other.IsGenerated && (other.Name == column || NameReferences.Mentions(other.Syntax.Span.TextIn(table.Sql), column)));
}
