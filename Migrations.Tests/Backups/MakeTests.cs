using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

[Parallelizable(ParallelScope.All)]
internal sealed class MakeTests
{
    [Test]
    public void Make_holds_everything_in_a_single_file([Values] JournalMode journal)
    {
        using BackedUp database = new(journal, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA encoding = 'UTF-16le'");
        DatabaseSnapshot before = database.Snapshot();

        DatabaseBackup backup = database.Make();

        Assert.That(database.Files, Is.EquivalentTo(new[] { "test.db", Path.GetFileName(backup.Path) }));
        Assert.That(backup.Size, Is.EqualTo(new FileInfo(backup.Path).Length));
        File.Move(backup.Path, database.In("moved.db"));
        File.Move(database.Path, database.In("live.db"));
        database.Snapshot(database.In("moved.db")).ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
        Assert.That(before.Pragmas["page_size"], Is.EqualTo("8192"));
        Assert.That(before.Pragmas["auto_vacuum"], Is.EqualTo("2"));
        Assert.That(before.Pragmas["encoding"], Is.EqualTo("UTF-16le"));
        Assert.That(before.Pragmas["user_version"], Is.EqualTo("7"));
        Assert.That(before.Pragmas["application_id"], Is.EqualTo("4711"));
    }

    [Test]
    public void Make_holds_what_is_only_in_the_write_ahead_log()
    {
        using BackedUp database = new();
        using SqliteConnection application = database.Open();
        application.Execute("PRAGMA wal_autocheckpoint = 0; INSERT INTO t(a) VALUES ('only in the log')");
        Assert.That(new FileInfo(database.Path + "-wal").Length, Is.Positive);

        DatabaseBackup backup = database.Make();

        using SqliteConnection copy = database.Open(backup.Path);
        Assert.That(copy.Scalar<long>("SELECT count(*) FROM t WHERE a = 'only in the log'"), Is.EqualTo(1));
        Assert.That(copy.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("delete"));
    }

    [Test]
    public void Make_while_another_connection_writes_holds_one_state_and_does_not_start_over()
    {
        using BackedUp database = new();
        DatabaseSnapshot before = database.Snapshot();
        using SqliteConnection writer = database.Open();
        List<long> done = [];

        DatabaseBackup backup = database.Make(progress: report =>
        {
            if (report.Done is { } pages)
            {
                done.Add(pages);
                writer.Execute("UPDATE t SET a = a || '!'; INSERT INTO t(a) VALUES ('new')");
            }
        });

        Assert.That(done, Has.Count.GreaterThan(10).And.Ordered.And.Unique);
        database.Snapshot(backup.Path).ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
        Assert.That(writer.Scalar<long>("SELECT count(*) FROM t WHERE a = 'new'"), Is.EqualTo(1), "the writer was not kept waiting");
        Assert.That(writer.Scalar<string>("SELECT a FROM t WHERE id = 1"), Is.EqualTo("row 1" + new string('!', done.Count)));
    }

    [Test]
    public void Make_with_a_rollback_journal_holds_one_state_and_lets_others_write_afterwards()
    {
        using BackedUp database = new(JournalMode.Delete);
        DatabaseSnapshot before = database.Snapshot();
        using SqliteConnection writer = database.Open();
        bool isTried = false;

        DatabaseBackup backup = database.Make(progress: report =>
        {
            if (report.Done == 5)
            {
                isTried = true;
                Assert.That(() => writer.Execute("DELETE FROM t"), Throws.TypeOf<SqliteException>().With.Property("SqliteErrorCode").EqualTo(5));
            }
        });

        Assert.That(isTried, Is.True);
        database.Snapshot(backup.Path).AssertSameAs(before);
        writer.Execute("DELETE FROM t");
        Assert.That(writer.Scalar<long>("SELECT count(*) FROM t"), Is.Zero);
    }

    [Test]
    public void Make_waits_for_another_writer_no_longer_than_the_timeout()
    {
        using BackedUp database = new(JournalMode.Delete);
        using SqliteConnection writer = database.Open();
        writer.Execute("BEGIN EXCLUSIVE");

        Assert.That(() => database.Make(), Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.Busy));
        Assert.That(database.Files, Has.None.Contains("backup"));
    }

