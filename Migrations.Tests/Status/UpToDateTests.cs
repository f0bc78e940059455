using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Status;

public sealed class UpToDateTests
{
    [TestCase("")]
    [TestCase(";Cache=Private")]
    public async Task UpgradeAsync_nothingPending_touchesNothingAndBuildsNothing(string more)
    {
        using StatusDatabase database = new();
        database.Options.ConnectionString += more;
        database.Options.ConfigureRunner = _ => Assert.Fail("FluentMigrator was built.");
        database.AddHistory(1, 2);
        byte[] before = await File.ReadAllBytesAsync(database.Path);
        File.SetLastWriteTimeUtc(database.Path, DateTime.UnixEpoch);
        await using DatabaseMigrator migrator = DatabaseMigrator.Create(database.Options);

        UpgradeResult result = await migrator.UpgradeAsync();

        Assert.That(result.Migrations, Is.Empty);
        Assert.That(result.To.Select(version => version.ToString()), Is.EqualTo(["2"]));
        Assert.That(result.From.Select(version => version.ToString()), Is.EqualTo(["2"]));
        Assert.That(result.Backup, Is.Null);
        Assert.That(database.Files, Is.EqualTo(["app.db"]));
        Assert.That(await File.ReadAllBytesAsync(database.Path), Is.EqualTo(before));
        Assert.That(File.GetLastWriteTimeUtc(database.Path), Is.EqualTo(DateTime.UnixEpoch));
    }

    [TestCase(JournalMode.Delete, "BEGIN IMMEDIATE", "")]
    [TestCase(JournalMode.Wal, "BEGIN IMMEDIATE", "")]
    [TestCase(JournalMode.Wal, "BEGIN EXCLUSIVE", "")]
    [TestCase(JournalMode.Delete, "BEGIN IMMEDIATE", ";Cache=Private")]
    [TestCase(JournalMode.Wal, "BEGIN EXCLUSIVE", ";Cache=Private")]
    public async Task UpgradeAsync_nothingPendingWhileAnotherWrites_returnsAtOnce(JournalMode mode, string begin, string more)
    {
        using StatusDatabase database = new();
        database.Options.ConnectionString += more;
        database.Options.ConfigureRunner = _ => Assert.Fail("FluentMigrator was built.");
        database.AddHistory(1, 2).Execute($"PRAGMA journal_mode = {mode}");
        using SqliteConnection writer = database.Open();
        writer.Execute($"{begin}; INSERT INTO VersionInfo VALUES (3, NULL, NULL)");
        await using DatabaseMigrator migrator = DatabaseMigrator.Create(database.Options);

        UpgradeResult result = await migrator.UpgradeAsync().WaitAsync(TimeSpan.FromMinutes(3));

        Assert.That(result.Migrations, Is.Empty);
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
    }

    [Test]
    public async Task UpgradeAsync_lockedLongerThanTheTimeout_saysWhoToEnd()
    {
        using StatusDatabase database = new();
        database.Options.BusyTimeout = TimeSpan.FromSeconds(1);
        database.AddHistory(1, 2);
        using SqliteConnection writer = database.Open();
        writer.Execute("BEGIN EXCLUSIVE");
        await using DatabaseMigrator migrator = DatabaseMigrator.Create(database.Options);

        Assert.That(
            () => migrator.UpgradeAsync(),
            Throws.TypeOf<DatabaseUnusableException>()
                .With.Property(nameof(DatabaseUnusableException.Problem)).EqualTo(DatabaseProblem.Busy)
                .And.Message.EqualTo(
                    $"Another connection has kept \"{database.Path}\" locked for longer than 1 seconds: end what it does there, or wait longer (BusyTimeout)."));
    }

    [Test]
    public void GetStatus_logOfACrashBesideTheFile_readsItAndLeavesItThere([Values] bool isUpToDate)
    {
        using StatusDatabase source = new();
        using StatusDatabase database = new();
        source.AddHistory(1).Execute("PRAGMA journal_mode = WAL");
        using (SqliteConnection writer = source.Open())
        {
            writer.Execute(isUpToDate ? "INSERT INTO VersionInfo VALUES (2, NULL, NULL)" : "CREATE TABLE other (id)");
            File.Copy(source.Path, database.Path);
            File.Copy(source.Path + "-wal", database.Path + "-wal");
        }

        byte[] file = File.ReadAllBytes(database.Path);
        byte[] log = File.ReadAllBytes(database.Path + "-wal");

        Assert.That(database.ReadUpToDate() is not null, Is.EqualTo(isUpToDate));
        Assert.That(database.Status.State, Is.EqualTo(isUpToDate ? DatabaseState.UpToDate : DatabaseState.Pending));
        Assert.That(File.ReadAllBytes(database.Path), Is.EqualTo(file));
        Assert.That(File.ReadAllBytes(database.Path + "-wal"), Is.EqualTo(log));
    }

