using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Runner;
using Migrations.Tests.Faults;
using Migrations.Tests.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Interruption;

/// <summary>What failed first is what is told, with its statement, and nothing of the migration comes after it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class FirstErrorTests
{
    private const int SqlitePragma = 19; // c3ref/c_alter_table.html

    private const string Schema = """
        CREATE TABLE p(id INTEGER PRIMARY KEY, a TEXT);
        CREATE TABLE c(id INTEGER PRIMARY KEY, pid REFERENCES p ON DELETE CASCADE);
        CREATE TABLE strict_key(id INTEGER PRIMARY KEY ON CONFLICT ROLLBACK);
        INSERT INTO p VALUES (1, 'x'), (2, 'y'); INSERT INTO c VALUES (10, 1), (11, 2); INSERT INTO strict_key VALUES (1);
        CREATE TRIGGER no BEFORE INSERT ON p BEGIN SELECT RAISE(ROLLBACK, 'not today'); END;
        """;

    [TestCase("INSERT INTO p VALUES (3, 'z')", "not today")]
    [TestCase("INSERT INTO c VALUES (12, 1); INSERT INTO p VALUES (3, 'z'); CREATE TABLE after_it(a)", "not today")]
    [TestCase("INSERT INTO strict_key VALUES (1)", "UNIQUE constraint failed")]
    [TestCase("PRAGMA journal_mode = MEMORY; SELECT nonsense", "no such column: nonsense")]
    [TestCase("SELECT id FROM p; INSERT INTO strict_key VALUES (2); INSERT INTO c VALUES (10, 1)", "UNIQUE constraint failed")]
    [TestCase("SELECT 1; SELECT 2; CREATE TABLE p(a)", "table p already exists")]
    [TestCase("SELECT abs(-9223372036854775807 - id) FROM p", "integer overflow")]
    [TestCase("PRAGMA synchronous = OFF", "Safety level may not be changed inside a transaction")]
    [TestCase("VACUUM", "cannot VACUUM from within a transaction")]
    public void Statement_that_fails_is_told_with_its_own_error(string sql, string message)
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        List<(string Statement, Exception Error)> failures = [];
        MigrationHistory history = History(database, failures);
        DatabaseSnapshot before = Prepare(database, history);
        history.Add(m =>
        {
            m.Alter.Column("a").OnTable("p").AsString().NotNullable();
            m.Insert.IntoTable("c").Row(new { id = 20, pid = 1 });
            m.Execute.Sql(sql);
            m.Create.Table("after_all").WithColumn("id").AsInt32();
        });

        Assert.That(history.Up, Throws.Exception.With.InnerException.TypeOf<SqliteException>().And.InnerException.Message.Contains(message));

        AssertFailed(failures, sql, message);
        AssertUntouched(database, before);
    }

    [Test]
    public void Operation_that_goes_on_after_a_rollback_is_stopped_and_its_later_statements_are_not_the_migrations()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        List<(string Statement, Exception Error)> failures = [];
        MigrationHistory history = History(database, failures);
        DatabaseSnapshot before = Prepare(database, history);
        history.Add(m =>
        {
            m.Insert.IntoTable("c").Row(new { id = 20, pid = 1 });
            m.Execute.WithConnection((connection, transaction) =>
            {
                using System.Data.IDbCommand command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "INSERT INTO p VALUES (3, 'z')";
                Assert.That(command.ExecuteNonQuery, Throws.TypeOf<SqliteException>());
            });
            m.Create.Table("after_all").WithColumn("id").AsInt32();
        });

        Assert.That(history.Up, Throws.TypeOf<MigrationRefusedException>().With.Message.Contains("ended the migration's transaction"));

        Assert.That(failures, Has.Count.EqualTo(1));
        AssertUntouched(database, before);
    }

    [Test]
    public void Conversion_whose_own_statement_rolls_back_fails_with_that_error_and_nothing_commits_by_itself([Values] bool inMigration)
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        List<(string Statement, Exception Error)> failures = [];
        MigrationHistory history = History(database, failures);
        DatabaseSnapshot before = Prepare(database, history);
        Func<object?, object?> insert = value =>
        {
            database.Connection.Execute("INSERT INTO p VALUES (3, 'z')");
            return value;
        };
        history.Add(m =>
        {
            m.Create.Table("before_it").WithColumn("id").AsInt32();
            m.Update.Column("pid").OnTable("c").Using<long, long>(value => (long)insert(value)!); // It gives what it got.
            m.Create.Table("after_all").WithColumn("id").AsInt32();
        });

        Action alter = inMigration
            ? () => history.Up()
            : () => TableAlterer.Alter(database.Connection, "c", [new ConvertColumn("pid", new FunctionConversion(insert))], new AlterationOptions());

        Assert.That(FaultAssert.Chain(Assert.Catch(() => alter())!), Does.Contain("not today")); // Catch gives it
        AssertUntouched(database, before);
    }

    [Test]
    public void Alteration_that_fails_is_told_with_the_very_statement()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        List<(string Statement, Exception Error)> failures = [];
        MigrationHistory history = History(database, failures);
        DatabaseSnapshot before = Prepare(database, history);
        history.Add(m => m.Alter.TableBatch("p", batch => batch.DropColumn("a"), new BatchOptions { Mode = RebuildMode.AlwaysCopy }));
        raw.sqlite3_set_authorizer(
            database.Connection.Handle, (_, action, name, _, _, _) => action == 11 && name == "p" ? raw.SQLITE_DENY : raw.SQLITE_OK, null); // 11: SQLITE_DROP_TABLE

        AlterationFailedException error = Assert.Throws<AlterationFailedException>(() => history.Up())!; // Throws gives it

        raw.sqlite3_set_authorizer(database.Connection.Handle, (strdelegate_authorizer?)null, null);
        Assert.That(failures.Single().Statement, Is.EqualTo(error.Statement).And.StartsWith("DROP TABLE"));
        Assert.That(failures.Single().Error, Is.SameAs(error));
        AssertUntouched(database, before);
    }

    [Test]
    public void Full_database_in_raw_sql_rolls_the_migration_back()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        List<(string Statement, Exception Error)> failures = [];
        MigrationHistory history = History(database, failures);
        DatabaseSnapshot before = Prepare(database, history);
        history.Add(m =>
        {
            m.Execute.Sql("CREATE TABLE n(a)");
            m.Execute.Sql("INSERT INTO n WITH RECURSIVE i(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM i WHERE x < 1000) SELECT zeroblob(900) FROM i");
            m.Create.Table("after_all").WithColumn("id").AsInt32();
        });
        long pages = database.Scalar<long>("PRAGMA page_count");
        database.Execute($"PRAGMA max_page_count = {pages + 20}");

        Assert.That(history.Up, Throws.Exception.With.InnerException.Property(nameof(SqliteException.SqliteErrorCode)).EqualTo(raw.SQLITE_FULL));

        Assert.That(failures.Single().Statement, Does.StartWith("INSERT INTO n"));
        database.Execute("PRAGMA max_page_count = 4294967294");
        AssertUntouched(database, before);
    }

    [Test]
    public void Reader_that_an_operation_left_open_fails_the_alteration_after_it_at_once()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        database.Connection.DefaultTimeout = 0; // A wait would last for ever.
        List<(string Statement, Exception Error)> failures = [];
        MigrationHistory history = History(database, failures);
        DatabaseSnapshot before = Prepare(database, history);
        System.Data.IDataReader? reader = null;
        history.Add(m =>
        {
            m.Execute.WithConnection((connection, transaction) =>
            {
                System.Data.IDbCommand command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "SELECT id FROM c";
                reader = command.ExecuteReader();
                reader.Read();
            });
            m.Alter.Column("a").OnTable("p").AsString().NotNullable();
        });

        Assert.That(history.Up, Throws.TypeOf<AlterationFailedException>().With.Message.Contains("Dispose open readers"));

        reader?.Dispose();
        AssertUntouched(database, before);
    }

    [Test]
    public void Foreign_key_that_the_commit_finds_violated_is_told_with_the_commit()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        database.Execute("CREATE TABLE d(pid REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        List<(string Statement, Exception Error)> failures = [];
        MigrationHistory history = History(database, failures);
        DatabaseSnapshot before = Prepare(database, history);
        history.Add(m => m.Insert.IntoTable("d").Row(new { pid = 99 }));

        Assert.That(history.Up, Throws.TypeOf<SqliteException>().With.Message.Contains("FOREIGN KEY constraint failed"));

        Assert.That(failures.Single().Statement, Is.EqualTo("COMMIT"));
        AssertUntouched(database, before);
    }

    [Test]
    public void Setting_that_can_not_be_set_back_after_a_commit_is_told_as_that([Values] bool inMigration)
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        MigrationHistory history = History(database, []);
        Prepare(database, history);
        history.Add(m => m.Alter.Column("a").OnTable("p").AsString().NotNullable());
        raw.sqlite3_set_authorizer(
            database.Connection.Handle,
            (_, action, name, value, _, _) => action == SqlitePragma && name == "foreign_keys" && value == "ON" ? raw.SQLITE_DENY : raw.SQLITE_OK,
            null);

        if (inMigration)
        {
            Assert.That(history.Up, Throws.TypeOf<MigrationRefusedException>().With.Message.Contains("was committed").And.Message.Contains("not authorized"));
        }
        else
        {
            Assert.That(
                () => TableAlterer.Alter(database.Connection, "p", [new SetNullability("a", false)], new AlterationOptions { Mode = RebuildMode.AlwaysCopy }),
                Throws.TypeOf<AlterationFailedException>().With.Message.Contains("was altered").And.Message.Contains("not authorized"));
        }

        raw.sqlite3_set_authorizer(database.Connection.Handle, (strdelegate_authorizer?)null, null);
        Assert.That(() => database.Execute("UPDATE p SET a = NULL"), Throws.Exception.Message.Contains("p.a"), "what the message says is so");
        if (inMigration)
        {
            Assert.That(database.Scalar<long>("SELECT max(Version) FROM VersionInfo"), Is.EqualTo(2));
        }
    }

    [Test]
    public void Setting_that_can_not_be_set_back_after_a_failure_does_not_hide_it()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        MigrationHistory history = History(database, []);
        DatabaseSnapshot before = Prepare(database, history);
        history.Add(m =>
        {
            m.Alter.Column("a").OnTable("p").AsString().NotNullable();
            m.Insert.IntoTable("p").Row(new { id = 3 });
        });
        raw.sqlite3_set_authorizer(
            database.Connection.Handle,
            (_, action, name, value, _, _) => action == SqlitePragma && name == "foreign_keys" && value == "ON" ? raw.SQLITE_DENY : raw.SQLITE_OK,
            null);

        Assert.That(history.Up, Throws.Exception.With.Message.Contains("not today"));

        raw.sqlite3_set_authorizer(database.Connection.Handle, (strdelegate_authorizer?)null, null);
        Assert.That(history.Log.Lines, Has.Some.Contains("oreign keys"));
        database.Execute("PRAGMA foreign_keys = ON");
        AssertUntouched(database, before);
    }

    private static MigrationHistory History(TestDatabase database, List<(string Statement, Exception Error)> failures) => new(database.ConnectionString)
    {
        Configure = options =>
        {
            options.Mode = RebuildMode.AlwaysCopy;
            options.Connection = database.Connection;
            options.StatementFailed = (statement, error) => failures.Add((statement, error));
        },
    };

    // The history's own table is made by a migration before the one that fails.
    private static DatabaseSnapshot Prepare(TestDatabase database, MigrationHistory history)
    {
        history.Add(m => m.Create.Table("prepared").WithColumn("id").AsInt32()).Up();
        return DatabaseSnapshot.Of(database.Connection);
    }

    private static void AssertFailed(List<(string Statement, Exception Error)> failures, string statement, string message)
    {
        Assert.That(failures, Has.Count.EqualTo(1));
        Assert.That(failures[0].Statement, Is.EqualTo(statement));
        Assert.That(failures[0].Error, Is.TypeOf<SqliteException>().With.Message.Contains(message));
    }

    private static void AssertUntouched(TestDatabase database, DatabaseSnapshot before)
    {
        FaultAssert.NothingHappened(database, before);
        Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name IN ('after_it', 'after_all', 'before_it')"), Is.Zero);
        Assert.That(() => database.Connection.BeginTransaction().Dispose(), Throws.Nothing, "the connection is usable");
    }
}
