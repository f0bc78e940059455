using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Migrations.Core;
using Migrations.Runner.Planning;

namespace Migrations.Runner;

/// <summary>One statement of a planned migration, or one alteration of a table. Immutable.</summary>
public sealed class PlannedStep
{
    internal PlannedStep(string sql, AlterationPlan? alteration = null, long? rows = null, ImmutableArray<string> kept = default)
    {
        Sql = sql;
        Alteration = alteration;
        Rows = rows;
        Kept = kept.IsDefault ? [] : kept;
    }

    /// <summary>The SQL, of all its statements where it is an alteration.</summary>
    public string Sql { get; }

    /// <summary>The alteration of a table with its strategy and the reason; null for a statement that runs as it is.</summary>
    public AlterationPlan? Alteration { get; }

    /// <summary>
    /// How many rows the altered table has now, also where an earlier migration of the plan renames it; null where there is no such table
    /// yet, where a script puts the rows into it, and where this is no alteration.
    /// </summary>
    public long? Rows { get; }

    /// <summary>
    /// The indexes and triggers that the altered table keeps, and the views that mention it, such as <c>index "ix"</c>; empty where
    /// this is no alteration.
    /// </summary>
    public IReadOnlyList<string> Kept { get; }

    /// <summary>What it does to rows.</summary>
    internal StepWork Work { get; init; }

    /// <summary>The SQL; for an alteration with its strategy, reason and purposes, the number of rows and what is kept as comments.</summary>
    public override string ToString()
    {
        if (Alteration is null)
        {
            return Sql;
        }

        StringBuilder text = new();
        if (Rows is { } rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"-- {Alteration.Database}.{Alteration.Table} has {rows} {(rows == 1 ? "row" : "rows")}").AppendLine();
        }

        if (Kept.Count > 0)
        {
            text.Append("-- keeps ").AppendJoin(", ", Kept).AppendLine();
        }

        return text.Append(Alteration).ToString().TrimEnd();
    }
}
