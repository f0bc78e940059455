using System.Collections.Immutable;
using Migrations.Core.Syntax;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>A table of the planned schema, and what it holds of the database of today. Immutable.</summary>
/// <param name="Origin">The table of today that it is, be it under another name; null for a new one.</param>
/// <param name="Sources">Those of its columns that hold the values of a column of today.</param>
/// <param name="Rebuilds">The table of today in whose place it has come, filled by a script; null where there is none.</param>
/// <param name="Choosing">The statement that filled it and may have left rows out; null where there is none.</param>
/// <param name="Before">The name that it had where the migration began; null where it was not there.</param>
internal sealed record FollowedTable(
    TableName? Origin, ImmutableDictionary<SqlIdentifier, ColumnName> Sources, TableName? Rebuilds = null, string? Choosing = null, TableName? Before = null)
{
    public static FollowedTable New { get; } = new(null, ImmutableDictionary<SqlIdentifier, ColumnName>.Empty);

    /// <summary>The table of today whose rows it has.</summary>
    public TableName? Holds => Origin ?? Rebuilds;
}
