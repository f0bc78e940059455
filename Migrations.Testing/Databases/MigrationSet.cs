using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Runner;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;
using Migrations.Testing.Templates;

namespace Migrations.Testing.Databases;

/// <summary>The application's own migrations that options name, in the order of versions, and what runs them. Immutable.</summary>
internal sealed class MigrationSet
{
    private MigrationSet(MigratedDatabaseOptions options, TemplateShelf shelf)
    {
        Options = options;
        Shelf = shelf;
    }

    public MigratedDatabaseOptions Options { get; }

    /// <summary>The templates that are made of these migrations.</summary>
    public TemplateShelf Shelf { get; }

    public ImmutableArray<KnownMigration> Migrations => Shelf.Known;

    /// <summary>The newest version, 0 where there are no migrations.</summary>
    public long Newest => Migrations.IsEmpty ? 0 : Migrations[^1].Version;

    /// <summary>Finds the migrations, without running any.</summary>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    public static MigrationSet Of(MigratedDatabaseOptions options) =>
        new(options, TemplateShelves.Of(MigratorOptions(options, DatabasePlace.Nowhere(options.Storage)), options.Storage));

    /// <summary>A migrator of a database, with the options that the caller has set.</summary>
    public static DatabaseMigrator CreateMigrator(MigratedDatabaseOptions options, string connectionString) =>
        DatabaseMigrator.Create(MigratorOptions(options, connectionString));

    /// <summary>The options of a migrator of a database, as the caller has them set.</summary>
    public DatabaseMigratorOptions MigratorOptions(string connectionString) => MigratorOptions(Options, connectionString);

    /// <summary>The version of a migration class.</summary>
    /// <exception cref="ArgumentException">It is not among these migrations.</exception>
    public long VersionOf(Type migration) =>
        Migrations.FirstOrDefault(known => known.Type == migration)?.Version
        ?? throw new ArgumentException($"{migration.FullName} is none of the migrations that are run.", nameof(migration));

    /// <summary>The version just below one, 0 for the first.</summary>
    public long Before(long version) => Migrations.LastOrDefault(known => known.Version < version)?.Version ?? 0;

    /// <summary>Makes sure that there is a version: that of one of the application's own migrations, or 0.</summary>
    /// <exception cref="ArgumentException">The application has no migrations of its own.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public void RequireVersion(long version)
    {
        if (Shelf.Own is null || (version != 0 && !Migrations.Any(known => known.Version == version)))
        {
            VersionTarget.Find(MigratorSettings.Of(MigratorOptions(DatabasePlace.Nowhere(Options.Storage))), "", version);
        }
    }

    /// <summary>Migrates a new database, or one at a lower version: see <see cref="MigratedDatabase.At(long, MigratedDatabaseOptions)"/>.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="version">The version, or <see cref="TemplateShelf.Latest"/>.</param>
    public void Build(string connectionString, long version)
    {
        if (version == TemplateShelf.Latest)
        {
            Migrate(connectionString, MigrationTarget.Newest);
            return;
        }

        foreach ((string module, long newest) in Shelf.ModulesBefore)
        {
            Migrate(connectionString, new(module, newest));
        }

        if (version != 0)
        {
            Migrate(connectionString, new("", version));
        }
    }

    /// <summary>Migrates a database on the caller's own thread: tests that wait for each other must not need one more of the pool.</summary>
    public UpgradeResult Migrate(string connectionString, MigrationTarget target)
    {
        DatabaseMigratorOptions asked = MigratorOptions(connectionString);
        if (Options.Storage == DatabaseStorage.TemporaryFile)
        {
            asked.ConnectionOpened = Hurried(asked.ConnectionOpened);
        }

        MigratorSettings settings = MigratorSettings.Of(asked);
        DatabaseFile file = new(settings.ConnectionString, settings.BusyTimeout, settings.ConnectionOpened);
        return new UpgradeRun(settings, file, NullLoggerFactory.Instance, _ => { }, CancellationToken.None).Run(target);
    }

    // A file that is deleted with its test need not survive a loss of power. After the hook, which may have to give a key first.
    private static Action<SqliteConnection> Hurried(Action<SqliteConnection>? opened) => connection =>
    {
        opened?.Invoke(connection);
        connection.Execute("PRAGMA main.synchronous = OFF");
    };

    /// <summary>The options of a migrator of a database, also where the migrations could not be run.</summary>
    public static DatabaseMigratorOptions MigratorOptions(MigratedDatabaseOptions options, string connectionString)
    {
        DatabaseMigratorOptions asked = new() { ConnectionString = connectionString };
        foreach (Assembly assembly in options.Assemblies)
        {
            asked.Assemblies.Add(assembly);
        }

        asked.Backup.Enabled = false;
        options.Configure?.Invoke(asked);
        if (!string.Equals(asked.ConnectionString, connectionString, StringComparison.Ordinal))
        {
            asked.ConnectionString = Kept(asked.ConnectionString, connectionString);
        }

        return asked;
    }

    // A caller may add words, such as Foreign Keys or Password.
    private static string Kept(string changed, string original)
    {
        SqliteConnectionStringBuilder now = new(changed);
        SqliteConnectionStringBuilder was = new(original);
        if (now.DataSource != was.DataSource || now.Mode != was.Mode || now.Cache != was.Cache)
        {
            throw new ArgumentException(
                $"{nameof(MigratedDatabaseOptions.Configure)} has changed the connection string \"{original}\" to \"{changed}\": it may add to it, and must "
                + "leave Data Source, Mode and Cache, which say where the test's database is.");
        }

        return now.Pooling ? changed + ";Pooling=False" : changed; // Of a word that is said twice the last one counts.
    }
}
