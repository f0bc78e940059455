using NUnit.Framework;

namespace Migrations.Tests.Support;

[TestFixture]
public sealed class DatabaseSnapshotTests
{
    private const string Sql = """
        CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a, b COLLATE NOCASE);
        CREATE TABLE keyed(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
        CREATE TABLE hidden(rowid, _rowid_, oid);
        CREATE VIEW v AS SELECT a FROM t;
        CREATE INDEX i1 ON t(a);
        CREATE TRIGGER t1 AFTER INSERT ON t BEGIN SELECT 1; END;
        CREATE TRIGGER t2 AFTER INSERT ON t BEGIN SELECT 2; END;
        CREATE VIRTUAL TABLE f USING fts5(a, content=t, content_rowid=id);
        INSERT INTO t(a, b) VALUES (1, 'x'), (1.0, x'00ff'), ('1', 'nul' || char(0) || 'tail'), (NULL, 9007199254740993);
        INSERT INTO keyed VALUES ('k', 1);
        INSERT INTO hidden VALUES (1, 2, 3);
        INSERT INTO f(f) VALUES ('rebuild');
        ANALYZE;
        """;

    [Test]
    public void DifferencesFrom_of_an_untouched_database_is_empty([Values] TestDatabaseKind kind)
    {
        using TestDatabase database = TestDatabase.Open(kind).Execute(Sql);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        Integrity.Check(database.Connection);
    }

    [TestCase("UPDATE t SET a = 1.0 WHERE id = 1", "table t:")]
    [TestCase("UPDATE t SET b = 'nul' || char(0) || 'tali' WHERE id = 3", "table t:")]
    [TestCase("UPDATE t SET b = 9007199254740992 WHERE id = 4", "table t:")]
    [TestCase("UPDATE t SET id = 17 WHERE id = 4", "rowid 17")]
    [TestCase("DELETE FROM keyed", "had 1 rows, has 0")]
    [TestCase("UPDATE hidden SET oid = '3'", "table hidden:")]
    [TestCase("UPDATE sqlite_sequence SET seq = 5", "table sqlite_sequence:")]
    [TestCase("DELETE FROM sqlite_stat1 WHERE idx = 'i1'", "table sqlite_stat1:")]
    [TestCase("DROP INDEX i1", "indexes of t")]
    [TestCase("DROP TRIGGER t1; CREATE TRIGGER t1 AFTER INSERT ON t BEGIN SELECT 1; END", "triggers of t")]
    [TestCase("DROP VIEW v", "view v was")]
    [TestCase("ALTER TABLE t ADD COLUMN c", "table t was")]
    [TestCase("CREATE TEMP TABLE leak(a)", "temp table leak was")]
    [TestCase("PRAGMA foreign_keys = OFF", "pragma foreign_keys was 1, is 0")]
    [TestCase("PRAGMA legacy_alter_table = ON", "pragma legacy_alter_table was 0, is 1")]
    [TestCase("PRAGMA ignore_check_constraints = ON", "pragma ignore_check_constraints was 0, is 1")]
    [TestCase("PRAGMA user_version = 3", "pragma user_version was 0, is 3")]
    public void DifferencesFrom_names_what_was_changed(string change, string difference)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = ON").Execute(Sql);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        database.Execute(change);

        Assert.That(DatabaseSnapshot.Of(database.Connection).DifferencesFrom(before), Has.Some.Contains(difference));
    }

    [Test]
    public void DifferencesFrom_does_not_mind_quotes_around_the_name_of_a_table()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE [a b](x); CREATE TABLE plain(x)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        database.Execute("""
            ALTER TABLE plain RENAME TO other; ALTER TABLE other RENAME TO plain;
            ALTER TABLE [a b] RENAME TO other; ALTER TABLE other RENAME TO [a b];
            """);

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema"), Does.Contain("\"a b\""));
    }

    [Test]
    public void DifferencesFrom_sees_an_attached_database()
    {
        using TestDatabase database = TestDatabase.File().Attach("other db").Execute("CREATE TABLE \"other db\".t(a); INSERT INTO t VALUES (1)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection, "other db");

        database.Execute("INSERT INTO t VALUES (2)");

        DatabaseSnapshot after = DatabaseSnapshot.Of(database.Connection, "other db");
        Assert.That(after.DifferencesFrom(before), Has.Some.Contains("had 1 rows, has 2"));
        Assert.That(after.ExceptRowsOf("t").DifferencesFrom(before.ExceptRowsOf("t")), Is.Empty);
    }

    [TestCase("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'SELECT a ', 'SELECT gone ') WHERE name = 'v'; PRAGMA writable_schema = RESET", "view v: SQLite Error 1: 'no such column: gone")]
    [TestCase("CREATE TRIGGER t3 AFTER UPDATE ON keyed BEGIN UPDATE t SET gone = 1; END", "triggers of keyed: SQLite Error 1: 'no such column: gone")]
    [TestCase("PRAGMA foreign_keys = OFF; CREATE TABLE c(p REFERENCES t); INSERT INTO c VALUES (99)", "foreign_key_check: c rowid 1 has no parent in t")]
    [TestCase("UPDATE t SET a = 'changed' WHERE id = 1", "full-text table f")]
    [TestCase("CREATE TEMP VIEW tv AS SELECT gone FROM t", "view tv: SQLite Error 1: 'no such column: gone")]
    public void Integrity_names_what_is_broken(string damage, string problem)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);

        database.Execute(damage);

        Assert.That(Integrity.Problems(database.Connection), Has.Some.Contains(problem));
    }
}
