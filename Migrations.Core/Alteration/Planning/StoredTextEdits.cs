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
        options.MayUse(Strategies.InPlace) && options.Capabilities.CanEditSchema && change switch
        {
            SetNullability or DropCheck or AddCheck or DropForeignKey or AddForeignKey => true,
            SetDefault set => StoredDefaults.IsPossible(table, set, options.Capabilities),
            SetType set => IsSameType(table, draft, set.Column),
            SetCollation set => !IsCompared(schema, table, set.Column),
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

    /// <summary>Whether anything that is stored, or that rows have been checked against, was made by comparing the column.</summary>
    private static bool IsCompared(DatabaseSchema schema, TableSchema table, SqlIdentifier column) =>
        (table.PrimaryKey is { } key && key.Columns.Any(part => part.Name == column))
        || table.Uniques.Any(unique => unique.Columns.Any(part => part.Name == column))
        || schema.IndexesOf(table.Name).Any(index => ChangeApplication.Uses(index, column))
        || table.Checks.Any(check => NameReferences.Mentions(check.Expression, column))
        || table.Columns.Any(other => other.IsGenerated && (other.Name == column || NameReferences.Mentions(other.Syntax.Span.TextIn(table.Sql), column)));
}
