using Migrations.Core.Alteration.Editing;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Dropping a column: everything that uses it is named.</summary>
internal sealed partial class ChangeApplication
{
    /// <summary>Null where conversions of this pass still need a column that was added in it: the pass ends before the drop.</summary>
    private TableDraft? Apply(TableDraft draft, DropColumn drop)
    {
        ColumnSchema column = Column(draft, drop.Column);
        if (!draft.Kept.Contains(column.Name) && draft.Layers.Any(layer => layer.Expressions.Any(
            expression => expression.Key == column.Name || NameReferences.Mentions(expression.Value, column.Name))))
        {
            return null;
        }

        if (draft.Table.Columns.Length == 1)
        {
            throw Refused("it is the table's only column", "Drop the table instead.");
        }

        RefuseUsedInTable(draft, column);
        RefuseUsedOutside(draft, column.Name);
        return draft.WithText(ColumnEdits.Drop(draft.Syntax, column.Syntax)) with { Kept = draft.Kept.Remove(column.Name) };

        AlterationRefusedException Refused(string why, string wayOut, string? objectName = null) =>
            Refusal.Of(draft.Table.Name, $"Dropping column {drop.Column}", why, wayOut, objectName ?? drop.Column.Name);

        void RefuseUsedInTable(TableDraft draft, ColumnSchema column)
        {
            TableSchema table = draft.Table;
            if (table.IsInPrimaryKey(column.Name))
            {
                SqlIdentifier? key = table.PrimaryKey?.Name;
                throw Refused($"it is part of the primary key{Named(key)}", "Drop the primary key first, in the same batch.", key?.Name);
            }

            foreach (UniqueSchema unique in table.Uniques.Where(unique =>
                unique.Column != column.Name && unique.Columns.Any(part => part.Name == column.Name)))
            {
                throw Refused($"{unique.Span.TextIn(table.Sql)} uses it", "Drop the constraint first, in the same batch.", unique.Name?.Name);
            }

            foreach (ForeignKeySchema foreignKey in table.ForeignKeys.Where(key =>
                key.Column != column.Name && key.Columns.Contains(column.Name)))
            {
                throw Refused(
                    $"{foreignKey.Span.TextIn(table.Sql)} uses it", "Drop the foreign key first, in the same batch.", foreignKey.Name?.Name);
            }

            foreach (CheckSchema check in table.Checks.Where(check =>
                check.Column != column.Name && NameReferences.Mentions(check.Expression, column.Name)))
            {
                throw Refused($"CHECK ({check.Expression}) uses it", "Drop the constraint first, in the same batch.", check.Name?.Name);
            }

            foreach (ColumnSchema generated in table.Columns.Where(other => other.IsGenerated && other.Name != column.Name
                && NameReferences.Mentions(other.Syntax.Span.TextIn(table.Sql), column.Name)))
            {
                throw Refused($"generated column {generated.Name} uses it", "Drop that column first, in the same batch.", generated.Name.Name);
            }
        }

        void RefuseUsedOutside(TableDraft draft, SqlIdentifier column)
        {
            foreach (IndexSchema index in draft.Indexes.Where(index => Uses(index, column)))
            {
                throw Refused($"index {index.Name} uses it: {index.Sql}", "Drop the index first, in the same batch.", index.Name.Name);
            }

            foreach (TriggerSchema trigger in schema.TriggersOf(original.Name).Where(trigger =>
                trigger.Syntax.UpdateOf.Any(name => name.Identifier == column)))
            {
                throw Refused($"trigger {trigger.Name} fires on UPDATE OF it", "Drop the trigger first.", trigger.Name.Name);
            }

            foreach (ForeignKeySchema key in schema.ForeignKeysTo(original.Name).Where(key => key.ParentColumns.Contains(column)))
            {
                throw Refused(
                    $"the foreign key{Named(key.Name)} of table {key.Child} refers to it", "Drop that foreign key first.", key.Child.Name);
            }
        }
    }

    public static bool Uses(IndexSchema index, SqlIdentifier column) =>
        index.Columns.Any(part => part.Name == column)
        || index.Syntax.Columns.Any(part => part.Column is null && NameReferences.Mentions(part.Expression.TextIn(index.Sql), column))
        || (index.Syntax.Where is { } where && NameReferences.Mentions(where.TextIn(index.Sql), column));

    private static string Named(SqlIdentifier? name) => name is { } given ? $" {given}" : "";
}
