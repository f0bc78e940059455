using Migrations.Core.Authoring;
using Migrations.Core.Changes;

namespace Migrations.Core;

/// <content>Conversions of values.</content>
public sealed partial class TableAlterationBuilder
{
    /// <summary>Changes the values of a column in every row, without firing triggers.</summary>
    /// <param name="column">The column.</param>
    /// <param name="expression">The new value: an SQL expression over the table's columns as they were before.</param>
    public TableAlterationBuilder Convert(string column, string expression) => Convert(column, new ExpressionConversion(expression));

    /// <summary>
    /// Changes the values of a column in every row by a C# function that runs inside the pass. A row whose value is no
    /// <typeparamref name="TOld"/>, or for which the function throws, is refused by name.
    /// </summary>
    /// <typeparam name="TOld">What the function takes: NULL needs a type that can be null.</typeparam>
    /// <typeparam name="TNew">What it gives; dates, times and Guids are stored as Microsoft.Data.Sqlite stores them.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="convert">The function. It must not use the connection.</param>
    public TableAlterationBuilder Convert<TOld, TNew>(string column, Func<TOld, TNew> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        return Convert(column, new ClrConversion<TOld, TNew>(convert));
    }

    /// <summary>
    /// Gives each value of a column its new one. Values are the same only byte by byte, whatever the column's collation. NULL
    /// stays NULL unless it is mapped; rows with any other value that is not mapped are refused.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="values">Old and new values.</param>
    public TableAlterationBuilder Map(string column, params (object? Old, object? New)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Convert(column, new MapConversion(values));
    }

    /// <summary>Rescales the numbers of a column: each becomes value * toMax / fromMax. Rows that hold no number are refused.</summary>
    /// <param name="column">The column.</param>
    /// <param name="fromMax">The greatest value of the old scale.</param>
    /// <param name="toMax">The greatest value of the new scale.</param>
    /// <param name="rounding">How a value becomes a whole number.</param>
    /// <param name="nulls">What NULL becomes, on the new scale; null keeps it.</param>
    public TableAlterationBuilder Rescale(
        string column, double fromMax, double toMax, Rounding rounding = Rounding.None, double? nulls = null) =>
        Convert(column, new RescaleConversion(fromMax, toMax, rounding, nulls));

    private TableAlterationBuilder Convert(string column, ColumnConversion conversion) =>
        Add(new ConvertColumn(Identifier(column), conversion.Validated().ForSqlite(Identifier(column))));
}
