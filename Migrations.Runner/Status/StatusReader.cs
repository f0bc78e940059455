using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using Migrations.Runner.History;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Status;

/// <summary>Compares what a database holds with what the application knows. Takes no lock and writes nothing.</summary>
internal sealed class StatusReader(MigratorSettings settings, DatabaseFile file)
{
    private MigrationCatalog[]? catalogs;

    private MigrationCatalog[] Catalogs
    {
        get
        {
            if (catalogs is null)
            {
                catalogs = new MigrationCatalog[settings.Modules.Length];
                for (int i = 0; i < catalogs.Length; i++)
                {
                    catalogs[i] = MigrationCatalog.Read(settings.Modules[i], settings.Tags);
                }
            }

            return catalogs;
        }
    }

    /// <summary>
    /// The newest version of each module where one query shows that nothing is pending and nothing is to be refused; null where it takes a
    /// closer look. This is all that most starts of an application do.
    /// </summary>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    public ModuleVersion[]? ReadUpToDate()
    {
        if (settings.EditedMigrations == HistoryPolicy.Refuse || settings.MissingModules == HistoryPolicy.Refuse || !file.Exists)
        {
            return null;
        }

        return file.IsPlain && AppliedVersions.MatchPlainly(file, settings, Catalogs) is { } versions ? versions : ReadByConnection(Catalogs);
    }

    private ModuleVersion[]? ReadByConnection(MigrationCatalog[] known)
    {
        try
        {
            return file.Read(connection => AppliedVersions.Match(connection, settings, known));
        }
        catch (SqliteException)
        {
            // A missing table as well as a damaged file: the closer look finds a name for it.
            return null;
        }
    }

    /// <summary>The whole status; a database that can't be read is one, too.</summary>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    public DatabaseStatus Read()
    {
        MigrationCatalog[] known = Catalogs;
        DatabaseContents contents;
        try
        {
            if (file.Exists)
            {
                contents = file.Read(connection => DatabaseContents.Read(connection, settings));
                if (contents.IsEmpty && FileDiagnosis.ExplainEmpty(file) is { } foreign)
                {
                    return Unusable(foreign);
                }
            }
            else if (FileDiagnosis.ExplainMissing(file) is { } missing)
            {
                return Unusable(missing);
            }
            else
            {
                contents = DatabaseContents.Nothing;
            }
        }
        catch (HistoryUnreadableException e)
        {
            return Unusable(new(DatabaseProblem.Other, file.Name, $"\"{file.Name}\" can't be used: {e.Message}. Correct it by hand.", e));
        }
        catch (Exception e) when (e is SqliteException || FileDiagnosis.IsAboutFile(e))
        {
            return Unusable(FileDiagnosis.Explain(file, e));
        }

        ImmutableArray<ModuleStatus> modules = Compare(known, contents);
        DatabaseState state = StateOf(modules, contents);
        DatabaseBackup? backup = state == DatabaseState.NewerThanApplication ? FittingBackup(known) : null;
        return new(file.Name, state, new StatusText(file, settings, modules, backup).Of(state, contents), modules, null, backup);
    }

    private static ImmutableArray<MigrationIdentity> Names(string module, ImmutableSortedDictionary<long, string> versions, MigrationCatalog? known) =>
        [.. versions.Select(row => known?.Find(row.Key) ?? new MigrationIdentity(module, row.Key, row.Value))];

    private DatabaseStatus Unusable(DatabaseUnusableException e) =>
        new(file.Name, DatabaseState.Unusable, e.Message, [], e.Problem, null, e.InnerException);

    private ImmutableArray<ModuleStatus> Compare(MigrationCatalog[] known, DatabaseContents contents)
    {
        ImmutableArray<ModuleStatus>.Builder modules = ImmutableArray.CreateBuilder<ModuleStatus>();
        for (int i = 0; i < known.Length; i++)
        {
            MigrationCatalog catalog = known[i];
            MigrationModule module = catalog.Module;
            ImmutableSortedDictionary<long, string> versions =
                (contents.Histories.Length == 0 ? null : contents.Histories[i])?.Versions ?? ImmutableSortedDictionary<long, string>.Empty;
            ImmutableArray<MigrationIdentity> applied = Names(module.Name, versions, catalog);
            ImmutableArray<MigrationIdentity> edited = contents.Entries.IsEmpty
                ? []
                : EditedMigrations.Find(settings, module, contents.Entries.Where(entry =>
                    versions.ContainsKey(entry.Version) && string.Equals(entry.Module, module.Name, StringComparison.OrdinalIgnoreCase)));
            modules.Add(new(
                module.Name,
                isMissing: false,
                catalog.Newest,
                applied,
                catalog.Pending([.. versions.Keys]),
                [.. applied.Where(migration => catalog.IndexOf(migration.Version) < 0 && !catalog.IsLeftOut(migration.Version))],
                edited));
        }

        foreach ((string name, ImmutableSortedDictionary<long, string> versions) in contents.MissingModules)
        {
            ImmutableArray<MigrationIdentity> applied = Names(name, versions, null);
            modules.Add(new(name, isMissing: true, 0, applied, [], applied, []));
        }

        return modules.ToImmutable();
    }

    // In the order of DatabaseState, from the last to the first.
    private DatabaseState StateOf(ImmutableArray<ModuleStatus> modules, DatabaseContents contents)
    {
        if (settings.ApplicationId is { } id && contents.ApplicationId != id && contents.ApplicationId != 0)
        {
            return DatabaseState.OtherApplication;
        }

        if (contents.IsEmpty)
        {
            return DatabaseState.New;
        }

        if (settings.UnversionedDatabase == HistoryPolicy.Refuse && contents.Histories.All(history => history is null) && contents.MissingModules.IsEmpty)
        {
            return DatabaseState.Unversioned;
        }

        if (settings.NewerDatabase == HistoryPolicy.Refuse && modules.Any(module => module.IsNewer))
        {
            return DatabaseState.NewerThanApplication;
        }

        if (settings.UnknownMigrations == HistoryPolicy.Refuse && modules.Any(module => StatusText.UnknownBelowNewest(module).Any()))
        {
            return DatabaseState.UnknownMigrations;
        }

        if (settings.MissingModules == HistoryPolicy.Refuse && modules.Any(module => module.IsMissing))
        {
            return DatabaseState.ModuleMissing;
        }

        if (settings.OutOfOrder == HistoryPolicy.Refuse && modules.Any(module => module.OutOfOrder.Any()))
        {
            return DatabaseState.OutOfOrder;
        }

        if (settings.EditedMigrations == HistoryPolicy.Refuse && modules.Any(module => module.Edited.Count > 0))
        {
            return DatabaseState.Edited;
        }

        return modules.Any(module => module.Pending.Count > 0) ? DatabaseState.Pending : DatabaseState.UpToDate;
    }

    private DatabaseBackup? FittingBackup(MigrationCatalog[] known) => file.IsInMemory
        ? null
        : new BackupFolder(settings, file).List().FirstOrDefault(backup => backup.Versions.Count > 0 && backup.Versions.All(version =>
            Array.Find(known, catalog => string.Equals(catalog.Module.Name, version.Module, StringComparison.OrdinalIgnoreCase)) is { } catalog
            && version.Version <= catalog.Newest));
}
