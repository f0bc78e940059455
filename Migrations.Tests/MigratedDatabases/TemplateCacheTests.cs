using System.Reflection;
using System.Runtime.Loader;
using FluentMigrator;
using MailServer.Revisions;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Testing;
using Migrations.Testing.Databases;
using Migrations.Testing.Templates;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.MigratedDatabases;

/// <summary>Templates in a folder that processes share. A process that begins anew is one that has forgotten its templates.</summary>
public sealed class TemplateCacheTests
{
    private int runs;

    [SetUp]
    public void Count() => runs = 0;

    [Test]
    public void Next_process_finds_what_the_migrations_have_made([Values] DatabaseStorage storage, [Values(TransactionBehavior.Default, TransactionBehavior.None)] TransactionBehavior behaviour)
    {
        using DatabaseFolder folder = new();
        MigratedDatabaseOptions options = Options(folder, storage, Counting(behaviour));
        DatabaseSnapshot first = Snapshot(options);
        TemplateShelves.Forget(options.Assemblies[0]);

        DatabaseSnapshot second = Snapshot(options);

        Assert.That(runs, Is.EqualTo(1));
        Assert.That(first.Pragmas["journal_mode"], Is.EqualTo(storage == DatabaseStorage.Memory ? "memory" : behaviour == TransactionBehavior.None ? "wal" : "delete"));
        second.AssertSameAs(first);
        Assert.That(Files(folder), Has.Length.EqualTo(1).And.All.EndsWith("-1.template"));
    }

    [Test]
    public void Same_file_that_is_loaded_twice_is_made_once()
    {
        using DatabaseFolder folder = new();
        Assembly own = typeof(R00_InitialSchema).Assembly;
        Assembly again = new AssemblyLoadContext("again").LoadFromAssemblyPath(own.Location);
        DatabaseSnapshot first = Snapshot(new() { Assemblies = [own], CacheFolder = folder.Folder });
        DateTime written = File.GetLastWriteTimeUtc(Files(folder).Single());

        DatabaseSnapshot second = Snapshot(new() { Assemblies = [again], CacheFolder = folder.Folder });

        second.AssertSameAs(first);
        Assert.That(Files(folder), Has.Length.EqualTo(1));
        Assert.That(File.GetLastWriteTimeUtc(Files(folder)[0]), Is.EqualTo(written));
    }

    [TestCaseSource(nameof(Damages))]
    public void Damaged_file_is_made_anew(Action<string> damage)
    {
        using DatabaseFolder folder = new();
        MigratedDatabaseOptions options = Options(folder, DatabaseStorage.Memory, Counting());
        DatabaseSnapshot first = Snapshot(options);
        string file = Files(folder).Single();
        byte[] whole = File.ReadAllBytes(file);
        damage(file);
        TemplateShelves.Forget(options.Assemblies[0]);

        DatabaseSnapshot second = Snapshot(options);

        second.ExceptColumns("VersionInfo", "AppliedOn").ExceptColumns("__VersionHistory", "RecordedOn")
            .AssertSameAs(first.ExceptColumns("VersionInfo", "AppliedOn").ExceptColumns("__VersionHistory", "RecordedOn"));
        Assert.That(runs, Is.EqualTo(2));
        Assert.That(File.ReadAllBytes(file), Has.Length.EqualTo(whole.Length));
        TemplateShelves.Forget(options.Assemblies[0]);
        MigratedDatabase.Latest(options).Dispose();
        Assert.That(runs, Is.EqualTo(2));
    }

