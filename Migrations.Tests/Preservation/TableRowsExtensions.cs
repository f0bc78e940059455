using Migrations.Tests.Support;

namespace Migrations.Tests.Preservation;

/// <summary>What a change is expected to make of rows.</summary>
internal static class TableRowsExtensions
{
    /// <summary>The rows with a new column, its value from the row's other values by name.</summary>
    public static TableRows Inserted(this TableRows table, int index, string name, Func<Func<string, string>, string> value) => new(
        table.Columns.Insert(index, name),
        [.. table.Rows.Select(row => (row.RowId, row.Values.Insert(index, value(column => row.Values[table.Columns.IndexOf(column)]))))]);

    /// <summary>The rows with a column at another place.</summary>
    public static TableRows Placed(this TableRows table, string name, int index)
    {
        int from = table.Columns.IndexOf(name);
        return new(
            table.Columns.RemoveAt(from).Insert(index, name),
            [.. table.Rows.Select(row => (row.RowId, row.Values.RemoveAt(from).Insert(index, row.Values[from])))]);
    }

    /// <summary>The rows with other values in a column.</summary>
    public static TableRows Converted(this TableRows table, string name, Func<string, string> convert)
    {
        int index = table.Columns.IndexOf(name);
        return new(table.Columns, [.. table.Rows.Select(row => (row.RowId, row.Values.SetItem(index, convert(row.Values[index]))))]);
    }

    /// <summary>The rows that have a certain value in a column.</summary>
    public static TableRows Where(this TableRows table, string name, Func<string, bool> predicate)
    {
        int index = table.Columns.IndexOf(name);
        return new(table.Columns, [.. table.Rows.Where(row => predicate(row.Values[index]))]);
    }

    /// <summary>The rows in the order of their values, for tables whose order means nothing.</summary>
    public static TableRows Sorted(this TableRows table) =>
        new(table.Columns, [.. table.Rows.OrderBy(row => string.Join('\n', row.Values), StringComparer.Ordinal)]);
}
