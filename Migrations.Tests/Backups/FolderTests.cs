using Migrations.Runner;
using Migrations.Runner.Backup;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

/// <summary>Where backups go, and which files are touched there.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FolderTests
{
    private static readonly string[] Foreign =
    [
        "test.db.20200101T010203456Z.v1.backup", "test.db.20200101T010203456Z.v1.backup.partial", "test.db.backup", "test.db.notes.backup", "test.db.20261123T010203456Z.v1.old.backup", "other.db.20261123T010203456Z.v1.backup",
        "my-test.db.20200101T010203456Z.v1.backup", "test.db.20200101T010203456Z.v1.backup-journal", "test.db.partial",
    ];

    [Test]
    public void Make_creates_the_folder_and_List_reads_names_alone()
    {
        FixedClock clock = new();
        using BackedUp database = new() { Options = { Backup = { Folder = "a/b" } } };
        database.Copying = database.Copying with { Clock = clock };
        Assert.That(database.Backups.List(), Is.Empty);

        DatabaseBackup made = database.Make(versions: [new("search", 5), new("", 33)]);
        clock.Now = clock.Now.AddDays(1);
        DatabaseBackup newer = database.Make(versions: [new("search", 6), new("", 34)]);

        Assert.That(made.Path, Is.EqualTo(database.In("a", "b", $"{database.StemIn("a/b")}.20261123T010203456Z.search-v5.v33.backup")));
        File.WriteAllText(made.Path, "not opened");
        IReadOnlyList<DatabaseBackup> list = database.Backups.List();
        Assert.That(list.Select(backup => backup.Path), Is.EqualTo(new[] { newer.Path, made.Path }));
        Assert.That(list[1].CreatedAt, Is.EqualTo(made.CreatedAt).And.EqualTo(clock.Now.AddDays(-1)));
        Assert.That(list[1].Versions.Select(version => version.ToString()), Is.EqualTo(new[] { "search 5", "33" }));
        Assert.That(list[1].Size, Is.EqualTo("not opened".Length));
    }

    [Test]
    public void Make_twice_in_a_millisecond_makes_two()
    {
        using BackedUp database = new();
        database.Copying = database.Copying with { Clock = new FixedClock() };

        DatabaseBackup first = database.Make();
        byte[] content = File.ReadAllBytes(first.Path);
        DatabaseBackup second = database.Make();

        Assert.That(second.Path, Is.Not.EqualTo(first.Path));
        Assert.That(File.ReadAllBytes(first.Path), Is.EqualTo(content));
        Assert.That(database.Backups.List().Select(backup => backup.Path), Is.EqualTo(new[] { second.Path, first.Path }));
    }

    [Test]
    public void Make_into_a_file_that_is_there_refuses_to_overwrite_it()
    {
        using BackedUp database = new();
        File.WriteAllText(database.In("mine.db"), "mine");

        Assert.That(() => database.Make(database.In("mine.db")), Throws.TypeOf<BackupFailedException>().With.Message.Contains("not overwritten"));
        Assert.That(() => database.Make(database.Path), Throws.TypeOf<BackupFailedException>());
        Assert.That(() => database.Make(database.Folder), Throws.TypeOf<BackupFailedException>());
        Assert.That(File.ReadAllText(database.In("mine.db")), Is.EqualTo("mine"));
    }

    [Test]
    public void Make_into_a_file_creates_its_folder()
    {
        using BackedUp database = new();

        DatabaseBackup made = database.Make(database.In("x", "y", "mine.db"));

        Assert.That(made.Path, Is.EqualTo(database.In("x", "y", "mine.db")));
        Assert.That(made.Versions.Single().Version, Is.EqualTo(33));
        database.Snapshot(made.Path).ExceptPragmas("journal_mode").AssertSameAs(database.Snapshot().ExceptPragmas("journal_mode"));
    }

    [TestCase("file", DatabaseProblem.FolderMissing)]
    [TestCase("file/below", DatabaseProblem.FolderMissing)]
    public void Make_where_there_can_be_no_folder_says_so(string folder, DatabaseProblem problem)
    {
        using BackedUp database = new() { Options = { Backup = { Folder = folder } } };
        File.WriteAllText(database.In("file"), "");

        Assert.That(
            () => database.Make(),
            Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(problem).And.Message.Contains(folder).And.Message.Contains("Backup.Folder"));
    }

    [Test]
    [Platform("Linux")]
    public void Make_where_nothing_can_be_written_says_so()
    {
        // The kernel refuses files there, to root as well.
        using BackedUp database = new() { Options = { Backup = { Folder = "/proc/sys" } } };

        Assert.That(
            () => database.Make(),
            Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").AnyOf(DatabaseProblem.ReadOnlyFolder, DatabaseProblem.FolderMissing)
                .And.Message.Contains("/proc/sys").And.Message.Contains("written to"));
    }

    [Test]
    public void Make_removes_what_an_interrupted_backup_left_and_nothing_else()
    {
        using BackedUp database = new() { Options = { Backup = { Folder = "kept" } } };
        Directory.CreateDirectory(database.In("kept"));
        string stem = database.StemIn("kept");
        string[] left = [$"{stem}.20261123T010203456Z.v1.backup.partial", $"{stem}.20261123T010203456Z.v1.backup.partial-journal"];
        foreach (string name in left.Concat(Foreign))
        {
            File.WriteAllText(database.In("kept", name), name);
        }

        File.WriteAllText(database.In("test.db.20261123T010203456Z.damaged.partial"), "beside the database");

        DatabaseBackup backup = database.Make();

        Assert.That(File.Exists(database.In("test.db.20261123T010203456Z.damaged.partial")), Is.False);

        Assert.That(
            Directory.GetFiles(database.In("kept")).Select(Path.GetFileName),
            Is.EquivalentTo(Foreign.Append(Path.GetFileName(backup.Path))));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void Prune_keeps_the_newest_and_touches_nothing_else(int keep)
    {
        FixedClock clock = new();
        using BackedUp database = new() { Options = { Backup = { Folder = "kept", Keep = keep } } };
        database.Copying = database.Copying with { Clock = clock };
        List<string> made = [];
        DatabaseBackup? last = null;
        for (int i = 0; i < 6; i++)
        {
            clock.Now = clock.Now.AddHours(1);
            last = database.Make();
            made.Add(Path.GetFileName(last.Path));
        }

        foreach (string name in Foreign)
        {
            File.WriteAllText(database.In("kept", name), name);
        }

        database.Backups.Prune(last!); // The loop made six.

        Assert.That(Directory.GetFiles(database.In("kept")).Select(Path.GetFileName), Is.EquivalentTo(made.TakeLast(keep).Concat(Foreign)));
    }

    [Test]
    public void Prune_after_the_clock_was_set_back_keeps_the_one_just_made()
    {
        FixedClock clock = new();
        using BackedUp database = new() { Options = { Backup = { Keep = 1 } } };
        database.Copying = database.Copying with { Clock = clock };
        database.Make();
        clock.Now = clock.Now.AddYears(-1);
        DatabaseBackup last = database.Make();

        database.Backups.Prune(last);

        Assert.That(database.Backups.List().Select(backup => backup.Path), Is.EqualTo(new[] { last.Path }));
    }

    [TestCase(".")]
    [TestCase("kept/")]
    [TestCase("../FOLDER/kept/./")]
    public void Prune_keeps_the_one_just_made_however_the_folder_is_written(string folder)
    {
        using BackedUp database = new() { Options = { Backup = { Keep = 1 } } };
        database.Options.Backup.Folder = folder.Replace("FOLDER", Path.GetFileName(database.Folder), StringComparison.Ordinal);
        database.Make();
        DatabaseBackup last = database.Make();

        database.Backups.PruneRepeated(last);
        database.Backups.Prune(last);

        Assert.That(database.Backups.List().Select(backup => backup.Path), Is.EqualTo(new[] { last.Path }));
        Assert.That(File.Exists(last.Path));
    }

    [Test]
    public void Prune_that_fails_is_logged_only()
    {
        using BackedUp database = new() { Options = { Backup = { Keep = 1 } } };
        DatabaseBackup last = database.Make();
        Directory.CreateDirectory(database.In("elsewhere"));
        DatabaseBackup stuck = new(database.In("missing", "old.backup"), last.CreatedAt.AddDays(-1), [], 0);

        BackupList.Prune(() => [last, stuck], last, 1, "test.db", new Microsoft.Extensions.Logging.LoggerFactory([database.Log]).CreateLogger("test"));

        Assert.That(database.Log.Lines, Has.Some.Contains("old.backup").And.Some.Contains("could not be deleted"));
        Assert.That(File.Exists(last.Path), Is.True);
    }
}
