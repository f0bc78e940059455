using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;
using SchemaRow = Migrations.Tests.Support.SchemaRow;

namespace Migrations.Tests.Preservation;

/// <summary>Databases and connections with other settings than usual, and schemas that are written otherwise than usual.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SettingsTests
{
    private const int SqliteDbConfigDefensive = 1010;

    private static readonly AlterationOptions Copy = new() { Mode = RebuildMode.AlwaysCopy };

    [TestCase("PRAGMA encoding = 'UTF-16le'")]
    [TestCase("PRAGMA encoding = 'UTF-16be'")]
    [TestCase("PRAGMA page_size = 512")]
    [TestCase("PRAGMA auto_vacuum = FULL")]
    [TestCase("PRAGMA auto_vacuum = INCREMENTAL")]
    [TestCase("PRAGMA reverse_unordered_selects = ON")]
    [TestCase("PRAGMA recursive_triggers = ON")]
    [TestCase("PRAGMA secure_delete = ON")]
    [TestCase("PRAGMA locking_mode = EXCLUSIVE")]
    [TestCase("PRAGMA temp_store = FILE")]
    [TestCase("PRAGMA journal_mode = TRUNCATE")]
    [TestCase("PRAGMA journal_mode = MEMORY")]
    [TestCase("PRAGMA count_changes = ON")]
    [TestCase("PRAGMA full_column_names = ON")]
    [TestCase("PRAGMA short_column_names = OFF")]
    [TestCase("PRAGMA case_sensitive_like = ON")]
    [TestCase("PRAGMA writable_schema = ON")]
    public void Fixture_is_kept_under_a_setting(string pragma)
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Delete);
        database.Execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF").Execute(pragma);
        database.Execute(FixtureTables.People).Execute(FixtureTables.Shapes).Execute(FixtureObjects.Around).Execute(FixtureObjects.Rows);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        Behaviour behaviour = Behaviour.Of(database.Connection);

        foreach (string table in (ReadOnlySpan<string>)["account", "domain", "mailbox", "doc", "strict_any", "clustered", "computed", "uniques", "odd \"table\"", "bag", "tree"])
        {
            PreservationCase copy = PreservationCases.All[$"copy {table}"];
            TableAlterer.Alter(database.Connection, copy.Table, copy.Changes, Copy);
        }

        TableAlterer.Alter(database.Connection, "message", [new ConvertColumn("subject", new FunctionConversion(value => value))], new AlterationOptions());

        DatabaseSnapshot.Of(database.Connection).WithSchema(WithoutText).AssertSameAs(before.WithSchema(WithoutText));
        Assert.That(Behaviour.Of(database.Connection).DifferencesFrom(behaviour, []), Is.Empty);
        Integrity.Check(database.Connection);

        // The texts of tables are compared one by one where each is copied alone.
        static SchemaRow WithoutText(SchemaRow row) => row.Type is "table" ? row with { Sql = null } : row;
    }

    [Test]
    public void Fixture_is_kept_on_a_defensive_connection()
    {
        using PreservationDatabase database = PreservationDatabase.Open(PreservationPlace.InMemory);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(database.Connection.Handle, SqliteDbConfigDefensive, 1, out _), database.Connection.Handle);
        foreach (string table in (ReadOnlySpan<string>)["account", "doc", "emptied", "tree"])
        {
            PreservationCase copy = PreservationCases.All[$"copy {table}"];
            TableAlterer.Alter(database.Connection, copy.Table, copy.Changes, Copy);
        }

        Assert.That(database.Behaviour().DifferencesFrom(PreservationDatabase.BehaviourBefore, []), Is.Empty);
    }

    [TestCase("PRAGMA query_only = ON")]
    [TestCase("PRAGMA journal_mode = OFF")]
    public void Alteration_that_could_not_be_undone_or_done_is_refused(string pragma)
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Delete).Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT UNIQUE); INSERT INTO t VALUES (1, 'x'), (2, 'y')");
        database.Execute(pragma);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", [new AddCheck(null, "a <> 'q'")], new AlterationOptions()));

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Read_only_database_is_told_as_such()
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Delete).Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x')");
        using SqliteConnection reader = new(new SqliteConnectionStringBuilder(database.ConnectionString) { Mode = SqliteOpenMode.ReadOnly }.ToString());
        reader.Open();

        AlterationFailedException exception = Assert.Throws<AlterationFailedException>(
            () => TableAlterer.Alter(reader, "t", [new SetNullability("a", false)], new AlterationOptions()))!; // Throws gives it

        Assert.That(exception.Message, Does.Contain("read-only"));
    }

    [Test]
    public void Callers_savepoint_can_be_rolled_back_over_an_alteration()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = OFF; CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x')");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        database.Execute("SAVEPOINT outer; INSERT INTO t VALUES (2, 'y'); SAVEPOINT inner");
        DatabaseSnapshot inner = DatabaseSnapshot.Of(database.Connection);
        TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", false)], Copy);
        Assert.Throws<AlterationRefusedException>(() => TableAlterer.Alter(database.Connection, "t", [new DropColumn("nothing")], Copy));
        Assert.That(() => database.Execute("INSERT INTO t VALUES (3, NULL)"), Throws.InstanceOf<SqliteException>());
        database.Execute("ROLLBACK TO inner");
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(inner);
        database.Execute("ROLLBACK TO outer; RELEASE outer");

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle), Is.Not.Zero);
    }

    [Test]
    public void Deferred_foreign_keys_of_a_callers_transaction_stay_deferred()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = ON; CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(pid INT REFERENCES p(id), a TEXT); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 'x')");
        database.Execute("BEGIN; PRAGMA defer_foreign_keys = ON; INSERT INTO c VALUES (2, 'its parent comes later')");

        TableAlterer.Alter(database.Connection, "c", [new SetNullability("a", false)], Copy);

        Assert.That(database.Scalar<long>("PRAGMA defer_foreign_keys"), Is.EqualTo(1));
        database.Execute("INSERT INTO p VALUES (2); COMMIT");
        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(2));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Columns_swap_their_names()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT); CREATE INDEX i ON t(a); CREATE VIEW v AS SELECT a FROM t; INSERT INTO t VALUES (1, 'was a', 'was b')");

        TableAlterer.Alter(
            database.Connection, "t", [new RenameColumn("a", "c"), new RenameColumn("b", "a"), new RenameColumn("c", "b"), new SetNullability("a", false)], new AlterationOptions());

        Assert.That(database.Rows("SELECT a, b FROM t").Single(), Is.EqualTo(new[] { "was b", "was a" }));
        Assert.That(database.Scalar<string>("SELECT * FROM v"), Is.EqualTo("was a"));
        Assert.That(() => database.Execute("INSERT INTO t(b) VALUES ('no a')"), Throws.InstanceOf<SqliteException>().With.Message.Contains("t.a"));
        Assert.That(database.Scalar<string>("SELECT name FROM pragma_index_info('i')"), Is.EqualTo("b"));
    }

    [Test]
    public void Columns_swap_their_values()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t VALUES (1, 'x', 'y')");

        TableAlterer.Alter(
            database.Connection, "t",
            [new AddColumn("c TEXT", ExistingRows: "a"), new ConvertColumn("a", new SqlConversion("b")), new ConvertColumn("b", new SqlConversion("c")), new DropColumn("c")],
            new AlterationOptions());

        Assert.That(database.Rows("SELECT * FROM t").Single(), Is.EqualTo(new object[] { 1L, "y", "x" }));
    }

    [Test]
    public void Column_is_dropped_and_added_under_its_old_name()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t VALUES (1, 'x', 'y')");

        TableAlterer.Alter(database.Connection, "t", [new DropColumn("a"), new AddColumn("a INT DEFAULT 7")], new AlterationOptions());

        Assert.That(database.Rows("SELECT id, b, a FROM t").Single(), Is.EqualTo(new object[] { 1L, "y", 7L }));
    }

    [Test]
    public void Key_that_becomes_AUTOINCREMENT_goes_on_from_the_largest_and_never_gives_one_twice()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER, a TEXT); INSERT INTO t VALUES (5, 'x'), (9, 'y')");

        TableAlterer.Alter(database.Connection, "t", [new AddPrimaryKey(null, [new KeyColumn(new SqlIdentifier("id"), null, false)], AutoIncrement: true)], new AlterationOptions());

        database.Execute("DELETE FROM t WHERE id = 9; INSERT INTO t(a) VALUES ('z')");
        Assert.That(database.Rows("SELECT id, a FROM t"), Is.EqualTo(new object[][] { [5L, "x"], [10L, "z"] }));
    }

    [Test]
    public void Sequence_survives_a_rename_and_a_copy()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE Things(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT); INSERT INTO Things(id) VALUES (77); DELETE FROM Things");

        TableAlterer.Alter(database.Connection, "THINGS", [new AddCheck(null, "a <> 'q'"), new RenameTable("items")], new AlterationOptions());
        TableAlterer.Alter(database.Connection, "iTEMS", [new DropCheck(null, "a <> 'q'")], new AlterationOptions());

        Assert.That(database.Scalar<long>("INSERT INTO items DEFAULT VALUES RETURNING id"), Is.EqualTo(78));
        Assert.That(database.Scalar<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'items'"), Is.EqualTo("items"));
    }

    [Test]
    public void Table_is_renamed_to_its_own_name_in_other_case()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE Things(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE); CREATE TABLE c(t REFERENCES Things(id)); CREATE VIEW v AS SELECT a FROM Things; INSERT INTO Things VALUES (77, 'x'); INSERT INTO c VALUES (77); ANALYZE");

        TableAlterer.Alter(database.Connection, "things", [new RenameTable("THINGS")], new AlterationOptions());

        Assert.That(database.Scalar<string>("SELECT name FROM sqlite_schema WHERE rowid = 1"), Is.EqualTo("THINGS"));
        Assert.That(database.Scalar<string>("SELECT a FROM v"), Is.EqualTo("x"));
        Assert.That(database.Scalar<long>("DELETE FROM c; DELETE FROM things; INSERT INTO things(a) VALUES ('y') RETURNING id"), Is.EqualTo(78));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'THINGS'"), Is.EqualTo(1));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Foreign_keys_written_in_other_case_are_seen()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = ON; CREATE TABLE Parent(Id INTEGER PRIMARY KEY, A TEXT); CREATE TABLE child(x REFERENCES pARENT(iD) ON DELETE CASCADE); INSERT INTO parent VALUES (1, 'x'); INSERT INTO child VALUES (1); BEGIN");

        AlterationRefusedException refusal = Assert.Throws<AlterationRefusedException>(() => TableAlterer.Alter(database.Connection, "PARENT", [new SetNullability("a", false)], Copy))!; // Throws gives it
        Assert.That(refusal.ObjectName, Is.EqualTo("child"));
        database.Execute("COMMIT");
        TableAlterer.Alter(database.Connection, "PARENT", [new SetNullability("a", false)], Copy);

        Assert.That(database.Scalar<long>("SELECT count(*) FROM child"), Is.EqualTo(1));
        database.Execute("DELETE FROM Parent");
        Assert.That(database.Scalar<long>("SELECT count(*) FROM child"), Is.Zero);
    }

    [Test]
    public void Objects_created_with_more_words_are_made_again()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            create  table  IF NOT EXISTS main . "t" /* x */ ( id integer primary key , a text ) ;
            create  UNIQUE  index  if not exists  main . "i x"  on  "t" ( a collate nocase ) /* end */ ;
            create  trigger  IF NOT EXISTS  main . [tr]  after  insert  on  'T'  begin  select  1 ;  end ;
            INSERT INTO t VALUES (1, 'x');
            """);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", true)], Copy);

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Wide_table_keeps_all_its_columns()
    {
        string[] names = [.. Enumerable.Range(0, 1500).Select(i => $"c{i}")];
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t({string.Join(", ", names)}); INSERT INTO t VALUES ({string.Join(", ", names.Select((_, i) => i))})");

        TableAlterer.Alter(database.Connection, "t", [new DropColumn("c700"), new SetNullability("c701", false)], new AlterationOptions());

        Assert.That(database.Rows("SELECT * FROM t").Single(), Is.EqualTo(Enumerable.Range(0, 1500).Where(i => i != 700).Select(i => (object)(long)i)));
    }
}
