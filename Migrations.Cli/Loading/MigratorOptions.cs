using System.Collections.Immutable;
using System.Reflection;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Configuration;
using Migrations.Runner;

namespace Migrations.Cli.Loading;

/// <summary>A migrator's options: the application's, where a class in its assemblies sets them, and in their place what the user has named.</summary>
internal static class MigratorOptions
{
    /// <summary>Makes them. The connection string is the application's, empty where it has none.</summary>
    /// <param name="setup">What the user has named.</param>
    /// <param name="loaded">The assemblies.</param>
    /// <param name="mayBeWithout">Whether there need not be a migration yet.</param>
    /// <exception cref="ToolException">There are no migrations, or the application's options can't be made.</exception>
    public static DatabaseMigratorOptions Make(Setup setup, LoadedMigrations loaded, bool mayBeWithout)
    {
        DatabaseMigratorOptions options = new();
        SetupClass.Apply([.. loaded.Assemblies, .. loaded.Modules.Select(module => module.Assembly)], setup.SetupClass, options);
        AddModules(options, loaded);
        AddAssemblies(options, loaded.Assemblies, mayBeWithout);
        if (!setup.Tags.IsEmpty)
        {
            options.Tags.Clear();
            foreach (string tag in setup.Tags)
            {
                options.Tags.Add(tag);
            }
        }

        foreach (string word in setup.Allow)
        {
            AllowedHistory.Allow(options, word);
        }

        options.Backup.Folder = setup.BackupFolder ?? options.Backup.Folder;
        options.Backup.Keep = setup.KeepBackups ?? options.Backup.Keep;
        if (setup.Timeout is { } seconds)
        {
            options.BusyTimeout = options.LockTimeout = TimeSpan.FromSeconds(seconds);
        }

        return options;
    }

    private static void AddModules(DatabaseMigratorOptions options, LoadedMigrations loaded)
    {
        foreach ((ModuleSetting setting, Assembly assembly) in loaded.Modules)
        {
            if (options.Modules.Any(module => string.Equals(module.Name, setting.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw ToolException.Usage($"The application's own options have a module \"{setting.Name}\" already: leave it there.");
            }

            if (!MigrationAssemblies.HasMigrations(assembly))
            {
                throw WithoutMigrations([assembly]);
            }

            options.Modules.Add(setting.Name, assembly, setting.After);
        }
    }

    private static void AddAssemblies(DatabaseMigratorOptions options, ImmutableArray<Assembly> named, bool mayBeWithout)
    {
        if (options.Assemblies.Count > 0)
        {
            return;
        }

        HashSet<Assembly> ofModules = [.. options.Modules.SelectMany(module => module.Assemblies)];
        Assembly[] own = [.. named.Where(assembly => !ofModules.Contains(assembly))];
        if (mayBeWithout || own.Any(MigrationAssemblies.HasMigrations))
        {
            // One without migrations may say what is a migration, or what the history's table is.
            foreach (Assembly assembly in own)
            {
                options.Assemblies.Add(assembly);
            }
        }
        else if (options.Modules.Count == 0)
        {
            throw WithoutMigrations(named);
        }
    }

    private static ToolException WithoutMigrations(ImmutableArray<Assembly> assemblies) => ToolException.Usage(
        $"{string.Join(", ", assemblies.Select(assembly => $"\"{assembly.Location}\""))} {(assemblies.Length == 1 ? "holds" : "hold")} no migrations: they are "
        + "public classes with FluentMigrator's [Migration].");
}
