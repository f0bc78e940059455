using System.Collections.Immutable;

namespace Migrations.Runner.Upgrade;

/// <summary>The versions of all modules, before an upgrade and as it goes on.</summary>
internal static class ModuleVersions
{
    public static ImmutableArray<ModuleVersion> Of(DatabaseStatus status) => After(status, []);

    /// <summary>The versions after some migrations, which were committed.</summary>
    public static ImmutableArray<ModuleVersion> After(DatabaseStatus before, IEnumerable<MigrationResult> done)
    {
        Dictionary<string, SortedSet<long>> applied = before.Modules.ToDictionary(
            module => module.Module,
            module => new SortedSet<long>(module.Applied.Select(migration => migration.Version)),
            StringComparer.OrdinalIgnoreCase);
        foreach (MigrationResult result in done)
        {
            SortedSet<long> versions = applied[result.Migration.Module];
            _ = result.IsUp ? versions.Add(result.Migration.Version) : versions.Remove(result.Migration.Version);
        }

        return [.. before.Modules.Select(module => new ModuleVersion(module.Module, applied[module.Module].Max))];
    }

    /// <summary>The versions in a sentence.</summary>
    public static string Describe(IEnumerable<ModuleVersion> versions) => "version " + string.Join(", ", versions);
}
