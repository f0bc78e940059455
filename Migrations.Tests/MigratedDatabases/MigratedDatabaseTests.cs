using FluentMigrator;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.MigratedDatabases;

/// <summary>What a database made for a test holds, compared with what running the migrations makes.</summary>
public sealed class MigratedDatabaseTests
{
    private static readonly EmittedStep[] Steps =
    [
        new(1, m => m.Execute.Sql("""
            CREATE TABLE account (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL COLLATE NOCASE UNIQUE, quota INTEGER DEFAULT 10 CHECK (quota >= 0));
            CREATE TABLE note (body, blob BLOB);
            INSERT INTO account (id, email) VALUES (1, 'a@x'), (7, 'b@x'), (40, 'c@x');
            DELETE FROM account WHERE id = 40;
            INSERT INTO note (rowid, body, blob) VALUES (5, 'é' || char(0) || '日本', x'00ff'), (9, 1.5, NULL), (90, 9223372036854775807, x'');
            """)),
        new(2, m => m.Alter.Column("quota").OnTable("account").AsInt64().NotNullable().WithDefaultValue(20), m => m.Execute.Sql("SELECT 1")),
        new(3, m => m.Execute.Sql("""
            CREATE TABLE pair (a TEXT, b INT, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
            CREATE TABLE log (line TEXT);
            CREATE INDEX ix_low ON account (lower(email)) WHERE quota > 0;
            CREATE TRIGGER tr AFTER INSERT ON account BEGIN INSERT INTO log VALUES (new.email); END;
            CREATE VIEW v AS SELECT a.email, p.b FROM account a JOIN pair p ON p.a = a.email;
            INSERT INTO pair VALUES ('z', 1), ('a', 2);
            INSERT INTO account (email) VALUES ('d@x');
            PRAGMA user_version = 17;
            ANALYZE;
            """)),
    ];

