using Migrations.Core.Alteration.Execution;
using Migrations.Core.Authoring;

namespace Migrations.Testing.Generation;

/// <summary>What is said where rows can't be found.</summary>
internal static class RowErrors
{
    public static RowsNotFoundException NotFound(FilledTable table, string reason, object?[]? lastRow)
    {
        string? row = lastRow is null ? null : string.Join(", ", table.Columns.Select((column, i) => $"{column.Name} = {SqlLiteral.Describe(lastRow[i])}"));
        return new(
            table.Name.Name,
            reason,
            row,
            $"No row was found that the table {table.Name} takes: {reason}. {(row is null ? "" : $"The last row that was tried: {row}. ")}"
            + $"Give values that fit, with GeneratedRows.With(\"{table.Name.Name}\", column, row => value), or leave the table empty with Without; nothing was added.");
    }

    public static RowsNotFoundException RolledBack(FilledTable table, string reason, object?[] row) => new(
        table.Name.Name,
        reason,
        string.Join(", ", table.Columns.Zip(row, (column, value) => $"{column.Name} = {SqlLiteral.Describe(value)}")),
        $"A row of {table.Name} made the database roll the whole transaction back: {reason}. Give values that no RAISE(ROLLBACK) refuses, "
        + $"with GeneratedRows.With(\"{table.Name.Name}\", column, row => value), or leave the table empty with Without; nothing was added.");

    public static RowsNotFoundException NoParents(FilledTable table, GeneratedRows asked, FilledKey key)
    {
        string columns = string.Join(", ", key.Columns.Select(place => table.Columns[place].Name));
        string reason = $"its rows must refer to rows of {key.Parent} ({columns}), which has none that they could refer to"
            + (asked.IsLeftEmpty(key.Parent) ? ": it was to be left empty" : "");
        return new(
            table.Name.Name,
            reason,
            lastRow: null,
            $"The table {table.Name} can't have rows: {reason}. Leave it empty too, with GeneratedRows.Without(\"{table.Name.Name}\"), or let {key.Parent} have rows; nothing was added.");
    }

    public static RowsNotFoundException Violated(NewViolations? violations)
    {
        string table = violations is not { Sample.IsEmpty: false } ? "" : violations.Sample[0].Child.Name;
        return new(
            table,
            violations?.ToString() ?? "",
            lastRow: null,
            $"The generated rows would violate foreign keys: {violations}. Rows that triggers write may be the reason. "
            + "Give values that fit, with GeneratedRows.With, or leave a table empty with Without; nothing was added.");
    }
}
