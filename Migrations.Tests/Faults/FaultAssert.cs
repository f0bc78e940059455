using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>What must hold after an alteration was stopped.</summary>
internal static class FaultAssert
{
    /// <summary>All exceptions of a chain, in words.</summary>
    public static string Chain(Exception exception)
    {
        List<string> messages = [];
        for (Exception? link = exception; link is not null; link = link.InnerException)
        {
            messages.Add($"{link.GetType().Name}: {link.Message}");
        }

        return string.Join('\n', messages);
    }

    /// <summary>The error is ours, and says first what went wrong first.</summary>
    public static void ShowsFirstError(Exception exception, string expected)
    {
        string chain = Chain(exception);
        Assert.That(exception, Is.InstanceOf<MigrationsException>(), chain);
        Assert.That(chain, Does.Contain(expected));
        Assert.That(exception.Message, Does.Not.Contain("no transaction is active").And.Not.Contain("no such savepoint"));
    }

    /// <summary>No transaction is open, and the database is as it was.</summary>
    public static void NothingHappened(TestDatabase database, DatabaseSnapshot before)
    {
        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle), Is.Not.Zero, "no transaction is open");
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    /// <summary>No transaction is open, and the database is as it was, byte for byte, as the connection's settings are.</summary>
    public static void NothingHappened(TestDatabase database, DatabaseState before)
    {
        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle), Is.Not.Zero, "no transaction is open");
        DatabaseState.Of(database).AssertSameAs(before);
    }

    /// <summary>
    /// SQLite may end a caller's transaction by itself when a statement is interrupted or the disk is full
    /// (lang_transaction.html, section 3); where it did not, only the alteration is undone.
    /// </summary>
    public static void CallersTransactionIsWhole(TestDatabase database, DatabaseState beforeTransaction, DatabaseState inTransaction)
    {
        if (raw.sqlite3_get_autocommit(database.Connection.Handle) == 0)
        {
            DatabaseState.Of(database).AssertSameAs(inTransaction);
            database.Execute("ROLLBACK");
        }

        DatabaseState.Of(database).AssertSameAs(beforeTransaction);
    }
}
