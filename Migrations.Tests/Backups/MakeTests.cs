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
        File.Move(backup.Path, database.In("moved.db"));
        File.Move(database.Path, database.In("live.db"));
        database.Snapshot(database.In("moved.db")).ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
        Assert.That(before.Pragmas["page_size"], Is.EqualTo("8192"));
        Assert.That(before.Pragmas["auto_vacuum"], Is.EqualTo("2"));
        Assert.That(before.Pragmas["encoding"], Is.EqualTo("UTF-16le"));
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
}
