using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>What a copy must not do, decided from the schema: lose an alias of the rowid, a key, or what others find rows by.</summary>
internal static class CopyRefusals
{
    private static readonly SqlIdentifier[] StrictTypes = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"];

    public static void Check(DatabaseSchema schema, TableSchema table, TableDraft draft)
    {
        RefuseLeftover(schema, table);
        RefuseLostRowIdAlias(table, draft);
        RefuseOptions(table, draft);
        RefuseExternalContent(schema, table, draft);
    }

    /// <summary>Another tool that was stopped half-way may have left the only copy of the rows in its temporary table.</summary>
    public static void RefuseLeftover(DatabaseSchema schema, TableSchema table)
    {
        string name = table.Name.Name;
        foreach (SqlIdentifier leftover in (ReadOnlySpan<SqlIdentifier>)[$"_alembic_tmp_{name}", $"ef_temp_{name}", $"new__{name}", $"__old_push_{name}"])
        {
            if (schema.FindTable(leftover) is not null)
            {
                throw Refusal.Of(
                    table.Name, "The alteration",
                    $"table {leftover} looks like one that another tool left behind when it was stopped while it copied this table, and may hold the only copy of some rows",
                    $"Compare its rows with those of {table.Name}, keep what is needed, and drop or rename it.", leftover.Name);
            }
        }
    }

    private static void RefuseLostRowIdAlias(TableSchema table, TableDraft draft)
    {
        if (table.RowIdAlias is { } alias && !draft.Table.IsWithoutRowId && draft.Table.RowIdAlias is null
            && draft.Table.PrimaryKey is { Columns: [{ } only] } && only.Name == alias.Name)
        {
            throw Refusal.Of(
                table.Name, $"Changing the type of column {alias.Name}",
                "it is INTEGER PRIMARY KEY, which SQLite numbers by itself; under any other type name it would number no rows and take NULLs as keys",
                "Leave the type as it is: INTEGER holds 64 bits.", alias.Name.Name);
        }
    }

    public static void RefuseOptions(TableSchema table, TableDraft draft)
    {
        if (draft.Table is { IsWithoutRowId: true, PrimaryKey: null })
        {
            throw Refusal.Of(table.Name, "Making a table WITHOUT ROWID", "it would have no primary key", "Add a primary key in the same batch.");
        }

        if (draft.Table is { IsWithoutRowId: true, HasAutoIncrement: true })
        {
            throw Refusal.Of(table.Name, "Making a table WITHOUT ROWID", "its key is AUTOINCREMENT, which needs rowids", "Drop the key and add one without AUTOINCREMENT.");
        }

        if (draft.Table is { HasAutoIncrement: true, RowIdAlias: null })
        {
            throw Refusal.Of(table.Name, "The alteration", "AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY", "Give the key column the type INTEGER.");
        }

        if (draft.Table.IsStrict && draft.Table.Columns.FirstOrDefault(column => !StrictTypes.Contains(column.DeclaredType.Trim())) is { } column)
        {
            throw Refusal.Of(
                table.Name, "The alteration",
                $"a STRICT table knows the types INT, INTEGER, REAL, TEXT, BLOB and ANY, and column {column.Name} has "
                + (column.DeclaredType.Length == 0 ? "none" : column.DeclaredType),
                "Change the types of such columns in the same batch.", column.Name.Name);
        }
    }

    public static void RefuseExternalContent(DatabaseSchema schema, TableSchema table, TableDraft draft)
    {
        foreach (ExternalContent content in ExternalContent.Of(schema, table.Name))
        {
            if (content.Columns.Append(content.RowIdColumn).FirstOrDefault(column =>
                table.FindColumn(column) is not null && !draft.Kept.Contains(column) && draft.FindColumn(column) is null) is { Name.Length: > 0 } gone)
            {
                throw Refusal.Of(
                    table.Name, $"Dropping column {gone}", $"the full-text table {content.VirtualTable} reads it",
                    "Drop the full-text table first, and create and fill it again afterwards.", content.VirtualTable.Name);
            }

            bool byRowId = content.RowIdColumn == "rowid" || table.RowIdAlias?.Name == content.RowIdColumn;
            bool hasRowIds = table.RowIdName is not null && draft.Table.RowIdName is not null;
            if (byRowId && !hasRowIds)
            {
                throw Refusal.Of(
                    table.Name, "The alteration", $"the full-text table {content.VirtualTable} finds rows by rowid, and the rows would have none",
                    "Drop the full-text table first, and create and fill it again afterwards.", content.VirtualTable.Name);
            }
        }
    }
}