    [Test]
    public void Many_that_write_and_read_one_file_meet_whole_files_only()
    {
        using DatabaseFolder folder = new();
        List<Exception> told = [];
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of(Counting())], CacheFolder = folder.Folder, CacheFailed = told.Add };
        Template template = TemplateBuild.Run(MigrationSet.Of(options), 1, Template.Empty);
        byte[] pages = template.Pages.ToArray();
        TemplateCache.Of(MigrationSet.Of(options))!.Write(1, template); // It has a key.
        int found = 0;
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            TemplateCache cache = TemplateCache.Of(MigrationSet.Of(options))!; // It has a key.
            for (int round = 0; round < 20; round++)
            {
                if (i % 2 == 0)
                {
                    cache.Write(1, template);
                }
                else if (cache.Read(1) is { } read)
                {
                    Interlocked.Increment(ref found);
                    Interlocked.Add(ref wrong, read.Pages.SequenceEqual(pages) ? 0 : 1);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.That(told, Is.Empty);
        Assert.That(wrong, Is.Zero);
        Assert.That(TemplateCache.Of(MigrationSet.Of(options))!.Read(1), Is.Not.Null); // It has a key.
        Assert.That(found, Is.Positive);
        Assert.That(Files(folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void File_of_other_migrations_is_not_taken_whatever_its_name()
    {
        using DatabaseFolder folder = new();
        MigratedDatabaseOptions other = Options(folder, DatabaseStorage.Memory, new EmittedStep(1, m => m.Create.Table("other").WithColumn("id").AsInt64()));
        MigratedDatabase.Latest(other).Dispose();
        string foreign = Files(folder).Single();
        MigratedDatabaseOptions options = Options(folder, DatabaseStorage.Memory, Counting());
        MigratedDatabase.Latest(options).Dispose();
        File.Copy(foreign, Files(folder).Single(file => file != foreign), overwrite: true);
        TemplateShelves.Forget(options.Assemblies[0]);

        using MigratedDatabase database = MigratedDatabase.Latest(options);

        Assert.That(database.Connection.Rows("SELECT * FROM t"), Is.Not.Empty);
        Assert.That(runs, Is.EqualTo(2));
    }

    [Test]
    public void Key_changes_with_everything_that_bears_on_what_is_made()
    {
        Assembly assembly = EmittedAssembly.Of(Counting());
        Assembly other = EmittedAssembly.Of(Counting());
        ContentKey?[] keys =
        [
            Key(_ => { }), Key(asked => asked.Tags.Add("a")), Key(asked => asked.Tags.Add("b")), Key(asked => asked.ApplicationId = 5), Key(asked => asked.Mode = Core.RebuildMode.AlwaysCopy),
            Key(asked => asked.Modules.Add("m", other)), Key(asked => asked.Modules.Add("n", other)), Key(asked => asked.ConnectionOpened = _ => { }),
            Key(asked => asked.ConfigureRunner = _ => { }), Key(asked => asked.ConnectionString += ";Foreign Keys=False"), Key(_ => { }, DatabaseStorage.TemporaryFile),
            ContentKey.Of(Asked(other, _ => { }), DatabaseStorage.Memory),
        ];

        Assert.That(keys, Is.Unique.And.None.Null);
        Assert.That(keys.Select(key => key!.Content), Is.Unique);
        Assert.That(Key(_ => { }), Is.EqualTo(keys[0]));
        Assert.That(keys[3]!.Set, Is.EqualTo(keys[0]!.Set), "another state of the same set");

        ContentKey? Key(Action<DatabaseMigratorOptions> configure, DatabaseStorage storage = DatabaseStorage.Memory) => ContentKey.Of(Asked(assembly, configure), storage);
    }

    [Test]
    public void What_another_process_can_not_know_is_not_kept()
    {
        int state = 0;
        Assembly assembly = EmittedAssembly.Of(Counting());

        Assert.That(ContentKey.Of(Asked(assembly, asked => asked.ConnectionOpened = _ => state++), DatabaseStorage.Memory), Is.Null);
        Assert.That(ContentKey.Of(Asked(assembly, asked => asked.ConnectionOpened = new List<SqliteConnection>().Add), DatabaseStorage.Memory), Is.Null);
        Assert.That(ContentKey.Of(Asked(assembly, asked => asked.ConnectionString += ";Password=x"), DatabaseStorage.Memory), Is.Null);
    }

    [Test]
    public void Key_holds_all_code_that_migrations_can_reach_and_none_of_the_runtime()
    {
        IReadOnlyList<string> code = ReferencedCode.Of([typeof(TemplateCacheTests).Assembly]);

        Assert.That(code, Has.Some.StartsWith("Migrations.Tests ").And.Some.StartsWith("Migrations.Core ").And.Some.StartsWith("FluentMigrator.Abstractions "));
        Assert.That(code, Has.None.StartsWith("System.Private.CoreLib").And.None.StartsWith("System.Runtime "));
        Assert.That(code, Has.None.EndsWith(" is missing"));
    }

    [Test]
    public void Folder_that_can_not_be_written_is_told_and_fails_no_test()
    {
        using DatabaseFolder folder = new();
        File.WriteAllText(folder.Path, "no folder");
        List<Exception> told = [];
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of(Counting())], CacheFolder = folder.Path, CacheFailed = told.Add };

        using MigratedDatabase database = MigratedDatabase.Latest(options);

        Assert.That(database.Version, Is.EqualTo(1));
        Assert.That(told, Has.Count.GreaterThan(0).And.All.InstanceOf<IOException>());
        Assert.That(File.ReadAllText(folder.Path), Is.EqualTo("no folder"));
    }

    [Test]
    public void Old_templates_are_deleted_and_nothing_else()
    {
        using DatabaseFolder folder = new();
        MigratedDatabaseOptions options = Options(folder, DatabaseStorage.Memory, Counting());
        MigratedDatabase.Latest(options).Dispose();
        string present = Path.GetFileName(Files(folder).Single());
        string set = present[..^(1 + 32 + "-1.template".Length)];
        string[] states = [.. Enumerable.Range(0, 6).SelectMany(i => new[] { Make(State(i), days: i), Make(State(i).Replace("-1.", "-2.", StringComparison.Ordinal), days: i + 1) })];
        string otherSet = Make("Other-01234567-" + new string('a', 32) + "-1.template", days: 29);
        string unused = Make("Other-01234567-" + new string('b', 32) + "-latest.template", days: 31);
        string partial = Make(present + "." + new string('c', 32) + ".partial", days: 2);
        string beingWritten = Make(present + "." + new string('d', 32) + ".partial", days: 0.5);
        string foreign = Make("notes.template", days: 400);
        File.Delete(Path.Combine(folder.Folder, present));
        TemplateShelves.Forget(options.Assemblies[0]);

        MigratedDatabase.Latest(options).Dispose();

        Assert.That(Files(folder).Select(Path.GetFileName), Is.EquivalentTo([present, .. states[..6], otherSet, beingWritten, foreign]));
        Assert.That(new[] { unused, partial }, Has.Length.EqualTo(2));

        string State(int i) => $"{set}-{new string((char)('0' + i), 32)}-1.template";

        string Make(string name, double days)
        {
            string path = Path.Combine(folder.Folder, name);
            File.WriteAllText(path, "");
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days));
            return name;
        }
    }

    private static IEnumerable<TestCaseData<Action<string>>> Damages()
    {
        yield return Damage("empty", _ => []);
        yield return Damage("truncated", content => content[..^1]);
        yield return Damage("cut short", content => content[..100]);
        yield return Damage("longer", content => [.. content, 0]);
        yield return Damage("one bit", content => [.. content[..^1000], (byte)(content[^1000] ^ 1), .. content[^999..]]);
        yield return Damage("other mark", content => [(byte)'x', .. content[1..]]);
        yield return Damage("other hash", content => [.. content[..30], (byte)(content[30] ^ 1), .. content[31..]]);
        yield return new TestCaseData<Action<string>>(File.Delete).SetArgDisplayNames("deleted");

        static TestCaseData<Action<string>> Damage(string name, Func<byte[], byte[]> change) =>
            new TestCaseData<Action<string>>(file => File.WriteAllBytes(file, change(File.ReadAllBytes(file)))).SetArgDisplayNames(name);
    }

    private EmittedStep Counting(TransactionBehavior behaviour = TransactionBehavior.Default) => new(
        1,
        m =>
        {
            m.Execute.Sql(behaviour == TransactionBehavior.None ? "PRAGMA journal_mode = WAL" : "SELECT 1");
            m.Execute.Sql("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a); INSERT INTO t (a) VALUES (zeroblob(9000)), (2)");
            m.Execute.WithConnection((_, _) => runs++);
        },
        Behaviour: behaviour);

    private static MigratedDatabaseOptions Options(DatabaseFolder folder, DatabaseStorage storage, EmittedStep step) =>
        new() { Assemblies = [EmittedAssembly.Of(step)], Storage = storage, CacheFolder = folder.Folder };

    private static DatabaseMigratorOptions Asked(Assembly assembly, Action<DatabaseMigratorOptions> configure)
    {
        DatabaseMigratorOptions asked = new() { ConnectionString = "Data Source=nowhere", Assemblies = { assembly } };
        configure(asked);
        return asked;
    }

    private static string[] Files(DatabaseFolder folder) => Directory.GetFiles(folder.Folder);

    private static DatabaseSnapshot Snapshot(MigratedDatabaseOptions options)
    {
        using MigratedDatabase database = MigratedDatabase.Latest(options);
        return DatabaseSnapshot.Of(database.Connection);
    }
}
