using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.Files;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Status;

/// <summary>A file of one test's own in a folder of its own, with no connection open; and the application's migrations 1 and 2.</summary>
internal sealed class StatusDatabase : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-status-");

    public StatusDatabase()
    {
        Options.ConnectionString = $"Data Source={Path}";
        Options.Assemblies.Add(new StatedTypes(typeof(AwkwardMigrations.Plain), typeof(AwkwardMigrations.Described)));
    }

    public string Folder => folder.FullName;

    public string Path => System.IO.Path.Combine(folder.FullName, "app.db");

    public DatabaseMigratorOptions Options { get; } = new();

    public DatabaseFile File => new(Options.ConnectionString, Options.BusyTimeout, Options.ConnectionOpened);

    public DatabaseStatus Status
    {
        get
        {
            using DatabaseMigrator migrator = DatabaseMigrator.Create(Options);
            return migrator.GetStatus();
        }
    }

    /// <summary>The status' message, with "app.db" for the path.</summary>
    public string Message => Status.Message.Replace(Path, "app.db", StringComparison.Ordinal);

    /// <summary>The names of all files in the folder.</summary>
    public IEnumerable<string> Files => folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    public ModuleVersion[]? ReadUpToDate() => new StatusReader(MigratorSettings.Of(Options), File).ReadUpToDate();

    /// <summary>Runs SQL on a connection that is closed again.</summary>
    public StatusDatabase Execute(string sql)
    {
        using SqliteConnection connection = Open();
        connection.Execute(sql);
        return this;
    }

    public SqliteConnection Open()
    {
        SqliteConnection connection = new($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>A version table as FluentMigrator makes it, with these versions.</summary>
    public StatusDatabase AddHistory(string table, params long[] versions)
    {
        Execute($"""CREATE TABLE "{table}" ("Version" INTEGER NOT NULL, "AppliedOn" DATETIME, "Description" TEXT)""");
        foreach (long version in versions)
        {
            Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO \"{table}\" VALUES ({version}, '2026-01-01T00:00:00', 'was {version}')"));
        }

        return this;
    }

    public StatusDatabase AddHistory(params long[] versions) => AddHistory("VersionInfo", versions);

    /// <summary>Sets the rights, which are octal numbers, of the folder and of the files in it.</summary>
    public void Allow(string ofFolder, string ofFiles)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Rights are Unix rights: skipped");
            return;
        }

        foreach (FileInfo file in folder.EnumerateFiles())
        {
            file.UnixFileMode = (UnixFileMode)Convert.ToInt32(ofFiles, 8);
        }

        folder.UnixFileMode = (UnixFileMode)Convert.ToInt32(ofFolder, 8);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
