using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner;

/// <summary>A migration that was run. Immutable.</summary>
public sealed class MigrationResult
{
    internal MigrationResult(MigrationIdentity migration, bool isUp, TimeSpan duration, ImmutableArray<AlterationResult> alterations)
    {
        Migration = migration;
        IsUp = isUp;
        Duration = duration;
        Alterations = alterations;
    }

    /// <summary>The migration.</summary>
    public MigrationIdentity Migration { get; }

    /// <summary>True where it was applied, false where it was taken back.</summary>
    public bool IsUp { get; }

    /// <summary>How long it took, with its commit.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The alterations of tables that it made, in order, with their plans, rows and durations.</summary>
    public IReadOnlyList<AlterationResult> Alterations { get; }

    /// <summary>The migration.</summary>
    public override string ToString() => Migration.ToString();
}