    [Test]
    public void GetStatus_closedFile_leavesNothingBeside([Values] JournalMode mode, [Values] bool isUpToDate)
    {
        using StatusDatabase database = new();
        database.AddHistory(isUpToDate ? [1, 2] : [1]).Execute($"PRAGMA journal_mode = {mode}");
        byte[] before = File.ReadAllBytes(database.Path);
        File.SetLastWriteTimeUtc(database.Path, DateTime.UnixEpoch);

        Assert.That(database.ReadUpToDate() is not null, Is.EqualTo(isUpToDate));
        Assert.That(database.Status.State, Is.EqualTo(isUpToDate ? DatabaseState.UpToDate : DatabaseState.Pending));

        Assert.That(database.Files, Is.EqualTo(["app.db"]));
        Assert.That(File.ReadAllBytes(database.Path), Is.EqualTo(before));
        Assert.That(File.GetLastWriteTimeUtc(database.Path), Is.EqualTo(DateTime.UnixEpoch));
    }

    [Test]
    public void ReadUpToDate_folderThatMayNotBeWritten_works([Values] JournalMode mode, [Values("644", "666")] string rights)
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2).Execute($"PRAGMA journal_mode = {mode}");
        database.Allow("755", rights);

        ModuleVersion[]? versions = OtherUser.Run(database.ReadUpToDate);
        DatabaseStatus status = OtherUser.Run(() => database.Status);

        Assert.That(versions, Has.Length.EqualTo(1));
        Assert.That(status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(database.Files, Is.EqualTo(["app.db"]));
    }

    [Test]
    public void GetStatus_logInAFolderThatMayNotBeWritten_saysSo()
    {
        using StatusDatabase source = new();
        using StatusDatabase database = new();
        source.AddHistory(1, 2).Execute("PRAGMA journal_mode = WAL");
        using (SqliteConnection writer = source.Open())
        {
            writer.Execute("CREATE TABLE other (id)");
            File.Copy(source.Path, database.Path);
            File.Copy(source.Path + "-wal", database.Path + "-wal");
        }

        database.Allow("755", "644");

        DatabaseStatus status = OtherUser.Run(() => database.Status);

        Assert.That(status.State, Is.EqualTo(DatabaseState.Unusable));
        Assert.That(status.Problem, Is.EqualTo(DatabaseProblem.ReadOnlyFolder));
        Assert.That(
            status.Message,
            Is.EqualTo($"The process may not write to the folder of \"{database.Path}\", where SQLite keeps its journal: give its user the right to write there."));
    }

    [Test]
    public void ReadUpToDate_leftOutByTags_isUpToDate()
    {
        using StatusDatabase database = new();
        database.Options.Assemblies.Add(new StatedTypes(typeof(AwkwardMigrations.TaggedA)));
        database.AddHistory(1, 2, 4);

        Assert.That(database.ReadUpToDate()?.Select(version => version.Version), Is.EqualTo([4L]));
        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(database.Status.Modules[0].Unknown, Is.Empty);
    }

    [TestCase("1")]
    [TestCase("1,2,3")]
    [TestCase("")]
    [TestCase("1,'2'")]
    [TestCase("1,2,NULL")]
    public void ReadUpToDate_anythingElse_takesACloserLook(string versions)
    {
        using StatusDatabase database = new();
        database.Execute("CREATE TABLE VersionInfo (Version)");
        foreach (string version in versions.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            database.Execute($"INSERT INTO VersionInfo VALUES ({version})");
        }

        Assert.That(database.ReadUpToDate(), Is.Null);
    }

    [Test]
    public void ReadUpToDate_hook_isCalled()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        int calls = 0;
        database.Options.ConnectionOpened = _ => calls++;

        Assert.That(database.ReadUpToDate(), Is.Not.Null);
        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public void ReadUpToDate_relativePath_staysTheSameFile()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        database.Options.ConnectionString = $"Data Source={Path.GetRelativePath(Directory.GetCurrentDirectory(), database.Path)}";

        Assert.That(database.File.Path, Is.EqualTo(database.Path));
        Assert.That(database.ReadUpToDate(), Is.Not.Null);
    }

    [Test]
    public void File_link_isTheFileThatItLeadsTo()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        string link = Path.Combine(database.Folder, "link.db");
        File.CreateSymbolicLink(link, database.Path);
        database.Options.ConnectionString = $"Data Source={link}";

        Assert.That(database.File.Path, Is.EqualTo(database.Path));
        Assert.That(database.ReadUpToDate(), Is.Not.Null);
    }
}
