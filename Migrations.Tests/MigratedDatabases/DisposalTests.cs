using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Testing;
using Migrations.Testing.Databases;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.MigratedDatabases;

/// <summary>What is left of a database when its test is over.</summary>
public sealed class DisposalTests
{
    private static readonly Assembly Migrations =
        EmittedAssembly.Of(new EmittedStep(1, m => m.Create.Table("t").WithColumn("id").AsInt64(), m => m.Delete.Table("t")));

    [Test]
    public void Nothing_is_left_of_a_file([Values] bool isUsed)
    {
        using DatabaseFolder folder = new();
        MigratedDatabase database = MigratedDatabase.Latest(InFile(folder.Folder));
        string path = database.Path!;
        Assert.That(File.Exists(path));
        if (isUsed)
        {
            // A log, its index, the lock of an upgrade, and whatever the application keeps beside its database.
            database.Connection.Execute("PRAGMA journal_mode = WAL");
            database.MigrateTo(0);
            database.Connection.Execute("CREATE TABLE mine (a); BEGIN; INSERT INTO mine VALUES (1)");
            File.WriteAllText(path + ".settings", "");
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Has.Length.GreaterThan(4));
        }

        database.Dispose();
        database.Dispose();

        Assert.That(Directory.GetFileSystemEntries(folder.Folder), Is.Empty);
    }

    [Test]
    public void Nothing_is_left_in_memory()
    {
        MigratedDatabase database = MigratedDatabase.Latest(Migrations);
        string connectionString = database.ConnectionString;
        Assert.That(Tables(connectionString), Contains.Item("t"));
        Assert.That(database.Path, Is.Null);

        database.Dispose();
        database.Dispose();

        Assert.That(Tables(connectionString), Is.Empty);
    }

    [Test]
    public void Connection_that_is_still_open_is_no_error([Values] DatabaseStorage storage)
    {
        using DatabaseFolder folder = new();
        MigratedDatabase database = MigratedDatabase.Latest(new MigratedDatabaseOptions { Assemblies = [Migrations], Storage = storage, Folder = folder.Folder });
        using SqliteConnection open = database.Open();

        database.Dispose();

        Assert.That(open.Rows("SELECT * FROM t"), Is.Empty);
        open.Dispose();
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(Directory.GetFileSystemEntries(folder.Folder), Is.Empty);
        }
    }

    [Test]
    public void Database_that_is_disposed_of_says_so([Values] DatabaseStorage storage)
    {
        MigratedDatabase database = MigratedDatabase.Latest(new MigratedDatabaseOptions { Assemblies = [Migrations], Storage = storage });
        database.Dispose();

        Assert.That(database.Open, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.Version, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.MigrateTo(0), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(database.MigrateToLatest, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Nothing_is_left_where_making_it_failed([Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20)] int opening)
    {
        using DatabaseFolder folder = new();
        int opened = 0;
        bool fails = true;
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [Migrations],
            Storage = DatabaseStorage.TemporaryFile,
            Folder = folder.Folder,
            Configure = asked => asked.ConnectionOpened = _ =>
            {
                if (++opened == opening && fails)
                {
                    throw new InvalidOperationException("The hook fails.");
                }
            },
        };

        while (true)
        {
            try
            {
                using MigratedDatabase database = MigratedDatabase.Latest(options);
                break;
            }
            catch (Exception e) when (opened == opening)
            {
                Assert.That(e.GetBaseException().Message, Is.EqualTo("The hook fails."));
                Assert.That(Directory.GetFileSystemEntries(folder.Folder), Is.Empty);
                fails = false;
            }
        }

        Assert.That(Directory.GetFileSystemEntries(folder.Folder), Is.Empty);
    }

    [Test]
    public void Folder_is_made_where_it_is_missing()
    {
        using DatabaseFolder folder = new();
        string missing = Path.Combine(folder.Folder, "a", "b");

        using MigratedDatabase database = MigratedDatabase.Latest(InFile(missing));

        Assert.That(database.Path, Does.StartWith(missing));
    }

    [Test]
    public void Folder_of_a_process_that_died_is_deleted_after_an_hour()
    {
        using DatabaseFolder folder = new();
        using MigratedDatabase alive = MigratedDatabase.Latest(InFile(folder.Folder));
        string used = Age(Path.GetDirectoryName(alive.Path)!, hours: 48);
        string dead = Age(Abandoned(folder.Folder, "1", hasOwner: true), hours: 2);
        string halfMade = Age(Abandoned(folder.Folder, "2", hasOwner: false), hours: 2);
        string young = Age(Abandoned(folder.Folder, "3", hasOwner: false), hours: 0.5);
        string foreign = Age(Directory.CreateDirectory(Path.Combine(folder.Folder, "mine")).FullName, hours: 48);

        AbandonedFolders.Delete(folder.Folder);

        Assert.That(new[] { used, dead, halfMade, young, foreign }.Select(Directory.Exists), Is.EqualTo([true, false, false, true, true]));
        Assert.That(alive.Version, Is.EqualTo(1));
    }

    private static MigratedDatabaseOptions InFile(string folder) =>
        new() { Assemblies = [Migrations], Storage = DatabaseStorage.TemporaryFile, Folder = folder };

    private static string Abandoned(string parent, string name, bool hasOwner)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(parent, TemporaryFolder.Prefix + name));
        File.WriteAllText(Path.Combine(folder.FullName, hasOwner ? TemporaryFolder.OwnerFile : "test.db"), "");
        return folder.FullName;
    }

    private static string Age(string folder, double hours)
    {
        Directory.SetLastWriteTimeUtc(folder, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-hours));
        return folder;
    }

    private static IEnumerable<object?> Tables(string connectionString)
    {
        using SqliteConnection connection = new(connectionString);
        connection.Open();
        return connection.Rows("SELECT name FROM sqlite_schema WHERE type = 'table'").Select(row => row[0]);
    }
}
