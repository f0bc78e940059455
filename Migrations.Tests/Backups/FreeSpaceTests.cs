using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.Backup;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

[Parallelizable(ParallelScope.All)]
internal sealed class FreeSpaceTests
{
    [TestCase(0, true)]
    [TestCase(-1, false)]
    public void RequireSpace_on_one_drive_needs_the_backup_and_the_database_once_more(long more, bool isEnough)
    {
        using BackedUp database = new(JournalMode.Delete) { Options = { Backup = { Folder = "kept" } } };
        long needed = 2 * new FileInfo(database.Path).Length;
        database.Copying = database.Copying with { Drives = _ => new("/", needed + more) };

        Assert.That(
            () => database.Backups.RequireSpace(isBackedUp: true),
            isEnough
                ? Throws.Nothing
                : Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.DiskFull)
                    .And.Message.Contains($"{needed} may be needed").And.Message.Contains($"{needed + more} bytes free"));
    }

    [TestCase(0, 0, true)]
    [TestCase(-1, 0, false)]
    [TestCase(0, -1, false)]
    public void RequireSpace_on_two_drives_needs_each_on_its_own(long moreForDatabase, long moreForBackup, bool isEnough)
    {
        using BackedUp database = new(JournalMode.Delete) { Options = { Backup = { Folder = "kept" } } };
        long size = new FileInfo(database.Path).Length;
        database.Copying = database.Copying with
        {
            Drives = folder => folder == database.Folder ? new("/", size + moreForDatabase) : new("/kept", size + moreForBackup),
        };

        Assert.That(() => database.Backups.RequireSpace(isBackedUp: true), isEnough ? Throws.Nothing : Throws.TypeOf<DatabaseUnusableException>());
    }

    [Test]
    public void RequireSpace_without_a_backup_needs_the_database_and_its_log_once_more()
    {
        using BackedUp database = new();
        using SqliteConnection application = database.Open();
        application.Execute("PRAGMA wal_autocheckpoint = 0; UPDATE t SET a = a || 'x'");
        long size = application.Scalar<long>("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            + new FileInfo(database.Path + "-wal").Length;

        database.Copying = database.Copying with { Drives = _ => new("/", size) };
        Assert.That(() => database.Backups.RequireSpace(isBackedUp: false), Throws.Nothing);
        database.Copying = database.Copying with { Drives = _ => new("/", size - 1) };
        Assert.That(() => database.Backups.RequireSpace(isBackedUp: false), Throws.TypeOf<DatabaseUnusableException>());
    }

    [Test]
    public void Make_without_room_for_the_copy_writes_nothing()
    {
        using BackedUp database = new();
        database.Copying = database.Copying with { Drives = _ => new("/", 1000) };

        Assert.That(() => database.Make(), Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.DiskFull));
        Assert.That(database.Files, Is.EqualTo(new[] { "test.db" }));
    }

    [Test]
    public void Make_goes_ahead_where_the_check_is_off_or_the_drive_unknown()
    {
        using BackedUp database = new();
        database.Copying = database.Copying with { Drives = _ => null };
        Assert.That(() => database.Make(), Throws.Nothing);
        database.Copying = database.Copying with { Drives = _ => new("/", 1) };
        database.Options.Backup.ChecksFreeSpace = false;
        Assert.That(() => database.Make(), Throws.Nothing);
        Assert.That(() => database.Backups.RequireSpace(isBackedUp: true), Throws.Nothing);
    }

    [Test]
    public void Drive_of_a_folder_is_known_to_the_operating_system()
    {
        using BackedUp database = new();

        DriveSpace? space = DriveSpace.Of(database.Folder);

        Assert.That(space?.Free, Is.Positive);
        Assert.That(DriveSpace.Of(Path.Combine(database.Folder, "missing")), Is.Null.Or.EqualTo(space).Using<DriveSpace>((a, b) => a.Drive == b.Drive));
    }
}
