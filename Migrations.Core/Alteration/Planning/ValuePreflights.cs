using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>NULLs under NOT NULL, values that a new type would change, CHECKs that rows fail, and rows that a conversion can't take.</summary>
internal sealed class ValuePreflights(DatabaseSchema schema, TableSchema table, TableDraft draft)
{
    private readonly RowSource source = new(schema.Database, table, draft);

    public IEnumerable<Preflight> All() => [.. Guards(), .. Nulls(), .. Types(), .. Checks()];

    /// <summary>Rows that a conversion can't take, told by the values that they hold before it.</summary>
    public IEnumerable<Preflight> Guards() => draft.Guards.Select(guard => PreflightSql.Rows(
        source, guard.Column, guard.Condition, $"column {guard.Column} can't be converted: {guard.Reason}",
        "Correct these rows first, or widen the conversion.", guard.Levels));

    private static bool RefusesNull(TableSchema table, ColumnSchema column) =>
        column.IsNotNull
        || ((table.IsWithoutRowId || (table.IsStrict && !column.IsRowIdAlias)) && table.IsInPrimaryKey(column.Name));

    private IEnumerable<Preflight> Nulls()
    {
        foreach (ColumnSchema column in draft.Table.Columns)
        {
            if (column.IsGenerated)
            {
                // Computed from what the rows hold now; with conversions only SQLite can say what comes out.
                if (column.IsNotNull && draft.Layers.IsEmpty && table.FindColumn(column.Name) is { IsGenerated: true, IsNotNull: false })
                {
                    yield return PreflightSql.Rows(
                        source, column.Name, $"{column.Name.Quoted} IS NULL",
                        $"generated column {column.Name} would be NULL in rows that are there, under NOT NULL",
                        "Correct the values that it is computed from first.");
                }

                continue;
            }

            // A NULL in a rowid alias is no error to SQLite: it hands out a number in silence (autoinc.html). An alias that
            // the copy does not fill takes the rowids that are there.
            bool isFilled = draft.Kept.Contains(column.Name) || draft.IsConverted(column.Name);
            bool refusesNull = column.IsRowIdAlias ? isFilled : RefusesNull(draft.Table, column);
            bool couldBeNull = RowChanges.HoldsOtherValues(table, draft, column.Name)
                || table.FindColumn(column.Name) is not { } old || !(RefusesNull(table, old) || old.IsRowIdAlias);
            bool isAdded = table.FindColumn(column.Name) is null;
            bool takesConstant = isAdded && !isFilled && DefaultExpression.IsConstant(column.DefaultText) && !DefaultExpression.IsNull(column.DefaultText);
            if (couldBeNull && refusesNull && !takesConstant)
            {
                yield return PreflightSql.Rows(
                    source, column.Name, $"{column.Name.Quoted} IS NULL",
                    $"column {column.Name} would be NULL in rows that are there, under NOT NULL or a key",
                    isAdded ? "Give the column a default, or a value for existing rows." : "Give these rows a value first, or convert them in the same batch.");
            }
        }
    }

    private IEnumerable<Preflight> Types()
    {
        foreach (ColumnSchema column in draft.Table.Columns)
        {
            // A rowid takes integers only, as every INTEGER column of a STRICT table does (lang_createtable.html, section 5).
            bool takesIntegersOnly = column.IsRowIdAlias && table.RowIdAlias?.Name != column.Name;
            string? condition = draft.IsConverted(column.Name)
                ? draft.Table.IsStrict || column.IsRowIdAlias ? ValueFit.NotAllowedInStrict(column) : null
                : draft.Kept.Contains(column.Name) && table.FindColumn(column.Name) is { } old
                    ? ValueFit.Altered(old, table.IsStrict, column, draft.Table.IsStrict)
                    : draft.Table.IsStrict && !column.IsGenerated && !DefaultExpression.IsNull(column.DefaultText) ? ValueFit.NotAllowedInStrict(column)
                    : null;
            if (takesIntegersOnly && draft.Kept.Contains(column.Name))
            {
                condition = ValueFit.NotAllowedInStrict(column) + (condition is null ? "" : $" OR {condition}");
            }

            if (condition is not null)
            {
                yield return PreflightSql.Rows(
                    source, column.Name, condition,
                    $"values of column {column.Name} don't fit the type {(column.DeclaredType.Length == 0 ? "(none)" : column.DeclaredType)}: they would be changed or refused",
                    "Say how to convert them, in the same batch, or correct these rows first.");
            }
        }
    }

    private IEnumerable<Preflight> Checks()
    {
        foreach (CheckSchema check in draft.Table.Checks)
        {
            bool isKnown = table.Checks.Any(old => SqlTokens.MeaningEquals(old.Expression, check.Expression));
            bool needsGenerated = draft.Table.Columns.Any(column =>
                column.IsGenerated && NameReferences.Mentions(check.Expression, column.Name)
                && (!draft.Layers.IsEmpty || table.FindColumn(column.Name) is null));
            if ((!isKnown || RowChanges.Touch(table, draft, check.Expression)) && !needsGenerated)
            {
                // A CHECK refuses what is false; NULL passes (lang_createtable.html, section 3.7).
                yield return PreflightSql.Rows(
                    source, column: null, $"NOT ({SqlTokens.Closed(check.Expression)})", $"CHECK ({check.Expression}) would not hold",
                    "Correct these rows first, or convert them in the same batch.") with
                { IsOfStoredText = isKnown };
            }
        }
    }
}
