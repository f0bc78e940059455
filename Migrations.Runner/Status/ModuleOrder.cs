using System.Collections.Immutable;

namespace Migrations.Runner.Status;

/// <summary>Puts modules into the order of upgrading: as added, the application's own last, unless one says that it comes after another.</summary>
internal static class ModuleOrder
{
    public static ImmutableArray<MigrationModule> Sort(DatabaseMigratorOptions options)
    {
        List<MigrationModule> rest = All(options);
        ImmutableArray<MigrationModule>.Builder sorted = ImmutableArray.CreateBuilder<MigrationModule>(rest.Count);
        while (rest.Count > 0)
        {
            MigrationModule next = rest.Find(module => !module.After.Any(name => rest.Exists(other => IsNamed(other, name))))
                ?? throw new InvalidOperationException("The modules wait for each other.");
            sorted.Add(next);
            rest.Remove(next);
        }

        return sorted.MoveToImmutable();
    }

    public static IEnumerable<string> Faults(DatabaseMigratorOptions options)
    {
        List<MigrationModule> modules = All(options);
        foreach (MigrationModule module in options.Modules)
        {
            if (module.Name.Length == 0 || !module.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            {
                yield return $"The module name \"{module.Name}\" must consist of letters, digits, '.', '_' and '-'.";
            }

            foreach (string name in module.After.Where(name => !modules.Exists(other => IsNamed(other, name))))
            {
                yield return $"Module \"{module.Name}\" comes after \"{name}\", which is no module of this application.";
            }
        }

        foreach (IGrouping<string, MigrationModule> same in options.Modules.GroupBy(module => module.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (same.Skip(1).Any())
            {
                yield return $"There are {same.Count()} modules with the name \"{same.Key}\".";
            }
        }

        foreach (IGrouping<string, MigrationModule> same in modules.GroupBy(
            module => $"{module.VersionTable.SchemaName}.{module.VersionTable.TableName}", StringComparer.OrdinalIgnoreCase))
        {
            if (same.Skip(1).Any())
            {
                yield return $"The modules {string.Join(", ", same.Select(module => $"\"{module.Name}\""))} would share one history table, {same.First().VersionTable.TableName}.";
            }
        }

        if (VersionTableSearch.Unusable(options.Assemblies) is { } type)
        {
            yield return $"The class {type.FullName} describes the version table and can't be made: give it a public constructor without parameters.";
        }

        List<MigrationModule> waiting = modules;
        while (waiting.RemoveAll(module => !module.After.Any(name => waiting.Exists(other => IsNamed(other, name)))) > 0)
        {
        }

        if (waiting.Count > 0)
        {
            yield return $"The modules {string.Join(", ", waiting.Select(module => $"\"{module.Name}\""))} wait for each other.";
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

    private static bool IsNamed(MigrationModule module, string name) => string.Equals(module.Name, name, StringComparison.OrdinalIgnoreCase);
}
