using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.InPlace;

/// <summary>Every connection, with statements that it prepared before, sees the old text until COMMIT and the new one after it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class OtherConnectionTests
{
    private const string Sql = "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'); ALTER TABLE t ADD COLUMN d INT DEFAULT 12";

    private static readonly TableChange[] Changes = [new SetDefault("d", "80"), new AddCheck(null, "a <> 'bad'")];

    [Test]
    public void Statement_prepared_before_follows_the_new_text([Values(TestDatabaseKind.WalFile, TestDatabaseKind.RollbackJournalFile)] TestDatabaseKind kind)
    {
        using TestDatabase database = TestDatabase.Open(kind).Execute(Sql);
        using SqliteConnection second = database.OpenAnother();
        using SqliteConnection third = database.OpenAnother();
        foreach (SqliteConnection connection in (ReadOnlySpan<SqliteConnection>)[database.Connection, second, third])
        {
            using SqliteCommand insert = Prepared(connection, "INSERT INTO t(a) VALUES ($a) RETURNING d");
            using SqliteCommand read = Prepared(connection, "SELECT d FROM t WHERE id = 1");
            insert.Parameters.AddWithValue("$a", "good");
            insert.Prepare();
            Assert.That(insert.ExecuteScalar(), Is.EqualTo(database.Scalar<long>("SELECT dflt_value FROM pragma_table_info('t') WHERE name = 'd'")));

            database.Execute("BEGIN IMMEDIATE");
            string value = database.Scalar<string>("SELECT dflt_value FROM pragma_table_info('t') WHERE name = 'd'") is "12" ? "80" : "12";
            TableAlterer.Alter(database.Connection, "t", [new SetDefault("d", value), new AddCheck(null, $"a <> 'bad{value}'")], new AlterationOptions { Mode = RebuildMode.NeverCopy });
            Assert.That(read.ExecuteScalar(), Is.EqualTo(12));
            if (connection != database.Connection)
            {
                Assert.That(connection.Scalar<string>("SELECT dflt_value FROM pragma_table_info('t') WHERE name = 'd'"), Is.Not.EqualTo(value));
            }

            database.Execute("COMMIT");

            Assert.That(insert.ExecuteScalar(), Is.EqualTo(long.Parse(value, null)));
            Assert.That(read.ExecuteScalar(), Is.EqualTo(12));
            insert.Parameters["$a"].Value = $"bad{value}";
            Assert.That(insert.ExecuteScalar, Throws.InstanceOf<SqliteException>().With.Message.Contains("CHECK"));
        }

        Integrity.Check(database.Connection);
    }

    [Test]
    public void Shared_cache_in_memory_shows_the_new_text_to_all()
    {
        string text = new SqliteConnectionStringBuilder { DataSource = $"in-place-{TestContext.CurrentContext.Test.ID}", Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared, Pooling = false }.ToString();
        using SqliteConnection first = new(text);
        using SqliteConnection second = new(text);
        first.Open();
        second.Open();
        first.Execute(Sql);
        using SqliteCommand insert = Prepared(second, "INSERT INTO t(a) VALUES ('good') RETURNING d");
        Assert.That(insert.ExecuteScalar(), Is.EqualTo(12));

        AlterationResult result = TableAlterer.Alter(first, "t", Changes, new AlterationOptions());

        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.InPlace));
        Assert.That(insert.ExecuteScalar(), Is.EqualTo(80));
        Assert.That(second.Rows("SELECT d FROM t ORDER BY id").Select(row => row[0]), Is.EqualTo(new[] { 12L, 12L, 80L }));
        Assert.That(() => second.Execute("INSERT INTO t(a) VALUES ('bad')"), Throws.InstanceOf<SqliteException>());
    }

    [Test]
    public void Schema_version_goes_on_at_its_largest_value([Values("2147483647", "2147483646", "-1", "-2147483648")] string version)
    {
        using TestDatabase database = TestDatabase.File().Execute(Sql).Execute($"PRAGMA schema_version = {version}");
        using SqliteConnection another = database.OpenAnother();
        Assert.That(another.Scalar<long>("INSERT INTO t(a) VALUES ('good') RETURNING d"), Is.EqualTo(12));

        TableAlterer.Alter(database.Connection, "t", Changes, new AlterationOptions());

        Assert.That(another.Scalar<long>("INSERT INTO t(a) VALUES ('good') RETURNING d"), Is.EqualTo(80));
        Assert.That(database.Scalar<long>("INSERT INTO t(a) VALUES ('good') RETURNING d"), Is.EqualTo(80));
        Integrity.Check(another);
    }

    [Test]
    public void Attached_database_is_edited_and_main_left_alone()
    {
        using TestDatabase database = TestDatabase.File().Execute(Sql).Attach("other one");
        database.Execute(Sql.Replace(" t", " \"other one\".t", StringComparison.Ordinal));
        DatabaseSnapshot main = DatabaseSnapshot.Of(database.Connection);
        long version = database.Scalar<long>("PRAGMA main.schema_version");

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", Changes, new AlterationOptions { Database = "other one" });

        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.InPlace));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(main);
        Assert.That(database.Scalar<long>("PRAGMA main.schema_version"), Is.EqualTo(version));
        Assert.That(database.Scalar<long>("INSERT INTO \"other one\".t(a) VALUES ('good') RETURNING d"), Is.EqualTo(80));
        Assert.That(database.Scalar<long>("SELECT d FROM \"other one\".t WHERE id = 1"), Is.EqualTo(12));
        Integrity.Check(database.Connection, "other one");
    }

    [Test]
    public void Callers_rollback_brings_the_old_text_back([Values] bool toSavepoint, [Values] TestDatabaseKind kind)
    {
        using TestDatabase database = TestDatabase.Open(kind).Execute(Sql);
        using SqliteCommand insert = Prepared(database.Connection, "INSERT INTO t(a) VALUES ('bad') RETURNING d");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        database.Execute(toSavepoint ? "BEGIN; SAVEPOINT s" : "BEGIN");

        TableAlterer.Alter(database.Connection, "t", Changes, new AlterationOptions());

        Assert.That(insert.ExecuteScalar, Throws.InstanceOf<SqliteException>().With.Message.Contains("CHECK"));
        Assert.That(database.Scalar<long>("INSERT INTO t(a) VALUES ('good') RETURNING d"), Is.EqualTo(80));
        database.Execute(toSavepoint ? "ROLLBACK TO s; COMMIT" : "ROLLBACK");
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        Assert.That(insert.ExecuteScalar(), Is.EqualTo(12));
        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle), Is.Not.Zero);
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
