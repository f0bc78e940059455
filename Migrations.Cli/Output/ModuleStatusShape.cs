using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A module of a database, its migrations in the order of versions.</summary>
/// <param name="Name">Empty for the application's own.</param>
/// <param name="Applied">The newest applied version, 0 where there is none.</param>
/// <param name="Known">The newest version that the application knows.</param>
/// <param name="IsMissing">Whether the application does not have it.</param>
/// <param name="Migrations">What is applied or pending.</param>
internal sealed record ModuleStatusShape(string Name, long Applied, long Known, bool IsMissing, ImmutableArray<MigrationStatusShape> Migrations)
{
    public static ModuleStatusShape Of(ModuleStatus module)
    {
        HashSet<long> unknown = [.. module.Unknown.Select(migration => migration.Version)];
        HashSet<long> edited = [.. module.Edited.Select(migration => migration.Version)];
        HashSet<long> late = [.. module.OutOfOrder.Select(migration => migration.Version)];
        return new(
            module.Module,
            module.NewestApplied,
            module.NewestKnown,
            module.IsMissing,
            [
                .. module.Applied
                    .Select(migration => new MigrationStatusShape(
                        migration.Version,
                        migration.Name,
                        unknown.Contains(migration.Version) ? MigrationState.Unknown
                        : edited.Contains(migration.Version) ? MigrationState.Edited
                        : MigrationState.Applied))
                    .Concat(module.Pending.Select(migration => new MigrationStatusShape(
                        migration.Version, migration.Name, late.Contains(migration.Version) ? MigrationState.OutOfOrder : MigrationState.Pending)))
                    .OrderBy(migration => migration.Version),
            ]);
    }
}
