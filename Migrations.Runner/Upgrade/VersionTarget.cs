using System.Collections.Immutable;
using System.Globalization;
using Migrations.Runner.Status;

namespace Migrations.Runner.Upgrade;

/// <summary>Finds the module and the version that a caller names.</summary>
internal static class VersionTarget
{
    /// <summary>The target; names are compared without regard to case.</summary>
    /// <exception cref="ArgumentException">There is no such module.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version in it.</exception>
    public static MigrationTarget Find(MigratorSettings settings, string module, long version)
    {
        MigrationModule found = settings.Modules.FirstOrDefault(candidate => string.Equals(candidate.Name, module, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There is no module \"{module}\". The modules are: {string.Join(", ", settings.Modules.Select(Describe))}.", nameof(module));
        if (version == 0)
        {
            return new(found.Name, 0);
        }

        MigrationCatalog known = MigrationCatalog.Read(found, settings.Tags);
        return known.IndexOf(version) >= 0
            ? new(found.Name, version)
            : throw new ArgumentOutOfRangeException(nameof(version), version, Reason(found, known.Migrations, version));
    }

    private static string Describe(MigrationModule module) =>
        module.Name.Length == 0 ? "\"\" (the application's own migrations)" : $"\"{module.Name}\"";

    private static string Reason(MigrationModule module, ImmutableArray<MigrationIdentity> known, long version)
    {
        string place = module.Name.Length == 0 ? "the application" : $"module \"{module.Name}\"";
        MigrationIdentity? below = known.LastOrDefault(migration => migration.Version < version);
        MigrationIdentity? above = known.FirstOrDefault(migration => migration.Version > version);
        string nearest = (below, above) switch
        {
            (null, null) => "it has none",
            (null, _) => $"the first one is {above}",
            (_, null) => $"the newest one is {below}",
            _ => $"the nearest ones are {below} and {above}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"There is no migration {version} in {place}: {nearest}. 0 takes back everything.");
    }
}
