using System.Globalization;
using Migrations.Runner.Status;

namespace Migrations.Runner.Upgrade;

/// <summary>Decides whether a migrator may go where it is asked to go, from what the database holds.</summary>
internal static class UpgradeRefusal
{
    /// <summary>The reason against it, null where there is none.</summary>
    public static Exception? Find(MigratorSettings settings, DatabaseStatus status, MigrationTarget target)
    {
        if (status.State == DatabaseState.Unusable)
        {
            return new DatabaseUnusableException(status.Problem ?? DatabaseProblem.Other, status.Database, status.Message, status.Error);
        }

        Exception? refusal = target.Module is null
            ? status.CanUpgrade ? null : new UpgradeRefusedException(status)
            : FindForVersion(settings, status, target);
        return refusal ?? (settings.Refuse?.Invoke(status) is { } reason ? new UpgradeRefusedException(status, reason) : null);
    }

    // The order of migrations and their meaning are looked at only where they matter: going down may be the way out.
    private static UpgradeRefusedException? FindForVersion(MigratorSettings settings, DatabaseStatus status, MigrationTarget target)
    {
        if (!status.CanUpgrade && status.State is not (DatabaseState.OutOfOrder or DatabaseState.Edited))
        {
            return new(status);
        }

        ModuleStatus? module = status.Modules.FirstOrDefault(module => target.Includes(module.Module));
        if (module is null)
        {
            return null;
        }

        MigrationCatalog known = MigrationCatalog.Read(settings.Modules.First(candidate => target.Includes(candidate.Name)), settings.Tags);
        if (target.Down(module).Where(migration => known.IndexOf(migration.Version) < 0).ToList() is { Count: > 0 } unknown)
        {
            return new(status, Sentence(
                status,
                target,
                $"it would take back {Names(unknown)}, which this application does not know, or leaves out for its tags. Use an application that has them, or put a backup back."));
        }

        if (settings.OutOfOrder == HistoryPolicy.Refuse && target.OutOfOrder(module).ToList() is { Count: > 0 } outOfOrder)
        {
            return new(status, Sentence(
                status, target, $"it would apply {Names(outOfOrder)} after newer migrations. Go down below them first, or allow it ({nameof(DatabaseMigratorOptions.OutOfOrder)})."));
        }

        return settings.EditedMigrations == HistoryPolicy.Refuse
            && target.Down(module).IntersectBy(module.Edited.Select(edited => edited.Version), migration => migration.Version).ToList() is { Count: > 0 } changed
            ? new(status, Sentence(
                status, target, $"it would take back {Names(changed)}, which mean something else now than when they were applied. Restore their meaning, or allow it ({nameof(DatabaseMigratorOptions.EditedMigrations)})."))
            : null;
    }

    private static string Sentence(DatabaseStatus status, MigrationTarget target, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"Migrating \"{status.Database}\" to version {target.Version} was refused: {reason}");

    private static string Names(List<MigrationIdentity> migrations) =>
        (migrations.Count == 1 ? "migration " : "the migrations ") + string.Join(", ", migrations);
}
