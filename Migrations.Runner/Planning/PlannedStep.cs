using System.Globalization;
using Migrations.Core;

namespace Migrations.Runner;

/// <summary>One statement of a planned migration, or one alteration of a table. Immutable.</summary>
public sealed class PlannedStep
{
    internal PlannedStep(string sql, AlterationPlan? alteration = null, long? rows = null)
    {
        Sql = sql;
        Alteration = alteration;
        Rows = rows;
    }

    /// <summary>The SQL, of all its statements where it is an alteration.</summary>
    public string Sql { get; }

    /// <summary>The alteration of a table with its strategy and the reason; null for a statement that runs as it is.</summary>
    public AlterationPlan? Alteration { get; }

    /// <summary>How many rows the altered table holds now; null where there is no such table yet, or no alteration.</summary>
    public long? Rows { get; }

    /// <summary>The SQL, with the number of rows before it.</summary>
    public override string ToString() => Rows is null ? Sql : string.Create(CultureInfo.InvariantCulture, $"-- {Rows} rows\n{Sql}");
}
