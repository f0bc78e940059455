using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Testing.Databases;

namespace Migrations.Testing;

/// <summary>
/// A database at a version of an application's migrations, for one test. Disposing of it leaves nothing behind. One database belongs to
/// one test; any number of them may be made at the same time.
/// </summary>
public sealed partial class MigratedDatabase : IDisposable
{
    private readonly MigrationSet migrations;

    private MigratedDatabase(MigrationSet migrations, SqliteConnection connection)
    {
        this.migrations = migrations;
        Connection = connection;
    }

    /// <summary>An open connection, which also keeps a database in memory alive. Closed with the database.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>What opens further connections to the database.</summary>
    public string ConnectionString => Connection.ConnectionString;

    /// <summary>The file, null where the database is in memory.</summary>
    public string? Path { get; }

    /// <summary>The newest applied version of the application's own migrations, read from the database; 0 where none is.</summary>
    public long Version
    {
        get
        {
            using DatabaseMigrator migrator = MigrationSet.CreateMigrator(migrations.Options, ConnectionString);
            return migrator.GetStatus().Modules.FirstOrDefault(module => module.Module.Length == 0)?.NewestApplied ?? 0;
        }
    }

    /// <summary>A database at a version.</summary>
    /// <param name="version">The version of a migration, or 0 for an empty database.</param>
    /// <param name="assemblies">The assemblies with the application's migrations.</param>
    public static MigratedDatabase At(long version, params IEnumerable<Assembly> assemblies) =>
        At(version, new MigratedDatabaseOptions { Assemblies = [.. assemblies] });

    /// <inheritdoc cref="At(long, IEnumerable{Assembly})"/>
    /// <param name="version">As there.</param>
    /// <param name="options">Which migrations, and where.</param>
    public static MigratedDatabase At(long version, MigratedDatabaseOptions options) => Make(MigrationSet.Of(options), version);

    /// <summary>A database at the newest version.</summary>
    /// <param name="assemblies">The assemblies with the application's migrations.</param>
    public static MigratedDatabase Latest(params IEnumerable<Assembly> assemblies) =>
        Latest(new MigratedDatabaseOptions { Assemblies = [.. assemblies] });

    /// <inheritdoc cref="Latest(IEnumerable{Assembly})"/>
    /// <param name="options">Which migrations, and where.</param>
    public static MigratedDatabase Latest(MigratedDatabaseOptions options)
    {
        MigrationSet set = MigrationSet.Of(options);
        return Make(set, set.Newest);
    }

    /// <summary>Migrates to a version, up or down.</summary>
    /// <param name="version">The version of a migration, or 0 to take everything back.</param>
    public UpgradeResult MigrateTo(long version)
    {
        using DatabaseMigrator migrator = MigrationSet.CreateMigrator(migrations.Options, ConnectionString);
        return migrator.MigrateToAsync(version).GetAwaiter().GetResult();
    }

    /// <summary>Applies what is pending, in all modules.</summary>
    public UpgradeResult MigrateToLatest()
    {
        using DatabaseMigrator migrator = MigrationSet.CreateMigrator(migrations.Options, ConnectionString);
        return migrator.UpgradeAsync().GetAwaiter().GetResult();
    }

    /// <summary>Opens another connection to the database, which the caller closes. It is not pooled.</summary>
    public SqliteConnection Open()
    {
        SqliteConnection connection = new(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Closes the connection and deletes the database.</summary>
    public void Dispose() => Connection.Dispose();

    internal static MigratedDatabase Make(MigrationSet migrations, long version)
    {
        MigratedDatabase database = new(migrations, new SqliteConnection($"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared;Pooling=False"));
        database.Connection.Open();
        if (version != 0)
        {
            database.MigrateTo(version);
        }

        return database;
    }
}
