using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Which columns may hold other values, or compare otherwise, in the new table than in the old one.</summary>
internal static class RowChanges
{
    /// <summary>Whether the copy gives a column of the new table something else than the column of that name holds.</summary>
    public static bool HoldsOtherValues(TableSchema table, TableDraft draft, SqlIdentifier column) =>
        !draft.Kept.Contains(column)
        || draft.IsConverted(column)
        || table.FindColumn(column) is not { } old
        || draft.FindColumn(column) is not { } now
        || old.Affinity != now.Affinity
        || table.IsStrict != draft.Table.IsStrict;

    /// <summary>Whether any changed column is mentioned in an expression, or a generated one whose base may have changed.</summary>
    public static bool Touch(TableSchema table, TableDraft draft, string expression) =>
        draft.Table.Columns.Any(column =>
            (column.IsGenerated ? !draft.Layers.IsEmpty : HoldsOtherValues(table, draft, column.Name))
            && NameReferences.Mentions(expression, column.Name));
}
