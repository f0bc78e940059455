using System.Collections.Immutable;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.History;

/// <summary>Finds applied migrations whose meaning has changed since. Looks at no database.</summary>
internal static class EditedMigrations
{
    /// <summary>
    /// Those of a module whose fingerprint now is not the one that was kept. What was kept in another format, or not at all, can't be
    /// compared and counts as unchanged, and so does what can't be taken now.
    /// </summary>
    public static ImmutableArray<MigrationIdentity> Find(
        MigratorSettings settings, MigrationModule module, IEnumerable<HistoryEntry> entries)
    {
        HistoryEntry[] comparable = [.. entries.Where(entry =>
            string.Equals(entry.Module, module.Name, StringComparison.OrdinalIgnoreCase) && MigrationFingerprint.IsComparable(entry.Fingerprint))];
        if (comparable.Length == 0)
        {
            return [];
        }

        using ModuleFingerprints now = new(settings, module);
        return
        [
            .. comparable
                .Where(entry => now.Of(entry.Version) is { } fingerprint && !string.Equals(fingerprint, entry.Fingerprint, StringComparison.Ordinal))
                .Select(entry => now.Identity(entry.Version))
                .OrderBy(migration => migration.Version),
        ];
    }
}
