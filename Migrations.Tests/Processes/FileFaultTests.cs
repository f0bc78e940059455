using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Processes.Child;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Processes;

/// <summary>A file that can't be upgraded is left as it is, and the error says what to do; without the cause the next start works.</summary>
[TestFixture]
internal sealed class FileFaultTests
{
    private PreparedMail mail = null!; // Set before any test.

    [OneTimeSetUp]
    public void Prepare() => mail = PreparedMail.Small();

    [OneTimeTearDown]
    public void Delete() => mail.Dispose();

    [Test]
    public async Task Faulty_file_is_left_as_it_is(
        [ValueSource(typeof(FaultyFile), nameof(FaultyFile.All))] FaultyFile fault, [Values] JournalMode journal)
    {
        using MailFolder folder = MailFolder.With(mail, journal);
        fault.Make(folder.File);
        byte[] before = Directory.Exists(folder.File) ? [] : folder.Bytes();

        await AssertFails(folder.File, fault.Type, fault.Problem, fault.WayOut);

        Assert.That(Directory.Exists(folder.File) ? [] : folder.Bytes(), Is.EqualTo(before));
        Assert.That(folder.Names.Where(name => name.EndsWith(".backup", StringComparison.Ordinal)), Is.Empty, "a backup of what can't be upgraded");
        await AssertWorksWithout(folder, journal);
    }

    [Test]
    public async Task Missing_folder_is_not_made()
    {
        using MailFolder folder = MailFolder.Empty();
        string path = Path.Combine(folder.FullName, "missing", "mail.db");

        await AssertFails(path, nameof(DatabaseUnusableException), nameof(DatabaseProblem.FolderMissing), "create it");

        Assert.That(folder.Names, Is.Empty);
        Directory.CreateDirectory(Path.Combine(folder.FullName, "missing"));
        await AssertUpgrades(path);
    }

    [Test]
    public async Task Empty_file_is_a_new_database()
    {
        using MailFolder folder = MailFolder.Empty();
        await File.WriteAllBytesAsync(folder.File, []);

        await AssertUpgrades(folder.File);
    }

    [TestCase(JournalMode.Wal, "BEGIN IMMEDIATE")]
    [TestCase(JournalMode.Wal, "BEGIN EXCLUSIVE")]
    [TestCase(JournalMode.Wal, "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; DELETE FROM manager; COMMIT")]
    [TestCase(JournalMode.Delete, "BEGIN IMMEDIATE")]
    [TestCase(JournalMode.Delete, "BEGIN IMMEDIATE; DELETE FROM fetch")]
    [TestCase(JournalMode.Delete, "BEGIN EXCLUSIVE")]
    public async Task Writer_that_goes_on_for_too_long_makes_the_upgrade_fail_before_any_change(JournalMode journal, string sql)
    {
        using MailFolder folder = MailFolder.With(mail, journal);
        using (ChildProcess writer = ChildProcess.Start("hold", folder.File, sql))
        {
            writer.WaitFor(ChildLine.Stands);

            await AssertFails(folder.File, nameof(DatabaseUnusableException), nameof(DatabaseProblem.Busy), nameof(DatabaseMigratorOptions.BusyTimeout));
        }

        Assert.That(folder.Names.Where(name => name.EndsWith(".backup", StringComparison.Ordinal)), Is.Empty);
        await AssertUpgrades(folder.File);
    }

    private static async Task AssertFails(string path, string type, string problem, string wayOut)
    {
        DatabaseMigratorOptions options = MailMigrator.Options(path);
        options.BusyTimeout = TimeSpan.FromSeconds(1);
        options.ApplicationId = 4711;
        await using DatabaseMigrator migrator = DatabaseMigrator.Create(options);

        MigrationsException? exception = await Assert.CatchAsync<MigrationsException>(() => migrator.UpgradeAsync());

        ChildError error = ChildError.Of(exception!); // CatchAsync would have failed.
        Assert.That((error.Type, error.Problem), Is.EqualTo((type, problem)), error.Message);
        Assert.That(error.Message, Does.Contain(path).And.Contain(wayOut));
    }

    private static async Task AssertUpgrades(string path)
    {
        await using DatabaseMigrator migrator = MailMigrator.Create(path);
        await migrator.UpgradeAsync();
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
    }

    private async Task AssertWorksWithout(MailFolder folder, JournalMode journal)
    {
        if (Directory.Exists(folder.File))
        {
            Directory.Delete(folder.File);
        }

        File.Delete(folder.File);
        Assert.That(folder.Names.Except([MailFolder.FileName + "-upgrade.lock"]), Is.Empty, "left beside the file");
        mail.CopyTo(folder.FullName, journal);
        await AssertUpgrades(folder.File);
        Assert.That(folder.AssertWhole(mail), Is.EqualTo(MailHistory.Newest));
    }
}
