namespace Migrations.Core.Authoring;

/// <content>Conversions of values.</content>
public static partial class TableBatchExtensions
{
    /// <summary>Changes the values of a column in every row, as <c>Update.Column</c> does.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="column">The column.</param>
    /// <param name="expression">The new value: an SQL expression over the table's columns as they were before.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax Convert(this ITableBatchSyntax batch, string column, string expression) =>
        Convert(batch, column, new ExpressionConversion(expression));

    /// <summary>Changes the values of a column in every row by a C# function, as <c>Update.Column</c> does.</summary>
    /// <typeparam name="TOld">What the function takes: NULL needs a type that can be null.</typeparam>
    /// <typeparam name="TNew">What it gives; dates, times and Guids are stored as Microsoft.Data.Sqlite stores them.</typeparam>
    /// <param name="batch">The batch.</param>
    /// <param name="column">The column.</param>
    /// <param name="convert">The function. It must not use the migration's connection.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax Convert<TOld, TNew>(this ITableBatchSyntax batch, string column, Func<TOld, TNew> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        return Convert(batch, column, new ClrConversion<TOld, TNew>(convert));
    }

    /// <summary>Gives each value of a column its new one, as <c>Update.Column</c> does. Reversible when one-to-one.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="column">The column.</param>
    /// <param name="values">Old and new values.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax Map(this ITableBatchSyntax batch, string column, params (object? Old, object? New)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Convert(batch, column, new MapConversion(values));
    }

    /// <summary>Rescales the numbers of a column, as <c>Update.Column</c> does. Reversible without rounding and with NULL kept.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="column">The column.</param>
    /// <param name="fromMax">The greatest value of the old scale.</param>
    /// <param name="toMax">The greatest value of the new scale.</param>
    /// <param name="rounding">How a value becomes a whole number.</param>
    /// <param name="nulls">What NULL becomes, on the new scale; null keeps it.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax Rescale(
        this ITableBatchSyntax batch,
        string column,
        double fromMax,
        double toMax,
        Rounding rounding = Rounding.None,
        double? nulls = null) => Convert(batch, column, new RescaleConversion(fromMax, toMax, rounding, nulls));

    private static ITableBatchSyntax Convert(ITableBatchSyntax batch, string column, ColumnConversion conversion)
    {
        TableBatch target = Target(batch);
        return target.Add(new ConvertColumnExpression
        {
            SchemaName = target.Schema,
            TableName = target.Table,
            ColumnName = column,
            Conversion = conversion,
        });
    }
}
