using System.Globalization;

namespace Migrations.Runner;

/// <summary>A column or a table of the database that a planned migration drops, and how much is in it now. Immutable.</summary>
public sealed class PlannedLoss
{
    internal PlannedLoss(string database, string table, string? column, long count)
    {
        Database = database;
        Table = table;
        Column = column;
        Count = count;
    }

    /// <summary>The database that holds the table: "main" or an attached one.</summary>
    public string Database { get; }

    /// <summary>The table, by the name that it has now, whatever earlier migrations of the plan call it.</summary>
    public string Table { get; }

    /// <summary>The column that is dropped, by the name that it has now; null where the table is.</summary>
    public string? Column { get; }

    /// <summary>How many values that are not NULL the column has now, or how many rows the table; 0 where nothing would be lost.</summary>
    public long Count { get; }

    /// <summary>The loss in words: <c>column "user"."note": 12 values</c>.</summary>
    public override string ToString()
    {
        string database = Database.Equals("main", StringComparison.OrdinalIgnoreCase) ? "" : $"\"{Database}\".";
        return Column is null
            ? string.Create(CultureInfo.InvariantCulture, $"table {database}\"{Table}\": {Count} {(Count == 1 ? "row" : "rows")}")
            : string.Create(CultureInfo.InvariantCulture, $"column {database}\"{Table}\".\"{Column}\": {Count} {(Count == 1 ? "value" : "values")}");
    }
}
