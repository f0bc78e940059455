using System.Collections.Immutable;
using Migrations.Core.Syntax;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>What one migration of a plan loses. Immutable.</summary>
/// <param name="Dropped">Tables and columns of today.</param>
/// <param name="Uncounted">What else may lose data, and can't be counted beforehand.</param>
internal sealed record MigrationLosses(ImmutableArray<(TableName Table, SqlIdentifier? Column)> Dropped, ImmutableArray<string> Uncounted)
{
    public static MigrationLosses None { get; } = new([], []);
}
