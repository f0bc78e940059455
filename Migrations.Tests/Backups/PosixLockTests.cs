using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

/// <summary>
/// Closing any handle of a file drops all POSIX locks that the process holds on it: backups and restores must not do that to the
/// application's own connections in the same process.
/// </summary>
[Parallelizable(ParallelScope.All)]
[Platform("Linux")]
internal sealed class PosixLockTests
{
    [Test]
    public async Task Application_in_a_write_transaction_keeps_its_locks_while_it_is_backed_up([Values] JournalMode journal)
    {
        using BackedUp database = new(journal, sql: "");
        await using DatabaseMigrator migrator = database.CreateMigrator();
        await migrator.MigrateToAsync(2);
        DatabaseBackup backup = await migrator.BackupAsync();
        using SqliteConnection application = database.Open();
        application.Execute("BEGIN IMMEDIATE; CREATE TABLE mine(a)");
        string[] before = Locks(database);
        Assert.That(before, Is.Not.Empty);

        await migrator.BackupAsync();
        Assert.That(Locks(database), Is.EqualTo(before));
        Assert.That(async () => await migrator.RestoreAsync(backup), Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.Busy));
        Assert.That(Locks(database), Is.EqualTo(before));

        application.Execute("COMMIT");
        Integrity.Check(application);
    }

    [Test]
    public async Task Application_in_a_read_transaction_keeps_its_locks_while_it_is_restored()
    {
        using BackedUp database = new(sql: "");
        await using DatabaseMigrator migrator = database.CreateMigrator();
        await migrator.MigrateToAsync(2);
        DatabaseBackup backup = await migrator.BackupAsync();
        using SqliteConnection application = database.Open();
        application.Execute("BEGIN; SELECT * FROM VersionInfo");
        string[] before = Locks(database);
        Assert.That(before, Is.Not.Empty);

        await migrator.RestoreAsync(backup);

        Assert.That(Locks(database), Is.EqualTo(before));
        Assert.That(application.Scalar<long>("SELECT count(*) FROM VersionInfo"), Is.EqualTo(2));
    }

    // /proc/locks: "1: POSIX  ADVISORY  WRITE 77 08:01:4711 123 128", with the process and the file's inode.
    private static string[] Locks(BackedUp database)
    {
        string process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        string[] inodes = [.. new[] { database.Path, database.Path + "-shm" }.Where(File.Exists).Select(Inode)];
        return
        [
            .. File.ReadLines("/proc/locks").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(parts => parts is [_, "POSIX", _, _, _, _, _, _] && parts[4] == process && inodes.Contains(parts[5].Split(':')[2]))
                .Select(parts => string.Join(' ', parts[3..])).Order(StringComparer.Ordinal),
        ];
    }

    private static string Inode(string path)
    {
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", path]) { RedirectStandardOutput = true, UseShellExecute = false })!; // Not null for a new process.
        string inode = stat.StandardOutput.ReadToEnd().Trim();
        stat.WaitForExit();
        return inode;
    }
}
