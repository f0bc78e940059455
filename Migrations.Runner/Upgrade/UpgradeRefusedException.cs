using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner;

/// <summary>The upgrade was refused because of what the database holds. Nothing was changed.</summary>
public sealed class UpgradeRefusedException : MigrationsException
{
    internal UpgradeRefusedException(
        DatabaseStatus status, string? message = null, ImmutableArray<SchemaDifference> differences = default)
        : base(message ?? status.Message)
    {
        Status = status;
        Differences = differences.IsDefault ? [] : differences;
    }

    /// <summary>What the database holds, and the reason.</summary>
    public DatabaseStatus Status { get; }

    /// <summary>In what the schema differs from the declared version's; empty where that was not the reason.</summary>
    public IReadOnlyList<SchemaDifference> Differences { get; }
}
