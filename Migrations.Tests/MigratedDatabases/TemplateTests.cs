using System.Reflection;
using System.Runtime.Loader;
using MailServer.Revisions;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Testing;
using Migrations.Testing.Databases;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.MigratedDatabases;

/// <summary>How often migrations run for the databases of many tests.</summary>
public sealed class TemplateTests
{
    private static readonly Action<DatabaseMigratorOptions> Nothing = _ => { };

    [Test]
    public void Migrations_run_once_for_many_databases_at_the_same_time([Values] DatabaseStorage storage)
    {
        int runs = 0;
        MigratedDatabaseOptions options = Options(storage, Counting(1, () => Interlocked.Increment(ref runs)));

        long[] versions = InParallel(16, () =>
        {
            using MigratedDatabase database = MigratedDatabase.Latest(options);
            return database.Version;
        });

        Assert.That(versions, Is.All.EqualTo(1));
        Assert.That(runs, Is.EqualTo(1));
    }

    [Test]
    public void Version_goes_on_from_the_one_below_that_is_there([Values] DatabaseStorage storage)
    {
        int[] runs = new int[4];
        MigratedDatabaseOptions options = Options(storage, [.. Enumerable.Range(1, 3).Select(i => Counting(i, () => runs[i]++))]);

        foreach (long version in (long[])[2, 3, 2, 1, 3])
        {
            using MigratedDatabase database = MigratedDatabase.At(version, options);
            Assert.That(database.Version, Is.EqualTo(version));
        }

        Assert.That(runs, Is.EqualTo([0, 2, 1, 1]), "version 1 was asked for when only versions above it were there");
    }

    [Test]
    public void Newest_version_and_latest_are_one_template()
    {
        int runs = 0;
        MigratedDatabaseOptions options = Options(DatabaseStorage.Memory, Counting(1, () => runs++));

        MigratedDatabase.At(1, options).Dispose();
        MigratedDatabase.Latest(options).Dispose();
        MigratedDatabase.Latest(options.Assemblies).Dispose();

        Assert.That(runs, Is.EqualTo(1));
    }

