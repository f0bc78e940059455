using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Testing;

namespace Migrations.Tests.MigratedDatabases;

/// <summary>A database that a migrator itself brings to a version, in the same storage.</summary>
internal sealed class Migrated : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-");

    public Migrated(MigratedDatabaseOptions options, long version)
    {
        string connectionString = options.Storage == DatabaseStorage.Memory
            ? string.Create(CultureInfo.InvariantCulture, $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared;Pooling=False")
            : $"Data Source={Path.Combine(folder.FullName, "migrated.db")};Pooling=False";
        DatabaseMigratorOptions asked = new() { ConnectionString = connectionString, Backup = { Enabled = false } };
        foreach (Assembly assembly in options.Assemblies)
        {
            asked.Assemblies.Add(assembly);
        }

        options.Configure?.Invoke(asked);
        Connection = new(connectionString);
        Connection.Open();
        using DatabaseMigrator migrator = DatabaseMigrator.Create(asked);
        migrator.MigrateToAsync(version).GetAwaiter().GetResult();
    }

    public SqliteConnection Connection { get; }

    public void Dispose()
    {
        Connection.Dispose();
        folder.Delete(recursive: true);
    }
}
