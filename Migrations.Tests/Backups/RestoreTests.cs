using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

[Parallelizable(ParallelScope.All)]
internal sealed class RestoreTests
{
    private const string Damage = "DELETE FROM t WHERE id > 3; DROP TABLE keyed; CREATE TABLE other(a); PRAGMA user_version = 8; PRAGMA application_id = 5";

    [Test]
    public void Restore_brings_everything_back_and_keeps_the_journal_mode([Values] JournalMode journal)
    {
        using BackedUp database = new(journal, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA encoding = 'UTF-16le'");
        DatabaseSnapshot before = database.Snapshot();
        DatabaseBackup backup = database.Make();
        database.Execute(Damage);

        database.Restore(backup);

        database.Snapshot().AssertSameAs(before);
        Assert.That(database.Files, Is.EquivalentTo(new[] { "test.db", Path.GetFileName(backup.Path) }));
        File.Move(database.Path, database.In("moved.db"));
        database.Snapshot(database.In("moved.db")).AssertSameAs(before);
    }

    [Test]
    public void Restore_over_a_write_ahead_log_leaves_nothing_of_it()
    {
        using BackedUp database = new();
        DatabaseSnapshot before = database.Snapshot();
        DatabaseBackup backup = database.Make();
        using SqliteConnection application = database.Open();
        application.Execute("PRAGMA wal_autocheckpoint = 0;" + Damage);
        Assert.That(new FileInfo(database.Path + "-wal").Length, Is.Positive);

        database.Restore(backup);

        application.Dispose();
        database.Snapshot().AssertSameAs(before);
        using SqliteConnection connection = database.Open();
        Integrity.Check(connection);
    }

    [Test]
    public void Restore_while_others_read_shows_them_one_state_and_then_the_other()
    {
        using BackedUp database = new();
        DatabaseBackup backup = database.Make();
        database.Execute("DELETE FROM t WHERE id > 3");
        using SqliteConnection inTransaction = database.Open();
        inTransaction.Execute("BEGIN");
        using SqliteConnection reader = database.Open();
        Assert.That(inTransaction.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(3));
        List<long> seen = [];

        database.Restore(backup, report =>
        {
            // The last report comes when all is committed.
            if (report.Done < report.Total)
            {
                seen.Add(reader.Scalar<long>("SELECT count(*) FROM t"));
            }
        });

        Assert.That(seen, Has.Count.GreaterThan(10).And.All.EqualTo(3));
        Assert.That(inTransaction.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(3));
        Assert.That(reader.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(400));
    }

    [Test]
    public void Restore_cancelled_at_any_page_leaves_the_database_as_it_was([Values] JournalMode journal)
    {
        using BackedUp database = new(journal);
        DatabaseSnapshot old = database.Snapshot();
        DatabaseBackup backup = database.Make();
        database.Execute(Damage);
        DatabaseSnapshot before = database.Snapshot();
        int stopped = 0;
        for (bool isStopped = true; isStopped;)
        {
            int steps = 0;
            using CancellationTokenSource cancellation = new();
            isStopped = false;
            try
            {
                database.Restore(
                    backup,
                    report =>
                    {
                        if (report.Done is not null && ++steps > stopped)
                        {
                            cancellation.Cancel();
                        }
                    },
                    cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                isStopped = true;
                stopped++;
                database.Snapshot().AssertSameAs(before);
            }
        }

        Assert.That(stopped, Is.GreaterThan(10));
        database.Snapshot().AssertSameAs(old);
    }

    [Test]
    public void Restore_on_a_disk_that_is_full_leaves_the_database_as_it_was([Values] JournalMode journal)
    {
        using BackedUp database = new(journal);
        DatabaseBackup backup = database.Make();
        database.Execute("DELETE FROM t; DELETE FROM keyed; VACUUM");
        DatabaseSnapshot before = database.Snapshot();
        database.Options.ConnectionOpened = connection =>
        {
            if (connection.DataSource == database.Path)
            {
                connection.Execute("PRAGMA max_page_count = 12");
            }
        };

        Assert.That(
            () => database.Restore(backup),
            Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.DiskFull).And.Message.Contains("as it was"));
        database.Snapshot().AssertSameAs(before);
    }

    [TestCase(JournalMode.Delete, "BEGIN; SELECT count(*) FROM t")]
    [TestCase(JournalMode.Delete, "BEGIN IMMEDIATE")]
    [TestCase(JournalMode.Wal, "BEGIN IMMEDIATE")]
    public void Restore_waits_for_others_no_longer_than_the_timeout(JournalMode journal, string hold)
    {
        using BackedUp database = new(journal);
        DatabaseBackup backup = database.Make();
        database.Execute(Damage);
        DatabaseSnapshot before = database.Snapshot();
        using (SqliteConnection other = database.Open())
        {
            other.Scalar<object?>(hold);

            Assert.That(() => database.Restore(backup), Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.Busy));

            database.Options.BusyTimeout = TimeSpan.FromMinutes(5);
            using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(200));
            Assert.That(() => database.Restore(backup, null, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        }

        database.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Restore_with_pages_of_another_size([Values] JournalMode journal, [Values(1024, 16384)] int size)
    {
        using BackedUp database = new(journal, $"PRAGMA page_size = {size}");
        DatabaseSnapshot before = database.Snapshot();
        DatabaseBackup backup = database.Make();
        database.Execute("PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM; DELETE FROM t; " + $"PRAGMA journal_mode = {journal}");
        Assert.That(database.Snapshot().Pragmas["page_size"], Is.EqualTo("4096"));

        database.Restore(backup);

        database.Snapshot().AssertSameAs(before);
        using SqliteConnection connection = database.Open();
        Integrity.Check(connection);
    }

    [Test]
    public void Restore_with_pages_of_another_size_over_a_log_in_use_says_what_to_do()
    {
        using BackedUp database = new(JournalMode.Wal, "PRAGMA page_size = 1024");
        DatabaseBackup backup = database.Make();
        database.Execute("PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM; DELETE FROM t; PRAGMA journal_mode = WAL");
        DatabaseSnapshot before = database.Snapshot();
        using SqliteConnection other = database.Open();
        Assert.That(other.Scalar<long>("SELECT count(*) FROM t"), Is.Zero);

        Assert.That(
            () => database.Restore(backup),
            Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.Busy).And.Message.Contains("must be closed"));
        database.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Restore_of_a_damaged_backup_is_refused()
    {
        using BackedUp database = new();
        DatabaseBackup backup = database.Make();
        DatabaseSnapshot before = database.Snapshot();
        DamageTests.Corrupt(backup.Path);
        Assert.That(() => database.Restore(backup), Throws.TypeOf<BackupFailedException>().With.Message.Contains("is damaged").And.Property("Path").EqualTo(backup.Path));
        DamageTests.Truncate(backup.Path);
        Assert.That(() => database.Restore(backup), Throws.TypeOf<BackupFailedException>());
        File.WriteAllText(backup.Path, "text");
        Assert.That(() => database.Restore(backup), Throws.TypeOf<BackupFailedException>());
        File.Delete(backup.Path);
        Assert.That(() => database.Restore(backup), Throws.TypeOf<BackupFailedException>().With.Message.Contains("There is no file"));

        database.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Restore_of_a_file_with_a_log_beside_it_holds_what_is_in_the_log()
    {
        using BackedUp database = new();
        using (SqliteConnection application = database.Open())
        {
            application.Execute("PRAGMA wal_autocheckpoint = 0; DELETE FROM t WHERE id > 7");
            File.Copy(database.Path, database.In("copy"));
            File.Copy(database.Path + "-wal", database.In("copy-wal"));
            application.Execute("DELETE FROM t");
        }

        database.Restore(new(database.In("copy"), default, [], 0));

        using SqliteConnection connection = database.Open();
        Assert.That(connection.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(7));
        Integrity.Check(connection);
        using SqliteConnection copy = database.Open(database.In("copy"));
        Assert.That(copy.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(7), "the backup lost nothing");
    }

    [Test]
    public void RestoreEmpty_leaves_a_database_that_is_as_new([Values] JournalMode journal)
    {
        using BackedUp database = new(journal, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = FULL; PRAGMA encoding = 'UTF-16be'");
        using SqliteConnection other = database.Open();
        Assert.That(other.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(400));

        database.Backups.RestoreEmpty(_ => { }, default);

        DatabaseSnapshot after = database.Snapshot();
        Assert.That(after.Schema, Is.Empty);
        Assert.That(after.Pragmas["user_version"], Is.EqualTo("0"));
        Assert.That(after.Pragmas["application_id"], Is.EqualTo("0"));
        Assert.That(after.Pragmas["page_size"], Is.EqualTo("8192"));
        Assert.That(after.Pragmas["auto_vacuum"], Is.EqualTo("1"));
        Assert.That(after.Pragmas["journal_mode"], Is.EqualTo(journal.ToString()).IgnoreCase);
        Assert.That(() => other.Execute("SELECT * FROM t"), Throws.TypeOf<SqliteException>().With.Message.Contains("no such table"));
        other.Execute("CREATE TABLE again(a); INSERT INTO again VALUES ('ä')");
        Integrity.Check(other);
    }

    [Test]
    public void RestoreEmpty_waits_for_others_no_longer_than_the_timeout()
    {
        using BackedUp database = new();
        DatabaseSnapshot before = database.Snapshot();
        using SqliteConnection other = database.Open();
        other.Execute("BEGIN IMMEDIATE");

        Assert.That(
            () => database.Backups.RestoreEmpty(_ => { }, default),
            Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.Busy));

        other.Execute("ROLLBACK");
        database.Snapshot().AssertSameAs(before);
    }
}