    [Test]
    public void At_holds_what_running_the_migrations_makes([Values] DatabaseStorage storage, [Values(0, 1, 2, 3)] long version, [Values] bool isUpwards)
    {
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of(Steps)], Storage = storage };
        foreach (long first in isUpwards ? [1L, 2L, 3L] : new[] { 3L, 2L, 1L })
        {
            MigratedDatabase.At(first, options).Dispose();
        }

        using MigratedDatabase database = MigratedDatabase.At(version, options);
        using Migrated migrated = new(options, version);

        Snapshot(database.Connection).AssertSameAs(Snapshot(migrated.Connection));
        Assert.That(database.Version, Is.EqualTo(version));
        Assert.That(database.Connection.Rows("PRAGMA integrity_check"), Is.EqualTo(new object[][] { ["ok"] }));
    }

    [Test]
    public void Latest_is_the_newest_version([Values] DatabaseStorage storage)
    {
        using MigratedDatabase database = MigratedDatabase.Latest(new MigratedDatabaseOptions { Assemblies = [EmittedAssembly.Of(Steps)], Storage = storage });

        Assert.That(database.Version, Is.EqualTo(3));
        Assert.That(database.Connection.Rows("SELECT seq FROM sqlite_sequence WHERE name = 'account'"), Is.EqualTo(new object[][] { [41L] }));
    }

    [Test]
    public void Header_of_the_database_is_copied_and_goes_on_to_hold(
        [Values] DatabaseStorage storage, [Values(512, 8192)] int pageSize, [Values("UTF-8", "UTF-16le", "UTF-16be")] string encoding, [Values(0, 1, 2)] int vacuum)
    {
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [EmittedAssembly.Of(Steps)],
            Storage = storage,
            Configure = asked =>
            {
                asked.ApplicationId = 4711;

                // They count for a database that has nothing in it yet.
                asked.ConnectionOpened = connection => connection.Execute($"PRAGMA page_size = {pageSize}; PRAGMA auto_vacuum = {vacuum}; PRAGMA encoding = '{encoding}'");
            },
        };

        using MigratedDatabase database = MigratedDatabase.Latest(options);

        Assert.That(Settings(database.Connection), Is.EqualTo(new object[] { (long)pageSize, (long)vacuum, encoding, 17L, 4711L }));
        using Migrated migrated = new(options, 3);
        Snapshot(database.Connection).AssertSameAs(Snapshot(migrated.Connection));

        database.Connection.Execute("INSERT INTO note (body) WITH RECURSIVE c (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 400) SELECT hex(randomblob(200)) FROM c");
        database.Connection.Execute("DELETE FROM note WHERE rowid % 3 = 0");
        using SqliteConnection other = database.Open();
        Assert.That(other.Rows("PRAGMA integrity_check"), Is.EqualTo(new object[][] { ["ok"] }));
        Assert.That(Settings(other), Is.EqualTo(new object[] { (long)pageSize, (long)vacuum, encoding, 17L, 4711L }));
    }

    [Test]
    public void File_that_a_migration_gives_a_write_ahead_log_has_one_in_each_copy()
    {
        EmittedStep log = new(1, m => m.Execute.Sql("PRAGMA journal_mode = WAL; CREATE TABLE t (a)"), null, TransactionBehavior.None);
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of(log)], Storage = DatabaseStorage.TemporaryFile };
        for (int i = 0; i < 2; i++)
        {
            using MigratedDatabase database = MigratedDatabase.Latest(options);

            Assert.That(database.Connection.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("wal"));
            Assert.That(database.Connection.Rows("SELECT * FROM t"), Is.Empty);
        }
    }

    [Test]
    public void Each_of_many_copies_has_its_own_rows([Values] DatabaseStorage storage)
    {
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of(Steps)], Storage = storage };
        string?[] seen = new string?[64];
        Exception?[] errors = new Exception?[seen.Length];
        using Barrier start = new(seen.Length);
        using Barrier written = new(seen.Length);
        Thread[] threads = [.. Enumerable.Range(0, seen.Length).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                using MigratedDatabase database = MigratedDatabase.Latest(options);
                database.Connection.Execute($"INSERT INTO account (email) VALUES ('own{i}@x')");
                written.SignalAndWait();
                using SqliteConnection other = database.Open();
                seen[i] = other.Scalar<string>("SELECT group_concat(email, ' ') FROM (SELECT email FROM account ORDER BY id)");
            }
            catch (Exception e)
            {
                errors[i] = e;
                written.RemoveParticipant();
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.That(errors, Is.All.Null);
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, seen.Length).Select(i => $"a@x b@x d@x own{i}@x")));
    }

    [Test]
    public void Migrations_can_be_run_and_taken_back_in_a_copy([Values] DatabaseStorage storage)
    {
        using MigratedDatabase database = MigratedDatabase.At(1, new MigratedDatabaseOptions { Assemblies = [EmittedAssembly.Of(Steps)], Storage = storage });
        database.Connection.Execute("INSERT INTO account (email) VALUES ('mine@x')");

        UpgradeResult up = database.MigrateTo(2);
        long middle = database.Version;
        database.MigrateTo(1);
        UpgradeResult latest = database.MigrateToLatest();

        Assert.That(up.Migrations.Select(migration => migration.Migration.Version), Is.EqualTo([2]));
        Assert.That(middle, Is.EqualTo(2));
        Assert.That(latest.Migrations.Select(migration => migration.Migration.Version), Is.EqualTo([2, 3]));
        Assert.That(database.Version, Is.EqualTo(3));
        Assert.That(database.Connection.Rows("SELECT id FROM account WHERE email = 'mine@x'"), Is.EqualTo(new object[][] { [41L] }));
    }

    [Test]
    public void Hook_reaches_the_migrations_and_every_connection([Values] DatabaseStorage storage)
    {
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [EmittedAssembly.Of((1, m => m.Execute.Sql("CREATE TABLE t (a TEXT CHECK (shout(a) <> 'BAD')); INSERT INTO t VALUES (shout('one'))")))],
            Storage = storage,
            Configure = asked => asked.ConnectionOpened = connection => connection.CreateFunction("shout", (string text) => text.ToUpperInvariant(), isDeterministic: true),
        };

        using MigratedDatabase database = MigratedDatabase.Latest(options);
        using SqliteConnection other = database.Open();

        foreach (SqliteConnection connection in (SqliteConnection[])[database.Connection, other])
        {
            connection.Execute("INSERT INTO t VALUES ('two')");
            Assert.That(() => connection.Execute("INSERT INTO t VALUES ('bad')"), Throws.TypeOf<SqliteException>().With.Message.Contains("CHECK constraint failed"));
        }

        Assert.That(other.Rows("SELECT a FROM t"), Is.EqualTo(new object[][] { ["ONE"], ["two"], ["two"] }));
    }

    [Test]
    public void Words_that_Configure_adds_to_the_connection_string_reach_every_connection([Values] bool enforced)
    {
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [EmittedAssembly.Of((1, m => m.Execute.Sql("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p)")))],
            Configure = asked => asked.ConnectionString += $";Foreign Keys={enforced};Pooling=True",
        };

        using MigratedDatabase database = MigratedDatabase.Latest(options);

        Assert.That(database.Connection.Scalar<bool>("PRAGMA foreign_keys"), Is.EqualTo(enforced));
        Assert.That(new SqliteConnectionStringBuilder(database.ConnectionString).Pooling, Is.False);
    }

    [Test]
    public void Connection_string_to_another_database_is_refused()
    {
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of(Steps)], Configure = asked => asked.ConnectionString = "Data Source=real.db" };

        Assert.That(() => MigratedDatabase.Latest(options), Throws.ArgumentException.With.Message.Contains("real.db"));
    }

    [Test]
    public void Version_that_there_is_not_is_refused_with_the_nearest_ones()
    {
        Assert.That(
            () => MigratedDatabase.At(4, EmittedAssembly.Of(Steps)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("There is no migration 4").And.Message.Contains("the newest one is 3"));
        using MigratedDatabase database = MigratedDatabase.At(0, EmittedAssembly.Of(Steps));
        Assert.That(() => database.MigrateTo(-1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("the first one is 1"));
    }

    [Test]
    public void No_assembly_is_refused() =>
        Assert.That(() => MigratedDatabase.Latest(), Throws.ArgumentException.With.Message.Contains("add an assembly with migrations"));

    [Test]
    public void Options_for_other_assemblies_are_the_same_otherwise()
    {
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [typeof(MigratedDatabase).Assembly],
            Storage = DatabaseStorage.TemporaryFile,
            Folder = "f",
            CacheFolder = "c",
            CacheFailed = _ => { },
            Configure = _ => { },
        };

        MigratedDatabaseOptions other = options.With(typeof(MigratedDatabaseTests).Assembly);

        foreach (System.Reflection.PropertyInfo property in typeof(MigratedDatabaseOptions).GetProperties())
        {
            object? value = property.GetValue(options);
            Assert.That(value, Is.Not.EqualTo(property.GetValue(new MigratedDatabaseOptions())), $"{property.Name} is set");
            Assert.That(
                property.GetValue(other), property.Name == nameof(options.Assemblies) ? Is.EqualTo(new[] { typeof(MigratedDatabaseTests).Assembly }) : Is.SameAs(value).Or.EqualTo(value), property.Name);
        }
    }

    private static object?[] Settings(SqliteConnection connection) =>
    [
        .. new[] { "page_size", "auto_vacuum", "encoding", "user_version", "application_id" }.Select(pragma => connection.Rows($"PRAGMA main.{pragma}")[0][0]),
    ];

    private static DatabaseSnapshot Snapshot(SqliteConnection connection)
    {
        DatabaseSnapshot snapshot = DatabaseSnapshot.Of(connection).ExceptPragmas("foreign_keys");
        return snapshot.Tables.ContainsKey("VersionInfo")
            ? snapshot.ExceptColumns("VersionInfo", "AppliedOn").ExceptColumns("__VersionHistory", "RecordedOn")
            : snapshot;
    }
}
