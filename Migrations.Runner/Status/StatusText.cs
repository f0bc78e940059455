using System.Collections.Immutable;
using System.Globalization;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Status;

/// <summary>Puts a status into words: what it is, with the versions, and the way out where an upgrade would be refused.</summary>
internal sealed class StatusText(DatabaseFile file, MigratorSettings settings, ImmutableArray<ModuleStatus> modules, DatabaseBackup? backup)
{
    private const int Named = 5;

    /// <summary>What the application does not know, without what makes the database newer than the application.</summary>
    public static IEnumerable<MigrationIdentity> UnknownBelowNewest(ModuleStatus module) =>
        module.IsMissing ? [] : module.Unknown.Where(migration => migration.Version <= module.NewestKnown);

    public string Of(DatabaseState state, DatabaseContents contents) => state switch
    {
        DatabaseState.UpToDate => $"\"{file.Name}\" is up to date at version {Versions(modules.Where(module => !module.IsMissing), module => module.NewestApplied)}.",
        DatabaseState.New => $"\"{file.Name}\" is new and needs {Count(modules.Sum(module => module.Pending.Count), "migration")}.",
        DatabaseState.Pending => Pending(),
        DatabaseState.Edited => $"\"{file.Name}\" holds {List(module => module.Edited)}, changed since: put the change into a migration of its own, or allow it (EditedMigrations).",
        DatabaseState.OutOfOrder => OutOfOrder(),
        DatabaseState.ModuleMissing => $"\"{file.Name}\" holds migrations of {Versions(modules.Where(module => module.IsMissing), module => module.NewestApplied)}, which the application does not have: add the module, or allow that it is gone (MissingModules).",
        DatabaseState.UnknownMigrations => $"\"{file.Name}\" holds {List(UnknownBelowNewest)}, which the application does not know: start the application that has applied this, or allow it (UnknownMigrations).",
        DatabaseState.NewerThanApplication => Newer(),
        DatabaseState.Unversioned => $"\"{file.Name}\" holds tables and no history of migrations: declare first which version they are at, or allow it (UnversionedDatabase).",
        DatabaseState.OtherApplication => string.Create(
            CultureInfo.InvariantCulture,
            $"\"{file.Name}\" belongs to another application: its application_id is {contents.ApplicationId}, and this application's is {settings.ApplicationId}. Name another file in the connection string."),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    // "30", "blog 5", "30, blog 5".
    private static string Versions(IEnumerable<ModuleStatus> of, Func<ModuleStatus, long> version) =>
        string.Join(", ", of.Select(module => new ModuleVersion(module.Module, version(module))));

    private static string Count(int count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    private static string List(ImmutableArray<MigrationIdentity> migrations)
    {
        string names = string.Join(", ", migrations.Take(Named));
        return migrations.Length <= Named ? names : string.Create(CultureInfo.InvariantCulture, $"{names} and {migrations.Length - Named} more");
    }

    private string List(Func<ModuleStatus, IEnumerable<MigrationIdentity>> of)
    {
        ImmutableArray<MigrationIdentity> migrations = [.. modules.SelectMany(of)];
        return $"the {(migrations.Length == 1 ? "migration" : "migrations")} {List(migrations)}";
    }

    private string Pending()
    {
        ImmutableArray<MigrationIdentity> pending = [.. modules.SelectMany(module => module.Pending)];
        return $"\"{file.Name}\" is at version {Versions(modules.Where(module => !module.IsMissing), module => module.NewestApplied)} and needs {Count(pending.Length, "migration")}: {List(pending)}.";
    }

    private string OutOfOrder()
    {
        ModuleStatus module = modules.First(module => module.OutOfOrder.Any());
        ImmutableArray<MigrationIdentity> late = [.. modules.SelectMany(other => other.OutOfOrder)];
        return $"\"{file.Name}\" is at version {new ModuleVersion(module.Module, module.NewestApplied)}, and lacks {List(module => module.OutOfOrder)}, which {(late.Length == 1 ? "comes" : "come")} before it: give later versions, or allow it (OutOfOrder).";
    }

    private string Newer()
    {
        ImmutableArray<ModuleStatus> newer = [.. modules.Where(module => module.IsNewer)];
        string way = backup is null
            ? "start the newer application; there is no backup of a version that fits"
            : $"start the newer application, or put back the newest backup that fits, \"{backup.Path}\" of version {string.Join(", ", backup.Versions)}";
        return $"\"{file.Name}\" is at version {Versions(newer, module => module.NewestApplied)}, and this application knows versions up to {Versions(newer, module => module.NewestKnown)}: {way}.";
    }
}
