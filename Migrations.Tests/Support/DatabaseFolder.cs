using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using SQLitePCL;

namespace Migrations.Tests.Support;

/// <summary>A database in a folder of a test's own, with what is seen of it from outside.</summary>
internal sealed class DatabaseFolder : IDisposable
{
    /// <summary>SQLITE_DBCONFIG_DEFENSIVE, which keeps everybody from editing the schema's text.</summary>
    public const int Defensive = 1010;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-");

    public string Folder => folder.FullName;

    public string Path => System.IO.Path.Combine(folder.FullName, "app.db");

    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Path, ForeignKeys = true, Pooling = false }.ToString();

    public SqliteConnection Open()
    {
        SqliteConnection connection = new(ConnectionString);
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using SqliteConnection connection = Open();
        connection.Execute(sql);
    }

    public IReadOnlyList<object?[]> Rows(string sql)
    {
        using SqliteConnection connection = Open();
        return connection.Rows(sql);
    }

    /// <summary>A migrator of the application's own migrations, without backups unless <paramref name="configure"/> switches them on.</summary>
    public DatabaseMigrator Migrator(Assembly assembly, Action<DatabaseMigratorOptions>? configure = null) => Migrator(options =>
    {
        options.Assemblies.Add(assembly);
        configure?.Invoke(options);
    });

    public DatabaseMigrator Migrator(Action<DatabaseMigratorOptions> configure)
    {
        DatabaseMigratorOptions options = new() { ConnectionString = ConnectionString, Backup = { Enabled = false } };
        configure(options);
        return DatabaseMigrator.Create(options);
    }

    public UpgradePlan Plan(params EmittedStep[] steps)
    {
        using DatabaseMigrator migrator = Migrator(EmittedAssembly.Of(steps));
        return migrator.Plan();
    }

    /// <summary>Every statement that SQLite runs on a connection from now on.</summary>
    public static void Trace(SqliteConnection connection, List<string> statements)
    {
        strdelegate_trace trace = (_, statement) => statements.Add(statement);
        raw.sqlite3_trace(connection.Handle, trace, null);
    }

    /// <summary>Each file in the folder with its time and content.</summary>
    public IReadOnlyList<string> State() =>
    [
        .. folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => $"{file.Name} {file.LastWriteTimeUtc:O} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Content(file)))}"),
    ];

    public void Dispose() => folder.Delete(recursive: true);

    private static byte[] Content(FileInfo file)
    {
        using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
