using System.Collections.Immutable;
using System.Reflection;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Testing.Databases;

/// <summary>The application's own migrations that options name, in the order of versions. Immutable.</summary>
internal sealed class MigrationSet
{
    private readonly ImmutableArray<KnownMigration> migrations;

    private MigrationSet(MigratedDatabaseOptions options, ImmutableArray<KnownMigration> migrations)
    {
        Options = options;
        this.migrations = migrations;
    }

    public MigratedDatabaseOptions Options { get; }

    public ImmutableArray<KnownMigration> Migrations => migrations;

    /// <summary>The newest version, 0 where there are no migrations.</summary>
    public long Newest => migrations.IsEmpty ? 0 : migrations[^1].Version;

    /// <summary>Finds the migrations, without running any.</summary>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    public static MigrationSet Of(MigratedDatabaseOptions options)
    {
        DatabaseMigratorOptions asked = MigratorOptions(options, "Data Source=nowhere;Mode=Memory;Cache=Shared");
        using DatabaseMigrator migrator = DatabaseMigrator.Create(asked);
        MigrationModule? own = ModuleOrder.Sort(asked).FirstOrDefault(module => module.Name.Length == 0);
        return new(options, own is null ? [] : MigrationCatalog.Read(own, [.. asked.Tags]).Known);
    }

    /// <summary>A migrator of a database, with the options that the caller has set.</summary>
    public static DatabaseMigrator CreateMigrator(MigratedDatabaseOptions options, string connectionString) =>
        DatabaseMigrator.Create(MigratorOptions(options, connectionString));

    /// <summary>The version of a migration class.</summary>
    /// <exception cref="ArgumentException">It is not among these migrations.</exception>
    public long VersionOf(Type migration) =>
        migrations.FirstOrDefault(known => known.Type == migration)?.Version
        ?? throw new ArgumentException($"{migration.FullName} is none of the migrations that are run.", nameof(migration));

    /// <summary>The version just below one, 0 for the first.</summary>
    public long Before(long version) => migrations.LastOrDefault(known => known.Version < version)?.Version ?? 0;

    private static DatabaseMigratorOptions MigratorOptions(MigratedDatabaseOptions options, string connectionString)
    {
        DatabaseMigratorOptions asked = new() { ConnectionString = connectionString };
        foreach (Assembly assembly in options.Assemblies)
        {
            asked.Assemblies.Add(assembly);
        }

        asked.Backup.Enabled = false;
        options.Configure?.Invoke(asked);
        return asked;
    }
}
