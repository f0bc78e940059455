using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Tables;

/// <summary>What leads from a table to a version of it of the same name. Immutable.</summary>
internal sealed record DraftedTable(TableSchema From, TableSchema To)
{
    /// <summary>The changes, each on what the ones before it leave.</summary>
    public required ImmutableArray<DraftedChange> Changes { get; init; }

    /// <summary>The table as the changes leave it.</summary>
    public required TableSchema Reached { get; init; }

    /// <summary>What the changes leave different, because nothing can change it.</summary>
    public required ImmutableArray<SchemaDifference> Left { get; init; }

    /// <summary>Columns that are dropped, also where one of the same name is added again.</summary>
    public required ImmutableArray<SqlIdentifier> Dropped { get; init; }
}