    [Test]
    public void Make_waiting_for_another_writer_can_be_cancelled()
    {
        using BackedUp database = new(JournalMode.Delete) { Options = { BusyTimeout = TimeSpan.FromMinutes(5) } };
        using SqliteConnection writer = database.Open();
        writer.Execute("BEGIN EXCLUSIVE");
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(100));

        Assert.That(() => database.Make(cancellationToken: cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Make_cancelled_at_any_page_leaves_nothing([Values] JournalMode journal)
    {
        using BackedUp database = new(journal);
        DatabaseSnapshot before = database.Snapshot();
        int stopped = 0;
        for (bool isStopped = true; isStopped;)
        {
            int steps = 0;
            using CancellationTokenSource cancellation = new();
            isStopped = false;
            try
            {
                database.Make(
                    progress: report =>
                    {
                        if (report.Done is not null && ++steps > stopped)
                        {
                            cancellation.Cancel();
                        }
                    },
                    cancellationToken: cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                isStopped = true;
                stopped++;
                Assert.That(database.Files, Is.EqualTo(new[] { "test.db" }));
            }
        }

        Assert.That(stopped, Is.GreaterThan(10));
        Assert.That(database.Backups.List(), Has.Length.EqualTo(1));
        database.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Make_failing_at_any_page_leaves_nothing_and_the_first_error()
    {
        using BackedUp database = new();
        for (int stop = 1; stop < 12; stop++)
        {
            int steps = 0;
            int at = stop;
            Assert.That(
                () => database.Make(progress: report =>
                {
                    if (report.Done is not null && ++steps == at)
                    {
                        throw new InvalidOperationException("the application's own");
                    }
                }),
                Throws.InvalidOperationException.With.Message.EqualTo("the application's own"));
            Assert.That(database.Files, Is.EqualTo(new[] { "test.db" }));
        }
    }

    [Test]
    public void Make_on_a_disk_that_is_full_at_any_page_leaves_nothing([Values] JournalMode journal)
    {
        using BackedUp database = new(journal);
        int pages = 1;
        database.Options.ConnectionOpened = connection =>
        {
            if (connection.DataSource.EndsWith(".partial", StringComparison.Ordinal))
            {
                connection.Execute($"PRAGMA max_page_count = {pages}");
            }
        };
        DatabaseBackup? backup = null;
        while (backup is null)
        {
            try
            {
                backup = database.Make();
            }
            catch (DatabaseUnusableException e)
            {
                Assert.That(e.Problem, Is.EqualTo(DatabaseProblem.DiskFull));
                Assert.That(e.Message, Does.Contain(database.Path).And.Contain("Free some space"));
                Assert.That(database.Files, Is.EqualTo(new[] { "test.db" }));
                pages++;
            }
        }

        Assert.That(pages, Is.GreaterThan(10));
        using SqliteConnection copy = database.Open(backup.Path);
        Integrity.Check(copy);
    }

    [Test]
    public void Make_opens_every_connection_through_the_hook()
    {
        List<string> opened = [];
        using BackedUp database = new();
        database.Options.ConnectionOpened = connection => opened.Add(Path.GetFileName(connection.DataSource));

        DatabaseBackup backup = database.Make();
        string partial = Path.GetFileName(backup.Path) + ".partial";

        Assert.That(opened, Is.EqualTo(new[] { "test.db", partial, partial }));
    }

    [Test]
    public void Make_with_a_hook_that_asks_for_a_write_ahead_log_makes_a_single_file([Values] JournalMode journal)
    {
        using BackedUp database = new(journal, "PRAGMA page_size = 1024");
        DatabaseSnapshot before = database.Snapshot();
        database.Options.ConnectionOpened = connection => connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");

        DatabaseBackup backup = database.Make();

        Assert.That(database.Files, Is.EquivalentTo(new[] { "test.db", Path.GetFileName(backup.Path) }));
        database.Snapshot(backup.Path).ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
        database.Restore(backup);
        Assert.That(database.Files, Is.EquivalentTo(new[] { "test.db", Path.GetFileName(backup.Path) }));
        database.Snapshot().ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
    }
}
