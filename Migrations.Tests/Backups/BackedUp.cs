using MailServer;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;
using Migrations.Tests.Runner;
using Migrations.Tests.Support;

namespace Migrations.Tests.Backups;

/// <summary>A database file of one test's own in a folder of its own, and the backups of it.</summary>
internal sealed class BackedUp : IDisposable
{
    public const string Sql = """
        PRAGMA user_version = 7;
        PRAGMA application_id = 4711;
        CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL, b);
        CREATE INDEX t_a ON t(a);
        CREATE TABLE keyed(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
        CREATE VIEW v AS SELECT a FROM t;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
        INSERT INTO t(a, b) SELECT 'row ' || i, zeroblob(100) FROM n;
        INSERT INTO keyed SELECT a, id FROM t WHERE id < 50;
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-backup-");

    public BackedUp(JournalMode journal = JournalMode.Wal, string before = "", string sql = Sql)
    {
        using SqliteConnection connection = Open();
        connection.Execute(before);
        connection.Execute($"PRAGMA journal_mode = {journal}");
        connection.Execute(sql);
    }

    public string Folder => folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "test.db");

    public DatabaseMigratorOptions Options { get; } = new() { BusyTimeout = TimeSpan.FromSeconds(1) };

    public LogLines Log { get; } = new();

    /// <summary>Steps of one page, so that there are many places to stop.</summary>
    public CopySettings Copying { get; set; } = new() { PagesPerStep = 1 };

    public DatabaseFile File => new(ConnectionString, Options.BusyTimeout, Options.ConnectionOpened);

    public BackupFolder Backups
    {
        get
        {
            Options.ConnectionString = ConnectionString;
            return new(MigratorSettings.Of(Options), File, new LoggerFactory([Log]), Copying);
        }
    }

    /// <summary>All files but the lock, by name, in order.</summary>
    public IReadOnlyList<string> Files =>
        [.. folder.GetFiles("*", SearchOption.AllDirectories).Select(file => file.Name).Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private string ConnectionString => $"Data Source={Path}";

    /// <summary>A connection of somebody else.</summary>
    public SqliteConnection Open(string? path = null)
    {
        SqliteConnection connection = new($"Data Source={path ?? Path};Pooling=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    /// <summary>A migrator of the database, with the mail server's migrations.</summary>
    public DatabaseMigrator CreateMigrator()
    {
        Options.ConnectionString = ConnectionString;
        if (Options.Assemblies.Count == 0)
        {
            Options.Assemblies.Add(typeof(RevisionAttribute).Assembly);
        }

        return DatabaseMigrator.Create(Options);
    }

    public void Execute(string sql)
    {
        using SqliteConnection connection = Open();
        connection.Execute(sql);
    }

    public DatabaseSnapshot Snapshot(string? path = null)
    {
        using SqliteConnection connection = Open(path);
        return DatabaseSnapshot.Of(connection);
    }

    public DatabaseBackup Make(string? path = null, Action<UpgradeProgress>? progress = null, CancellationToken cancellationToken = default, params ModuleVersion[] versions) =>
        Backups.Make(versions.Length == 0 ? [new("", 33)] : versions, path, progress ?? (_ => { }), cancellationToken);

    public void Restore(DatabaseBackup backup, Action<UpgradeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Backups.Restore(backup, progress ?? (_ => { }), cancellationToken);

    /// <summary>Overwrites bytes of a file that nobody has open.</summary>
    public static void Overwrite(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Write);
        stream.Position = offset;
        stream.Write(bytes);
    }

    /// <summary>What the names of backups in a folder of another name begin with.</summary>
    public string StemIn(string folder) => BackupStem.Of(File, In(folder));

    public string In(params string[] names) => System.IO.Path.Combine([Folder, .. names]);

    public void Dispose() => folder.Delete(recursive: true);
}
