using System.Globalization;
using MailServer;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

/// <summary>Backups and restores that an application asks its migrator for.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MigratorBackupTests
{
    [Test]
    public async Task BackupAsync_and_RestoreAsync_go_back_to_a_version()
    {
        using BackedUp database = new(sql: "");
        await using DatabaseMigrator migrator = database.CreateMigrator();
        await migrator.MigrateToAsync(3);
        database.Execute("CREATE TABLE mine(a); INSERT INTO mine VALUES (1)");
        DatabaseSnapshot before = database.Snapshot();

        DatabaseBackup backup = await migrator.BackupAsync();
        await migrator.MigrateToAsync(6);
        DatabaseSnapshot newer = database.Snapshot();
        RestoreResult result = await migrator.RestoreAsync(backup);

        Assert.That(backup.Versions.Single().Version, Is.EqualTo(3));
        Assert.That(migrator.GetStatus().Modules[0].NewestApplied, Is.EqualTo(3));
        database.Snapshot().AssertSameAs(before);
        Assert.That(result.DamagedPath, Is.Null);
        Assert.That(result.Previous?.Versions.Single().Version, Is.EqualTo(6));
        await migrator.RestoreAsync(result.Previous!.Path); // Just found not to be null.
        database.Snapshot().AssertSameAs(newer);
        Assert.That(migrator.GetBackups().Select(found => found.Path), Does.Contain(backup.Path).And.Contain(result.Previous.Path));
    }

    [Test]
    public async Task RestoreAsync_under_any_name_checks_what_the_file_holds()
    {
        using BackedUp database = new(sql: "");
        await using DatabaseMigrator migrator = database.CreateMigrator();
        await migrator.MigrateToAsync(3);
        string path = database.In("elsewhere", "any name");
        DatabaseBackup backup = await migrator.BackupAsync(path);
        Assert.That(backup.Path, Is.EqualTo(path));
        DatabaseSnapshot before = database.Snapshot();
        using (SqliteConnection connection = database.Open(path))
        {
            connection.Execute("INSERT INTO VersionInfo(Version, AppliedOn, Description) VALUES (99999, '2026-11-23', 'newer')");
        }

        Assert.That(
            async () => await migrator.RestoreAsync(path),
            Throws.TypeOf<BackupFailedException>().With.Message.Contains("99999").And.Message.Contains(path));
        database.Options.NewerDatabase = HistoryPolicy.Allow;
        database.Snapshot().AssertSameAs(before);

        await using DatabaseMigrator lenient = database.CreateMigrator();
        await lenient.RestoreAsync(path);
        Assert.That(lenient.GetStatus().Modules[0].NewestApplied, Is.EqualTo(99999));
    }

    [TestCase("PRAGMA application_id = 1", "another application")]
    [TestCase("DROP TABLE VersionInfo", "not restored")]
    public async Task RestoreAsync_of_somebody_elses_file_is_refused(string change, string message)
    {
        using BackedUp database = new(sql: "");
        database.Options.ApplicationId = 4711;
        await using DatabaseMigrator migrator = database.CreateMigrator();
        await migrator.MigrateToAsync(2);
        string path = (await migrator.BackupAsync(database.In("other.db"))).Path;
        using (SqliteConnection connection = database.Open(path))
        {
            connection.Execute(change);
        }

        DatabaseSnapshot before = database.Snapshot();
        string[] files = [.. database.Files];

        Assert.That(async () => await migrator.RestoreAsync(path), Throws.TypeOf<BackupFailedException>().With.Message.Contains(message));
        Assert.That(async () => await migrator.RestoreAsync(database.Path), Throws.TypeOf<BackupFailedException>().With.Message.Contains("the database itself"));
        Assert.That(database.Files, Is.EqualTo(files));
        database.Snapshot().AssertSameAs(before);
    }

    [TestCase("text")]
    [TestCase("corrupt")]
    [TestCase("missing")]
    public async Task RestoreAsync_over_a_broken_database_keeps_what_is_left(string damage)
    {
        using BackedUp database = new(sql: "");
        await using DatabaseMigrator migrator = database.CreateMigrator();
        await migrator.MigrateToAsync(3);
        DatabaseSnapshot before = database.Snapshot();
        DatabaseBackup backup = await migrator.BackupAsync();
        switch (damage)
        {
            case "text":
                File.WriteAllText(database.Path, new string('x', 5000));
                break;
            case "corrupt":
                DamageTests.Corrupt(database.Path);
                break;
            default:
                File.Delete(database.Path);
                break;
        }

        byte[]? broken = File.Exists(database.Path) ? File.ReadAllBytes(database.Path) : null;
        RestoreResult result = await migrator.RestoreAsync(backup);

        Assert.That(result.Previous, Is.Null);
        Assert.That(result.DamagedPath is null, Is.EqualTo(broken is null));
        Assert.That(migrator.GetStatus().Modules[0].NewestApplied, Is.EqualTo(3));
        database.Snapshot().ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
        if (result.DamagedPath is { } path)
        {
            // The header of page 1 tells the number of the last change, which the copy counts up.
            Assert.That(File.ReadAllBytes(path).Skip(4096).Take(904), Is.EqualTo(broken!.Skip(4096).Take(904)));
            Assert.That(database.Files, Has.None.EndsWith(".partial"));
        }
    }

    [Test]
    public async Task BackupAsync_of_a_missing_database_says_so_and_makes_none()
    {
        using BackedUp database = new(sql: "");
        File.Delete(database.Path);
        await using DatabaseMigrator migrator = database.CreateMigrator();

        Assert.That(async () => await migrator.BackupAsync(), Throws.TypeOf<BackupFailedException>().With.Message.Contains("no database"));
        Assert.That(File.Exists(database.Path), Is.False);
    }

    [Test]
    public async Task BackupAsync_waits_for_an_upgrade_and_can_be_cancelled()
    {
        using BackedUp database = new();
        await using DatabaseMigrator migrator = database.CreateMigrator();
        using FileStream held = new(database.Path + "-upgrade.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(200));

        Assert.That(async () => await migrator.BackupAsync(cancellationToken: cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(database.Backups.List(), Is.Empty);
    }

    [Test]
    public async Task Database_in_memory_is_backed_up_into_a_file_and_restored()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"backup-{TestContext.CurrentContext.Test.ID}");
        using BackedUp folder = new(sql: "");
        DatabaseMigratorOptions options = new() { ConnectionString = $"Data Source={name};Mode=Memory;Cache=Shared", BusyTimeout = TimeSpan.FromSeconds(1) };
        options.Assemblies.Add(typeof(RevisionAttribute).Assembly);
        using SqliteConnection application = new(options.ConnectionString);
        application.Open();
        await using DatabaseMigrator migrator = DatabaseMigrator.Create(options);
        await migrator.MigrateToAsync(2);
        DatabaseSnapshot before = DatabaseSnapshot.Of(application);

        DatabaseBackup backup = await migrator.BackupAsync(folder.In("memory.db"));
        await migrator.MigrateToAsync(4);
        RestoreResult result = await migrator.RestoreAsync(backup);

        Assert.That(result.Previous, Is.Null);
        Assert.That(migrator.GetStatus().Modules[0].NewestApplied, Is.EqualTo(2));
        DatabaseSnapshot.Of(application).AssertSameAs(before);
        folder.Snapshot(backup.Path).ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
        Assert.That(async () => await migrator.BackupAsync(), Throws.ArgumentException.With.Message.Contains("name a path"));
        Assert.That(migrator.GetBackups(), Is.Empty);
    }

    [Test]
    public async Task BackupAsync_reports_pages_and_the_file_can_be_moved_afterwards()
    {
        using BackedUp database = new();
        await using DatabaseMigrator migrator = database.CreateMigrator();
        List<UpgradeProgress> reports = [];

        DatabaseBackup backup = await migrator.BackupAsync(null, new Reports(reports));

        Assert.That(reports, Has.All.Property("Phase").EqualTo(UpgradePhase.BackingUp));
        Assert.That(reports[^1].Done, Is.EqualTo(reports[^1].Total).And.EqualTo(backup.Size / 4096));
        File.Move(backup.Path, database.In("moved"));
        File.Move(database.Path, database.In("moved live"));
    }

    private sealed class Reports(List<UpgradeProgress> reports) : IProgress<UpgradeProgress>
    {
        public void Report(UpgradeProgress value) => reports.Add(value);
    }
}
