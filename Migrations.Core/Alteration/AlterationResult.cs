using System.Collections.Immutable;
using Migrations.Core.Alteration.Planning;

namespace Migrations.Core;

/// <summary>What an alteration did. Immutable.</summary>
public sealed class AlterationResult
{
    internal AlterationResult(
        string database, string table, ImmutableArray<AlterationPlan> plans, long rowsCopied, long rowsUpdated, TimeSpan duration)
    {
        Database = database;
        Table = table;
        Plans = plans;
        RowsCopied = rowsCopied;
        RowsUpdated = rowsUpdated;
        Duration = duration;
    }

    /// <summary>The database that holds the table: "main" or an attached one.</summary>
    public string Database { get; }

    /// <summary>The table, by the name it had before.</summary>
    public string Table { get; }

    /// <summary>The plans that were carried out, in order. More than one where a rename had to come between copies.</summary>
    public IReadOnlyList<AlterationPlan> Plans { get; }

    /// <summary>The passes that were carried out: each plan with what was asked of the rows.</summary>
    internal ImmutableArray<PlannedPass> Passes { get; init; } = [];

    /// <summary>How many rows were copied, 0 where no copy was needed.</summary>
    public long RowsCopied { get; }

    /// <summary>How many rows were written where they were: converted, or made to store a default that they read before.</summary>
    public long RowsUpdated { get; }

    /// <summary>How long it took, from reading the schema to the last check.</summary>
    public TimeSpan Duration { get; }
}
