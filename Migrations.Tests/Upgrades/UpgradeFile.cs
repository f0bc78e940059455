using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner;
using Migrations.Tests.Support;

namespace Migrations.Tests.Upgrades;

/// <summary>A folder of one test's own with a database that need not be there yet.</summary>
internal sealed class UpgradeFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-upgrade-");

    /// <summary>Spaces and quotes in a path must not matter.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "it's a test.db");

    public string Folder => folder.FullName;

    public string ConnectionString => ConnectionStringOf(Path);

    /// <summary>The files in the folder, without their path.</summary>
    public IEnumerable<string> Files => folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    public static string ConnectionStringOf(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = TestDatabase.EnforcesForeignKeys,
    }.ToString();

    public DatabaseMigrator Migrator(Assembly assembly, Action<DatabaseMigratorOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        DatabaseMigratorOptions options = new() { ConnectionString = ConnectionString, BusyTimeout = TimeSpan.FromSeconds(5) };
        options.Assemblies.Add(assembly);
        configure?.Invoke(options);
        return DatabaseMigrator.Create(options, loggers);
    }

    /// <summary>Upgrades with a migrator of its own.</summary>
    public async Task<UpgradeResult> UpgradeAsync(MigrationAssembly migrations, Action<DatabaseMigratorOptions>? configure = null)
    {
        await using DatabaseMigrator migrator = Migrator(migrations.Build(), configure);
        return await migrator.UpgradeAsync();
    }

    /// <summary>A connection as a test has it: unpooled.</summary>
    public SqliteConnection Open()
    {
        SqliteConnection connection = new(ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using SqliteConnection connection = Open();
        connection.Execute(sql);
    }

    public T Scalar<T>(string sql)
    {
        using SqliteConnection connection = Open();
        return connection.Scalar<T>(sql);
    }

    public DatabaseSnapshot Snapshot()
    {
        using SqliteConnection connection = Open();
        return DatabaseSnapshot.Of(connection);
    }

    /// <summary>The applied versions of the application's own migrations.</summary>
    public IReadOnlyList<long> Applied()
    {
        using SqliteConnection connection = Open();
        return [.. connection.Rows("SELECT Version FROM VersionInfo ORDER BY Version").Select(row => (long)row[0]!)];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
