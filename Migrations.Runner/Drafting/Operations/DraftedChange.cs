using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>
/// A change of a table, with what a person has to look at. For a column that is added, <see cref="Column"/> is what it is like, and
/// <see cref="Table"/> the table in whose text it is written. Immutable.
/// </summary>
internal sealed record DraftedChange(TableChange Change, TableSchema? Table = null, ColumnSchema? Column = null)
{
    public ImmutableArray<string> Reviews { get; init; } = [];

    /// <summary>Whether it drops what may hold data.</summary>
    public bool LosesData { get; init; }
}
