using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>The application's own functions, called from its schema, fail or misbehave in the middle of an alteration.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class UserFunctionTests
{
    private static readonly AlterationOptions Copy = new() { Mode = RebuildMode.AlwaysCopy };

    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT CHECK (checked(a)), b TEXT)")]
    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT, c INT AS (checked(a)) STORED)")]
    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT); CREATE INDEX i ON t(checked(a))")]
    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT); CREATE INDEX i ON t(b) WHERE checked(a)")]
    public void Function_that_throws_at_any_call_undoes_all(string schema)
    {
        using TestDatabase database = TestDatabase.File();
        int calls = 0;
        int fatal = 0;
        database.Connection.CreateFunction("checked", (long a) => ++calls == fatal ? throw new InvalidOperationException($"call {calls} was fatal") : a, isDeterministic: true);
        database.Execute(schema).Execute("INSERT INTO t(id, a, b) VALUES (1, 1, 'x'), (4, 2, 'y'), (5, 3, 'z'); CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT checked(new.a); END");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        int failures = 0;
        while (true)
        {
            calls = 0;
            fatal = failures + 1;
            try
            {
                TableAlterer.Alter(database.Connection, "t", [new SetNullability("b", false)], Copy);
                break;
            }
            catch (MigrationsException exception)
            {
                fatal = 0;
                failures++;
                FaultAssert.ShowsFirstError(exception, $"call {failures} was fatal");
                FaultAssert.NothingHappened(database, before);
            }
        }

        fatal = 0;
        Assert.That(failures, Is.GreaterThanOrEqualTo(3), "each of three rows can fail");
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before.WithSchema(row => row.Name is "t"
            ? row with { Sql = row.Sql!.Replace("b TEXT", "b TEXT NOT NULL", StringComparison.Ordinal) } // a table has text
            : row));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Conversion_that_throws_names_its_row_and_undoes_all([Values] bool inTransaction)
    {
        using TestDatabase database = FaultDatabase.Copied.Open(TestDatabaseKind.InMemory);
        database.Execute(inTransaction ? "PRAGMA foreign_keys = OFF; BEGIN; INSERT INTO caller VALUES ('mine')" : "SELECT 1");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        FunctionConversion conversion = new(value => value is "note 17" ? throw new FormatException("no note of mine") : value);

        MigrationsException exception = Assert.Catch<MigrationsException>(
            () => TableAlterer.Alter(database.Connection, "parent", [new ConvertColumn("note", conversion)], new AlterationOptions()))!; // Catch gives it

        FaultAssert.ShowsFirstError(exception, "no note of mine");
        Assert.That(FaultAssert.Chain(exception), Does.Contain("\"parent\"").And.Contain("17"));
        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle) == 0, Is.EqualTo(inTransaction));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    // The function gives another value when rows are copied than when they were looked at first: SQLite's own constraint
    // is what stops the copy, which then asks for the rows; ON CONFLICT ROLLBACK must not end the transaction under it (lang_conflict.html).
    [TestCase("extra INT UNIQUE ON CONFLICT ROLLBACK", "UNIQUE constraint would hold values more than once")]
    [TestCase("extra INT UNIQUE ON CONFLICT REPLACE", "UNIQUE constraint would hold values more than once")]
    [TestCase("extra INT UNIQUE ON CONFLICT IGNORE", "UNIQUE constraint would hold values more than once")]
    [TestCase("extra INT UNIQUE ON CONFLICT FAIL", "UNIQUE constraint would hold values more than once")]
    [TestCase("extra INT CHECK (extra <> 4)", "CHECK constraint failed")]
    public void Constraint_that_fails_while_rows_are_copied_undoes_all(string definition, string error)
    {
        foreach (bool inTransaction in (ReadOnlySpan<bool>)[false, true])
        {
            using TestDatabase database = FaultDatabase.Copied.Open(TestDatabaseKind.InMemory);
            bool isCopying = false;
            database.Connection.CreateFunction("unsteady", (long id) => isCopying && id > 20 ? 4 : 1000 + id);
            raw.sqlite3_set_authorizer(
                database.Connection.Handle,
                (object _, int action, string table, string _, string _, string _) =>
                {
                    isCopying |= action == raw.SQLITE_INSERT && !table.StartsWith("sqlite_", StringComparison.Ordinal) && table is not ("parent" or "child" or "caller");
                    return raw.SQLITE_OK;
                },
                null);
            database.Execute(inTransaction ? "PRAGMA foreign_keys = OFF; BEGIN; INSERT INTO caller VALUES ('mine')" : "SELECT 1");
            DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
            isCopying = false;

            MigrationsException exception = Assert.Catch<MigrationsException>(() => TableAlterer.Alter(
                database.Connection, "parent", [new AddColumn(definition, ExistingRows: "unsteady(id)")], new AlterationOptions()))!; // Catch gives it

            FaultAssert.ShowsFirstError(exception, error);
            Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle) == 0, Is.EqualTo(inTransaction));
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        }
    }

    [Test]
    public void Function_that_interrupts_undoes_all()
    {
        using TestDatabase database = FaultDatabase.Copied.Open(TestDatabaseKind.WalFile);
        bool isArmed = false;
        database.Connection.CreateFunction("watched", (long id) =>
        {
            if (isArmed && id == 30)
            {
                raw.sqlite3_interrupt(database.Connection.Handle);
            }

            return id;
        });
        database.Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a CHECK (watched(id) > 0)); INSERT INTO t SELECT id, name FROM parent");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        isArmed = true;

        MigrationsException exception = Assert.Catch<MigrationsException>(
            () => TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", false)], Copy))!; // Catch gives it

        isArmed = false;
        FaultAssert.ShowsFirstError(exception, "interrupted");
        FaultAssert.NothingHappened(database, before);
        Assert.That(TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", false)], Copy).RowsCopied, Is.EqualTo(35));
    }

    [Test]
    public void Function_that_ends_the_transaction_is_shown_first_and_undoes_all()
    {
        using TestDatabase database = FaultDatabase.Copied.Open(TestDatabaseKind.InMemory);
        bool isArmed = false;
        database.Connection.CreateFunction("ending", (long id) =>
        {
            if (isArmed && id == 30)
            {
                isArmed = false;
                database.Execute("ROLLBACK");
                throw new InvalidOperationException("the function rolled back");
            }

            return id;
        });
        database.Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a CHECK (ending(id) > 0)); INSERT INTO t SELECT id, name FROM parent");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        isArmed = true;

        MigrationsException exception = Assert.Catch<MigrationsException>(
            () => TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", false)], Copy))!; // Catch gives it

        Assert.That(exception.Message, Does.Not.Contain("no transaction is active"));
        FaultAssert.NothingHappened(database, before);
    }

    [Test]
    public void Triggers_that_would_roll_back_do_not_fire([Values] bool enforced)
    {
        using TestDatabase database = FaultDatabase.Copied.Open(TestDatabaseKind.InMemory);
        foreach (string verb in (ReadOnlySpan<string>)["INSERT", "UPDATE", "DELETE"])
        {
            foreach (string table in (ReadOnlySpan<string>)["parent", "child"])
            {
                database.Execute($"CREATE TRIGGER no_{verb}_{table} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ROLLBACK, 'fired'); END");
            }
        }

        database.Execute($"PRAGMA foreign_keys = {(enforced ? 1 : 0)}");
        FaultDatabase.Copied.Alter(database);

        Assert.That(database.Scalar<long>("SELECT count(*) FROM grown"), Is.EqualTo(35));
        Assert.That(() => database.Execute("DELETE FROM grown"), Throws.InstanceOf<SqliteException>().With.Message.Contains("fired"));
        Assert.That(() => database.Execute("INSERT INTO child(parent_id) VALUES (1)"), Throws.InstanceOf<SqliteException>().With.Message.Contains("fired"));
    }
}
