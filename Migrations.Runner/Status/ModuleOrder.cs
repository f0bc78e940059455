using System.Collections.Immutable;

namespace Migrations.Runner.Status;

/// <summary>
/// Puts modules into the order of upgrading: as added, the application's own last, unless one says that it comes after another. A module
/// that waits goes as soon as what it waits for is there, so that the order stays as near as it can to that of adding.
/// </summary>
internal static class ModuleOrder
{
    /// <summary>The modules of options that are without faults.</summary>
    public static ImmutableArray<MigrationModule> Sort(DatabaseMigratorOptions options)
    {
        List<MigrationModule> rest = All(options);
        if (rest.Count == 1)
        {
            return [rest[0]];
        }

        ImmutableArray<MigrationModule>.Builder sorted = ImmutableArray.CreateBuilder<MigrationModule>(rest.Count);
        while (rest.Count > 0)
        {
            MigrationModule next = rest.Find(module => !Waits(module, rest))
                ?? throw new InvalidOperationException("The modules wait for each other.");
            sorted.Add(next);
            rest.Remove(next);
        }

        return sorted.MoveToImmutable();
    }

    /// <summary>Finds everything that is wrong with the modules.</summary>
    public static void AddFaults(DatabaseMigratorOptions options, List<string> faults)
    {
        if (VersionTableSearch.Unusable([.. options.Assemblies, .. options.Modules.SelectMany(module => module.Assemblies)]) is { } type)
        {
            faults.Add($"The class {type.FullName} describes the version table and can't be made: give it a public constructor without parameters.");
        }

        if (options.Modules.Count > 0)
        {
            AddFaults(options.Modules, All(options), faults);
        }
    }

    private static void AddFaults(MigrationModules added, List<MigrationModule> all, List<string> faults)
    {
        foreach (MigrationModule module in added)
        {
            if (module.Name.Length == 0 || !module.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            {
                faults.Add($"The module name \"{module.Name}\" must consist of letters, digits, '.', '_' and '-'.");
            }

            foreach (string name in module.After.Where(name => !all.Exists(other => IsNamed(other, name))))
            {
                faults.Add($"Module \"{module.Name}\" comes after \"{name}\", which is no module of this application.");
            }
        }

        foreach (IGrouping<string, MigrationModule> same in added.GroupBy(module => module.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (same.Skip(1).Any())
            {
                faults.Add($"There are {same.Count()} modules with the name \"{same.Key}\".");
            }
        }

        // Modules of one name share a table as well, and are named already.
        foreach (IGrouping<string, MigrationModule> same in all.DistinctBy(module => module.Name, StringComparer.OrdinalIgnoreCase).GroupBy(
            module => $"{HistoryTable.SchemaOf(module.VersionTable).Name}.{module.VersionTable.TableName}", StringComparer.OrdinalIgnoreCase))
        {
            if (same.Skip(1).Any())
            {
                faults.Add($"The modules {Names(same)} would share one history table, {same.First().VersionTable.TableName}.");
            }
        }

        foreach (IGrouping<string, MigrationModule> same in all
            .Where(module => !string.IsNullOrEmpty(module.VersionTable.UniqueIndexName))
            .DistinctBy(module => $"{HistoryTable.SchemaOf(module.VersionTable).Name}.{module.VersionTable.TableName}", StringComparer.OrdinalIgnoreCase)
            .GroupBy(
                module => $"{HistoryTable.SchemaOf(module.VersionTable).Name}.{module.VersionTable.UniqueIndexName}", StringComparer.OrdinalIgnoreCase))
        {
            if (same.Skip(1).Any())
            {
                faults.Add(
                    $"The history tables of the modules {Names(same)} would share one index, {same.First().VersionTable.UniqueIndexName}: "
                    + "the names of indexes are unique in a database.");
            }
        }

        // What remains waits for a circle, or is part of one.
        List<MigrationModule> waiting = [.. all];
        while (waiting.RemoveAll(module => !Waits(module, waiting)) > 0)
        {
        }

        if (waiting.Count > 0)
        {
            faults.Add($"The modules {Names(waiting)} wait for each other.");
        }
    }

    private static List<MigrationModule> All(DatabaseMigratorOptions options)
    {
        List<MigrationModule> modules = [.. options.Modules];
        if (options.Assemblies.Count > 0)
        {
            modules.Add(new("", [.. options.Assemblies], [], VersionTableSearch.Find(options.Assemblies)));
        }

        return modules;
    }

    private static bool Waits(MigrationModule module, List<MigrationModule> rest) =>
        module.After.Any(name => rest.Exists(other => IsNamed(other, name)));

    private static string Names(IEnumerable<MigrationModule> modules) => string.Join(", ", modules.Select(module => $"\"{module.Name}\""));

    private static bool IsNamed(MigrationModule module, string name) => string.Equals(module.Name, name, StringComparison.OrdinalIgnoreCase);
}