    [Test]
    public void Migration_that_fails_fails_every_waiting_test_and_runs_again_for_the_next([Values] DatabaseStorage storage)
    {
        int runs = 0;
        using ManualResetEventSlim isRunning = new();
        using ManualResetEventSlim goOn = new();
        using DatabaseFolder folder = new();
        EmittedStep step = Counting(1, () =>
        {
            isRunning.Set();
            goOn.Wait();
            if (++runs == 1)
            {
                throw new InvalidOperationException("not yet");
            }
        });
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of(step)], Storage = storage, Folder = folder.Folder };

        Exception?[] errors = new Exception?[8];
        Thread[] threads = [.. Enumerable.Range(0, errors.Length).Select(i => new Thread(() => errors[i] = Error(options)))];
        Array.ForEach(threads, thread => thread.Start());
        isRunning.Wait();
        Assert.That(() => threads.Count(thread => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin)), Is.EqualTo(threads.Length).After(10_000, 5));
        goOn.Set();
        Array.ForEach(threads, thread => thread.Join());

        Assert.That(errors, Is.All.TypeOf<UpgradeFailedException>());
        Assert.That(errors.Select(error => error!.GetBaseException().Message), Is.All.EqualTo("not yet"));
        Assert.That(runs, Is.EqualTo(1));
        Assert.That(Directory.GetFileSystemEntries(folder.Folder), Is.Empty);
        using MigratedDatabase database = MigratedDatabase.Latest(options);
        Assert.That(database.Version, Is.EqualTo(1));
        Assert.That(runs, Is.EqualTo(2));
    }

    [Test]
    public void Maintenance_and_services_keep_a_version_from_going_on_from_another()
    {
        int[] runs = new int[3];
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [EmittedAssembly.Of(Counting(1, () => runs[1]++), Counting(2, () => runs[2]++))],
            Configure = asked => asked.ConfigureRunner = _ => { },
        };

        MigratedDatabase.At(1, options).Dispose();
        MigratedDatabase.At(2, options).Dispose();

        Assert.That(runs, Is.EqualTo([0, 2, 1]));
    }

    [Test]
    public void Equal_settings_share_a_template_and_others_do_not()
    {
        int runs = 0;
        Assembly assembly = EmittedAssembly.Of(Counting(1, () => runs++));
        List<int> counts = [];
        foreach (string tag in (string[])["a", "b", "a"])
        {
            MigratedDatabase.Latest(new MigratedDatabaseOptions { Assemblies = [assembly], Configure = asked => asked.Tags.Add(tag) }).Dispose();
            counts.Add(runs);
        }

        foreach (Action<SqliteConnection> hook in (Action<SqliteConnection>[])[Hook, Hook, _ => counts.Clear(), _ => counts.Capacity++])
        {
            MigratedDatabase.Latest(new MigratedDatabaseOptions { Assemblies = [assembly], Configure = asked => asked.ConnectionOpened = hook }).Dispose();
        }

        Assert.That(counts, Is.Empty, "the third hook has run");
        Assert.That(runs, Is.EqualTo(5), "two tags, three hooks");

        static void Hook(SqliteConnection connection)
        {
        }
    }

    [Test]
    public void Assembly_that_is_loaded_twice_is_two()
    {
        Assembly own = typeof(R00_InitialSchema).Assembly;
        AssemblyLoadContext context = new("twice", isCollectible: true);
        Assembly other = context.LoadFromAssemblyPath(own.Location);

        MigrationSet ours = MigrationSet.Of(new() { Assemblies = [own] });
        MigrationSet theirs = MigrationSet.Of(new() { Assemblies = [other] });

        Assert.That(theirs.Shelf, Is.Not.SameAs(ours.Shelf));
        Assert.That(theirs.Migrations.Select(known => known.Type.Assembly), Is.All.SameAs(other));
        Assert.That(MigrationSet.Of(new() { Assemblies = [own], Configure = Nothing }).Shelf, Is.SameAs(ours.Shelf));
        context.Unload();
    }

    [Test]
    public void Modules_that_come_before_are_at_their_newest_and_those_after_only_at_the_latest([Values] DatabaseStorage storage)
    {
        Assembly before = EmittedAssembly.Of(Table(1, "b1"), Table(2, "b2"));
        Assembly after = EmittedAssembly.Of(Table(1, "a1"));
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [EmittedAssembly.Of(Table(10, "o10"), Table(20, "o20"))],
            Storage = storage,
            Configure = asked => asked.Modules.Add("After", after, "").Add("Before", before),
        };

        Assert.That(Tables(0), Is.EqualTo(["b1", "b2"]));
        Assert.That(Tables(10), Is.EqualTo(["b1", "b2", "o10"]));
        Assert.That(Tables(20), Is.EqualTo(["b1", "b2", "o10", "o20"]));
        using MigratedDatabase latest = MigratedDatabase.Latest(options);
        Assert.That(Names(latest), Is.EqualTo(["a1", "b1", "b2", "o10", "o20"]));
        using MigratedDatabase first = MigratedDatabase.At(10, options);
        first.MigrateToLatest();
        Assert.That(Names(first), Is.EqualTo(["a1", "b1", "b2", "o10", "o20"]));

        IEnumerable<object?> Tables(long version)
        {
            using MigratedDatabase database = MigratedDatabase.At(version, options);
            Assert.That(database.Version, Is.EqualTo(version));
            return Names(database);
        }
    }

    [Test]
    public void Modules_alone_have_a_latest_version_only()
    {
        MigratedDatabaseOptions options = new() { Configure = asked => asked.Modules.Add("Library", typeof(R00_InitialSchema).Assembly) };

        using MigratedDatabase database = MigratedDatabase.Latest(options);

        Assert.That(database.Connection.Scalar<long>("SELECT count(*) FROM user"), Is.Zero);
        Assert.That(database.Version, Is.Zero);
        Assert.That(() => MigratedDatabase.At(0, options), Throws.ArgumentException.With.Message.Contains("\"Library\""));
    }

    [Test]
    public void Hook_that_attaches_a_database_makes_migrations_run_for_each([Values] DatabaseStorage storage)
    {
        int runs = 0;
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [EmittedAssembly.Of(Counting(1, () => runs++))],
            Storage = storage,
            Configure = asked => asked.ConnectionOpened = Attach,
        };

        for (int i = 0; i < 2; i++)
        {
            using MigratedDatabase database = MigratedDatabase.Latest(options);
            Assert.That(database.Version, Is.EqualTo(1));
        }

        Assert.That(runs, Is.EqualTo(3), "once to find out");

        static void Attach(SqliteConnection connection) => connection.Execute("ATTACH ':memory:' AS other");
    }

    // The bundled library knows no encryption. What one that does says of a file with another key is all that counts here.
    [Test]
    public void File_that_its_hook_does_not_take_for_a_database_is_migrated_itself()
    {
        int runs = 0;
        HashSet<string> own = [];
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [EmittedAssembly.Of(Counting(1, () => runs++))],
            Storage = DatabaseStorage.TemporaryFile,
            Configure = asked => asked.ConnectionOpened = connection =>
            {
                if (!File.Exists(connection.DataSource) || new FileInfo(connection.DataSource).Length == 0)
                {
                    own.Add(connection.DataSource);
                }
                else if (!own.Contains(connection.DataSource))
                {
                    throw new SqliteException("file is not a database", raw.SQLITE_NOTADB);
                }
            },
        };

        using MigratedDatabase database = MigratedDatabase.Latest(options);

        Assert.That(database.Version, Is.EqualTo(1));
        Assert.That(runs, Is.EqualTo(2));
    }

    private static MigratedDatabaseOptions Options(DatabaseStorage storage, params EmittedStep[] steps) =>
        new() { Assemblies = [EmittedAssembly.Of(steps)], Storage = storage };

    // Up is asked for what it says more often than it is run; the delegate is called when the rest has been run.
    private static EmittedStep Counting(int version, Action run) => new(version, m =>
    {
        m.Create.Table($"t{version}").WithColumn("id").AsInt64();
        m.Execute.WithConnection((_, _) => run());
    });

    private static EmittedStep Table(long version, string name) => new(version, m => m.Create.Table(name).WithColumn("id").AsInt64());

    private static IEnumerable<object?> Names(MigratedDatabase database) => database.Connection
        .Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%Version%' ORDER BY 1").Select(row => row[0]);

    private static Exception? Error(MigratedDatabaseOptions options)
    {
        try
        {
            MigratedDatabase.Latest(options).Dispose();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static T[] InParallel<T>(int count, Func<T> work)
    {
        T[] results = new T[count];
        using Barrier start = new(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            results[i] = work();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return results;
    }
}
