using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>An alteration whose COMMIT does not succeed leaves the database as it was, with no transaction open.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CommitTests
{
    [Test]
    public void Commit_that_waits_for_a_reader_in_vain_undoes_all()
    {
        using TestDatabase database = FaultDatabase.Copied.Open(TestDatabaseKind.RollbackJournalFile);
        database.Connection.DefaultTimeout = 1;
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        using (SqliteConnection another = database.OpenAnother())
        {
            // A reader's shared lock lets the alteration write, but not commit (lockingv3.html, section 3).
            another.Execute("BEGIN; SELECT count(*) FROM parent");
            MigrationsException exception = Assert.Catch<MigrationsException>(() => FaultDatabase.Copied.Alter(database))!; // Catch gives it

            FaultAssert.ShowsFirstError(exception, "locked");
            FaultAssert.NothingHappened(database, before);
        }

        FaultDatabase.Copied.Alter(database);
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(FaultDatabase.Copied.Altered(TestDatabaseKind.RollbackJournalFile));
    }

    [Test]
    public void Copy_that_is_too_large_for_the_cache_beside_a_reader_undoes_all()
    {
        using TestDatabase database = FaultDatabase.Copied.Open(TestDatabaseKind.RollbackJournalFile);
        database.Connection.DefaultTimeout = 1;
        database.Execute("PRAGMA cache_size = 5; PRAGMA cache_spill = 5");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        using (SqliteConnection another = database.OpenAnother())
        {
            another.Execute("BEGIN; SELECT count(*) FROM parent");
            MigrationsException exception = Assert.Catch<MigrationsException>(() => FaultDatabase.Copied.Alter(database))!; // Catch gives it

            FaultAssert.ShowsFirstError(exception, "locked");
            FaultAssert.NothingHappened(database, before);
        }

        FaultDatabase.Copied.Alter(database);
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Commit_that_a_hook_turns_down_undoes_all([Values] TestDatabaseKind kind)
    {
        using TestDatabase database = FaultDatabase.Copied.Open(kind);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        raw.sqlite3_commit_hook(database.Connection.Handle, _ => 1, null);
        MigrationsException exception = Assert.Catch<MigrationsException>(() => FaultDatabase.Copied.Alter(database))!; // Catch gives it
        raw.sqlite3_commit_hook(database.Connection.Handle, null, null);

        FaultAssert.ShowsFirstError(exception, "constraint failed");
        FaultAssert.NothingHappened(database, before);
        FaultDatabase.Copied.Alter(database);
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(FaultDatabase.Copied.Altered(kind));
    }
}
