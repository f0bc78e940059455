using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Faults;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Conversions;

/// <summary>The application's triggers do not fire for a conversion, and are all there afterwards, in their order.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TriggerTests
{
    private const int SqliteDbConfigEnableTrigger = 1003;

    private const string Schema = """
        PRAGMA recursive_triggers = ON;
        CREATE TABLE log(what TEXT);
        CREATE TABLE t(id INTEGER PRIMARY KEY, v INT, w INT);
        INSERT INTO t VALUES (1, 1, 0), (2, 2, 0), (3, 3, 0);
        CREATE VIEW seen AS SELECT * FROM t;
        CREATE TRIGGER first_after AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('first'); END;
        CREATE TEMP TRIGGER now_before BEFORE UPDATE OF v ON main.t BEGIN INSERT INTO log VALUES ('now before'); END;
        CREATE TRIGGER second_after AFTER UPDATE OF v, w ON t WHEN new.v IS NOT old.v BEGIN INSERT INTO log VALUES ('second'); UPDATE t SET w = w + 1 WHERE id = new.id AND w < 3; END;
        CREATE TEMP TRIGGER now_after AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('now after'); END;
        CREATE TRIGGER before BEFORE UPDATE ON t BEGIN INSERT INTO log VALUES ('before'); END;
        CREATE TEMP TRIGGER now_insert AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('now insert'); END;
        CREATE TEMP TRIGGER now_later AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('now later'); END;
        CREATE TRIGGER on_view INSTEAD OF UPDATE ON seen BEGIN INSERT INTO log VALUES ('view'); END;
        CREATE TRIGGER refuses BEFORE UPDATE ON t WHEN new.v > 1000 BEGIN SELECT RAISE(ROLLBACK, 'refused'); END;
        """;

    [Test]
    public void Triggers_do_not_fire_and_fire_afterwards_in_their_order([Values] bool byFunction, [Values] bool inTransaction)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Schema);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        IReadOnlyList<object?[]> fired = Fired(database);
        database.Execute(inTransaction ? "BEGIN" : "SELECT 1");

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", Thousandfold(byFunction))], new AlterationOptions());

        Assert.That((result.RowsUpdated, result.RowsCopied), Is.EqualTo((3L, 0L)));
        Assert.That(database.Rows("SELECT v, w FROM t"), Is.EqualTo(new object[][] { [1001L, 0L], [2002L, 0L], [3003L, 0L] }));
        database.Execute("UPDATE t SET v = id").Execute("DELETE FROM log; UPDATE t SET w = 0; DELETE FROM log");
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        database.Execute(inTransaction ? "COMMIT" : "SELECT 1");
        Assert.That(Fired(database), Is.EqualTo(fired));
    }

    [Test]
    public void Triggers_fire_in_their_order_after_a_failure([Values] bool byFunction, [Values] bool inTransaction)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Schema);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        IReadOnlyList<object?[]> fired = Fired(database);
        database.Execute(inTransaction ? "BEGIN" : "SELECT 1");
        Conversion conversion = byFunction ? new FunctionConversion(value => value is 2L ? throw new FormatException("two") : 5000L) : new SqlConversion("abs(-9223372036854775806 - v)");

        Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", conversion)], new AlterationOptions()));

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        database.Execute(inTransaction ? "COMMIT" : "SELECT 1");
        Assert.That(Fired(database), Is.EqualTo(fired));
        Assert.That(() => database.Execute("UPDATE t SET v = 1001"), Throws.InstanceOf<SqliteException>().With.Message.Contains("refused"));
    }

    [Test]
    public void Triggers_fire_in_their_order_after_a_cancellation()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Schema);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        IReadOnlyList<object?[]> fired = Fired(database);
        using CancellationTokenSource source = new();
        FunctionConversion conversion = new(value =>
        {
            source.Cancel();
            return value;
        });

        Assert.Catch<OperationCanceledException>(
            () => TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", conversion)], new AlterationOptions { CancellationToken = source.Token }));

        FaultAssert.NothingHappened(database, before);
        Assert.That(Fired(database), Is.EqualTo(fired));
    }

    [Test]
    public void Triggers_that_the_application_has_switched_off_stay_off([Values] bool fails)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Schema).Execute("DROP TRIGGER now_before; DROP TRIGGER now_after; DROP TRIGGER now_later");
        raw.sqlite3_db_config(database.Connection.Handle, SqliteDbConfigEnableTrigger, 0, out _);
        FunctionConversion conversion = new(value => fails ? throw new FormatException("no") : value);

        try
        {
            TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", conversion)], new AlterationOptions());
        }
        catch (RowsRefusedException) when (fails)
        {
        }

        raw.sqlite3_db_config(database.Connection.Handle, SqliteDbConfigEnableTrigger, -1, out int enabled);
        Assert.That(enabled, Is.Zero);
        Assert.That(database.Rows("UPDATE t SET v = 7; SELECT * FROM log"), Is.Empty);
    }

    [Test]
    public void Triggers_fire_for_what_a_function_writes_itself()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Schema).Execute("CREATE TABLE other(a); CREATE TRIGGER other_insert AFTER INSERT ON other BEGIN INSERT INTO log VALUES ('other'); END");
        FunctionConversion conversion = new(value =>
        {
            database.Execute("INSERT INTO other VALUES (1)");
            return value;
        });

        TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", conversion)], new AlterationOptions());

        Assert.That(database.Rows("SELECT what FROM log").Select(row => row[0]), Is.EqualTo(new[] { "other", "other", "other" }));
    }

    [Test]
    public void Statements_prepared_before_fire_triggers_afterwards()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Schema);
        using SqliteCommand command = database.Connection.CreateCommand();
        command.CommandText = "UPDATE t SET w = w WHERE id = 1";
        command.ExecuteNonQuery();
        string fired = database.Scalar<string>("SELECT group_concat(what) FROM log");
        database.Execute("DELETE FROM log");

        TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", new SqlConversion("v + 1"))], new AlterationOptions());
        command.ExecuteNonQuery();

        Assert.That(database.Scalar<string>("SELECT group_concat(what) FROM log"), Is.EqualTo(fired).And.Contains("now later"));
    }

    [Test]
    public void Triggers_of_an_attached_database_do_not_fire_and_are_kept([Values] bool byFunction)
    {
        using TestDatabase database = TestDatabase.File().Attach("aux \"2\"");
        database.Execute("""
            CREATE TABLE t(id INTEGER PRIMARY KEY, v INT);
            CREATE TRIGGER fires AFTER UPDATE ON t BEGIN SELECT RAISE(ABORT, 'of main'); END;
            CREATE TABLE [aux "2"].t(id INTEGER PRIMARY KEY, v INT);
            INSERT INTO [aux "2"].t VALUES (1, 1), (2, 2);
            CREATE TRIGGER [aux "2"].[fires "now"] AFTER UPDATE ON t BEGIN SELECT RAISE(ABORT, 'attached'); END;
            CREATE TEMP TRIGGER temporary AFTER UPDATE ON [aux "2"].t BEGIN SELECT RAISE(ABORT, 'temporary'); END;
            """);
        DatabaseSnapshot main = DatabaseSnapshot.Of(database.Connection);
        IReadOnlyList<object?[]> before = database.Rows("SELECT name, sql FROM [aux \"2\"].sqlite_schema");

        AlterationResult result = TableAlterer.Alter(
            database.Connection, "t", [new ConvertColumn("v", Thousandfold(byFunction))], new AlterationOptions { Database = "aux \"2\"" });

        Assert.That(result.RowsUpdated, Is.EqualTo(2));
        Assert.That(database.Scalar<long>("SELECT sum(v) FROM [aux \"2\"].t"), Is.EqualTo(3003));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(main);
        Assert.That(database.Rows("SELECT name, sql FROM [aux \"2\"].sqlite_schema"), Is.EqualTo(before));
        Assert.That(() => database.Execute("UPDATE [aux \"2\"].t SET v = 1"), Throws.InstanceOf<SqliteException>().With.Message.Contains("temporary"));
        database.Execute("DROP TRIGGER temp.temporary");
        Assert.That(() => database.Execute("UPDATE [aux \"2\"].t SET v = 1"), Throws.InstanceOf<SqliteException>().With.Message.Contains("attached"));
    }

    [Test]
    public void Trigger_that_did_not_compile_before_is_kept_as_it_was([Values] bool byFunction)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Schema).Execute("CREATE TRIGGER broken AFTER UPDATE ON t BEGIN SELECT * FROM \"nowhere at all\"; END");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("w", Thousandfold(byFunction))], new AlterationOptions());

        DatabaseSnapshot.Of(database.Connection).ExceptColumns("t", "w").AssertSameAs(before.ExceptColumns("t", "w"));
        Assert.That(() => database.Execute("UPDATE t SET v = 1"), Throws.InstanceOf<SqliteException>().With.Message.Contains("nowhere at all"));
    }

    private static Conversion Thousandfold(bool byFunction) =>
        byFunction ? new FunctionConversion(value => (long)value! * 1001) : new SqlConversion("v * 1001"); // Every row has a number.

    /// <summary>What fires, in which order, for an update; all is as before afterwards.</summary>
    private static IReadOnlyList<object?[]> Fired(TestDatabase database)
    {
        database.Execute("SAVEPOINT probe; UPDATE t SET v = 17 WHERE id = 2; UPDATE seen SET v = 1; INSERT INTO t VALUES (50, 1, 1)");
        IReadOnlyList<object?[]> log = database.Rows("SELECT what FROM log ORDER BY rowid");
        database.Execute("ROLLBACK TO probe; RELEASE probe");
        Assert.That(log, Has.Count.GreaterThan(6));
        return log;
    }
}
