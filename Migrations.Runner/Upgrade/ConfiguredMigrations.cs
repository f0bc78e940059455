using System.Globalization;
using Migrations.Runner.History;
using Migrations.Runner.Status;

namespace Migrations.Runner.Upgrade;

/// <summary>
/// Holds what FluentMigrator finds against what the status counts, where the application has configured FluentMigrator itself. A
/// filter there would leave migrations pending for ever, with a backup at each start; an added assembly would run uncounted.
/// </summary>
internal static class ConfiguredMigrations
{
    /// <summary>Builds FluentMigrator, without a database, where the application configures it.</summary>
    /// <exception cref="MigrationRefusedException">They are not the same. Nothing was changed.</exception>
    public static void Require(MigratorSettings settings)
    {
        if (settings.ConfigureRunner is null)
        {
            return;
        }

        foreach (MigrationModule module in settings.Modules)
        {
            MigrationCatalog counted = MigrationCatalog.Read(module, settings.Tags);
            using ModuleFingerprints configured = new(settings, module);
            HashSet<long> found = [.. configured.Versions];
            if (found.Count == 0)
            {
                // What fails in the making of migrations is told by the upgrade.
                continue;
            }

            long[] missing = [.. counted.Migrations.Select(migration => migration.Version).Where(version => !found.Contains(version))];
            long[] added = [.. found.Where(version => counted.IndexOf(version) < 0 && !counted.IsLeftOut(version)).Order()];
            if (missing.Length + added.Length > 0)
            {
                throw new MigrationRefusedException(
                    $"ConfigureRunner changes which migrations FluentMigrator finds{(module.Name.Length == 0 ? "" : $" in module \"{module.Name}\"")}: "
                    + $"{Describe("without", missing)}{(missing.Length > 0 && added.Length > 0 ? ", " : "")}{Describe("with", added)}. "
                    + "Choose them by Assemblies, Modules and Tags of the migrator's options instead. Nothing was changed.");
            }
        }
    }

    private static string Describe(string word, long[] versions) => versions.Length == 0
        ? ""
        : $"{word} {string.Join(", ", versions.Take(5).Select(version => version.ToString(CultureInfo.InvariantCulture)))}{(versions.Length > 5 ? ", ..." : "")}";
}
