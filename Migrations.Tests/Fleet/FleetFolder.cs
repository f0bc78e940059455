using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Runner;
using Migrations.Runner.Fleet;
using Migrations.Tests.Support;

namespace Migrations.Tests.Fleet;

/// <summary>A folder with databases at version 2, each with rows of its own, and the migrations that lead there and on.</summary>
internal sealed class FleetFolder : IDisposable
{
    private static readonly EmittedStep[] Start =
    [
        EmittedStep.Sql(1, "CREATE TABLE user (id INTEGER PRIMARY KEY, email TEXT, note TEXT)", "DROP TABLE user"),
        EmittedStep.Sql(2, "ALTER TABLE user ADD COLUMN quota INTEGER NOT NULL DEFAULT 5", "ALTER TABLE user DROP COLUMN quota"),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-fleet-");

    public FleetFolder(params EmittedStep[] further)
    {
        Migrations = EmittedAssembly.Of([.. Start, .. further]);
        Options = new()
        {
            Migrator = new() { ConnectionString = "Data Source=fleet.db;Foreign Keys=True", BusyTimeout = TimeSpan.FromSeconds(1), Assemblies = { Migrations } },
            Parallel = 2,
        };
    }

    public Assembly Migrations { get; }

    public FleetOptions Options { get; init; }

    public string Root => folder.FullName;

    public ImmutableArray<string> Files => FleetFiles.Find(["*.db"], Root).Files;

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Adds databases at version 2.</summary>
    public FleetFolder With(params string[] names)
    {
        foreach (string name in names)
        {
            using (DatabaseMigrator migrator = DatabaseMigrator.Create(ConnectionString(Path(name)), EmittedAssembly.Of(Start)))
            {
                migrator.UpgradeAsync().GetAwaiter().GetResult();
            }

            Execute(name, $"INSERT INTO user (email, quota) VALUES ('{name}', 7), ('other', 8)");
        }

        return this;
    }

    public SqliteConnection Open(string name)
    {
        SqliteConnection connection = new(ConnectionString(Path(name)));
        connection.Open();
        return connection;
    }

    public void Execute(string name, string sql)
    {
        using SqliteConnection connection = Open(name);
        connection.Execute(sql);
    }

    public DatabaseSnapshot Snapshot(string name)
    {
        using SqliteConnection connection = Open(name);
        return DatabaseSnapshot.Of(connection);
    }

    /// <summary>The newest applied version, as SQLite reads it.</summary>
    public long Version(string name)
    {
        using SqliteConnection connection = Open(name);
        return connection.Scalar<long>("SELECT max(Version) FROM VersionInfo");
    }

    public Task<ImmutableArray<FleetResult>> RunAsync(
        FleetOptions? options = null, Action<int, FleetResult>? ended = null, ImmutableArray<string> files = default, CancellationToken cancellationToken = default) =>
        new FleetRun(options ?? Options, NullLoggerFactory.Instance, ended ?? ((_, _) => { })).RunAsync(files.IsDefault ? Files : files, cancellationToken);

    /// <summary>Each file's name and outcome.</summary>
    public static IEnumerable<string> Outcomes(ImmutableArray<FleetResult> results) =>
        results.Select(result => $"{System.IO.Path.GetFileName(result.File)} {result.Outcome}");

    public void Dispose() => folder.Delete(recursive: true);

    private static string ConnectionString(string path) => new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
}
