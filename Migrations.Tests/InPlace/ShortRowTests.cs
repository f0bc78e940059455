using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.InPlace;

/// <summary>Rows that were written before a column was added read the value that they read before, whatever the default becomes (hazard 80a).</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ShortRowTests
{
    private const string Base = "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'), (2, 'y'), (700, NULL);";

    private static readonly ShortRowCase[] Cases =
    [
        new("number", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT 12; INSERT INTO t VALUES (5, 'z', 13), (6, 'z', NULL)", new SetDefault("d", "80")),
        new("default dropped", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT 12", new SetDefault("d", null)),
        new("default set where none was", Base + "ALTER TABLE t ADD COLUMN d INT", new SetDefault("d", "80")),
        new("NULL to a value", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT NULL", new SetDefault("d", "80")),
        new("text of an INT column", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT '12'", new SetDefault("d", "'80'")),
        new("number of a TEXT column", Base + "ALTER TABLE t ADD COLUMN d TEXT DEFAULT 1.50", new SetDefault("d", "2")),
        new("integer of a REAL column", Base + "ALTER TABLE t ADD COLUMN d REAL DEFAULT 3", new SetDefault("d", "4")),
        new("blob", Base + "ALTER TABLE t ADD COLUMN d BLOB DEFAULT x'00ff'", new SetDefault("d", "x''")),
        new("negative", Base + "ALTER TABLE t ADD COLUMN d DEFAULT -9223372036854775808", new SetDefault("d", "+1")),
        new("word", Base + "ALTER TABLE t ADD COLUMN d DEFAULT word", new SetDefault("d", "TRUE")),
        new("TRUE", Base + "ALTER TABLE t ADD COLUMN d DEFAULT TRUE", new SetDefault("d", "FALSE")),
        new("double quotes", Base + "ALTER TABLE t ADD COLUMN d DEFAULT \"a word\"", new SetDefault("d", "'other'")),
        new("to an expression", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 1", new SetDefault("d", "(1 + 1)")),
        new("to the time", Base + "ALTER TABLE t ADD COLUMN d DEFAULT '2020-01-01'", new SetDefault("d", "CURRENT_TIMESTAMP")),
        new("parenthesized", Base + "ALTER TABLE t ADD COLUMN d DEFAULT ( /* c */ 12 )", new SetDefault("d", "80")),
        new("NOT NULL", Base + "ALTER TABLE t ADD COLUMN d INT NOT NULL DEFAULT 12", new SetDefault("d", null)),
        new("with a CHECK", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT 12 CHECK (d < 90)", new SetDefault("d", "80")),
        new("with a comment", Base + "ALTER TABLE t ADD COLUMN d INT /* ( */ DEFAULT/**/12 /* end */", new SetDefault("d", "80")),
        new("sentinel itself", Base + "ALTER TABLE t ADD COLUMN d DEFAULT x'6D6967726174696F6E732073686F727420726F77'; INSERT INTO t VALUES (9, 'z', x'6D6967726174696F6E732073686F727420726F77')", new SetDefault("d", "80")),
        new("column before others", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 12; ALTER TABLE t ADD COLUMN e DEFAULT 'e'; INSERT INTO t VALUES (4, 'q', 1, 2); ALTER TABLE t ADD COLUMN f DEFAULT 0.5; INSERT INTO t VALUES (8, 'q', 1, 2, 3)", new SetDefault("d", "80")),
        new("column after others", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 12; ALTER TABLE t ADD COLUMN e DEFAULT 'e'; INSERT INTO t VALUES (4, 'q', 1, 2); ALTER TABLE t ADD COLUMN f DEFAULT 0.5", new SetDefault("f", "80")),
        new("column in the middle", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 12; INSERT INTO t VALUES (4, 'q', 1); ALTER TABLE t ADD COLUMN e DEFAULT 'e'; INSERT INTO t VALUES (3, 'q', 1, 2); ALTER TABLE t ADD COLUMN f DEFAULT 0.5", new SetDefault("e", "80")),
        new("several at once", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 12; INSERT INTO t VALUES (4, 'q', 1); ALTER TABLE t ADD COLUMN e DEFAULT 'e'; ALTER TABLE t ADD COLUMN f DEFAULT 0.5; INSERT INTO t VALUES (3, 'q', 1, 2, 3)", new SetDefault("f", null), new SetDefault("d", "80"), new SetDefault("e", "'x'")),
        new("two of three", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 12; INSERT INTO t VALUES (4, 'q', 1); ALTER TABLE t ADD COLUMN e DEFAULT 'e'; INSERT INTO t VALUES (3, 'q', 1, 2); ALTER TABLE t ADD COLUMN f DEFAULT 0.5", new SetDefault("d", "80"), new SetDefault("e", "'x'")),
        new("no rows", "CREATE TABLE t(a); ALTER TABLE t ADD COLUMN d DEFAULT 12", new SetDefault("d", "80")),
        new("only full rows", "CREATE TABLE t(a, d DEFAULT 12); INSERT INTO t VALUES (1, 2), (1, NULL)", new SetDefault("d", "80")),
        new("first column", "CREATE TABLE t(a DEFAULT 1); INSERT INTO t VALUES (7); ALTER TABLE t ADD COLUMN d DEFAULT 12", new SetDefault("a", "80"), new SetDefault("d", "81")),
        new("indexed", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(d, a); CREATE UNIQUE INDEX u ON t(a, d); INSERT INTO t VALUES (5, 'z', 13)", new SetDefault("d", "80")),
        new("all columns indexed", "CREATE TABLE t(a TEXT); INSERT INTO t VALUES ('x'), (NULL); ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(d, a); CREATE INDEX j ON t(a) WHERE d = 12", new SetDefault("d", "80")),
        new("partial index", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(a) WHERE d = 12; CREATE INDEX j ON t(a) WHERE d > 12; INSERT INTO t VALUES (5, 'z', 13)", new SetDefault("d", "80")),
        new("index on an expression", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(d * 2, ifnull(d, 0)); INSERT INTO t VALUES (5, 'z', 13)", new SetDefault("d", "80")),
        new("only column, indexed", "CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2); ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(d)", new SetDefault("d", "80")),
        new("generated column", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT 12; ALTER TABLE t ADD COLUMN g AS (d * 2); CREATE INDEX i ON t(g); CREATE INDEX j ON t(a, g) WHERE g > 5; INSERT INTO t(id, d) VALUES (5, 13)", new SetDefault("d", "80")),
        new("generated column first", "CREATE TABLE t(g AS (a || d), a TEXT, d INT DEFAULT 3); INSERT INTO t VALUES ('x', 1); ALTER TABLE t ADD COLUMN e INT DEFAULT 12; ALTER TABLE t ADD COLUMN h AS (e + 1) NOT NULL; CREATE INDEX i ON t(g, h)", new SetDefault("e", "80"), new SetDefault("d", "81")),
        new("stored generated column", "CREATE TABLE t(a TEXT, s TEXT AS (upper(a)) STORED, d INT DEFAULT 3); INSERT INTO t VALUES ('x', 1), ('y', 2); ALTER TABLE t ADD COLUMN e INT DEFAULT 12; CREATE INDEX i ON t(s, e)", new SetDefault("e", "80")),
        new("WITHOUT ROWID", "CREATE TABLE t(v, k TEXT, n INT, PRIMARY KEY (n, k)) WITHOUT ROWID; INSERT INTO t VALUES (1, 'a', 1), (2, 'A', 1), (3, x'00', 2); ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(d); INSERT INTO t VALUES (4, 'b', 7, 1)", new SetDefault("d", "80")),
        new("WITHOUT ROWID, without an index", "CREATE TABLE t(v, k TEXT, n INT, PRIMARY KEY (n, k)) WITHOUT ROWID; INSERT INTO t VALUES (1, 'a', 1), (2, 'A', 1), (3, x'00', 2); ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(v); INSERT INTO t VALUES (4, 'b', 7, 1)", new SetDefault("d", "80")),
        new("WITHOUT ROWID, partial index", "CREATE TABLE t(v, k TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES (1, 'a'), (2, 'A'); ALTER TABLE t ADD COLUMN d INT; CREATE INDEX i ON t(v) WHERE d IS NOT NULL", new SetDefault("d", "80")),
        new("WITHOUT ROWID, generated column", "CREATE TABLE t(v, k TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES (1, 'a'), (2, 'A'); ALTER TABLE t ADD COLUMN d INT DEFAULT 12; ALTER TABLE t ADD COLUMN g AS (d); CREATE INDEX i ON t(g, v)", new SetDefault("d", "80")),
        new("WITHOUT ROWID, odd collations", "CREATE TABLE t(k TEXT COLLATE NOCASE, v, PRIMARY KEY (k COLLATE BINARY DESC)) WITHOUT ROWID; INSERT INTO t VALUES ('a', 1), ('A', 2), (5, 3); ALTER TABLE t ADD COLUMN d INT DEFAULT 12; INSERT INTO t VALUES ('b', 4, 1), ('B', 5, NULL)", new SetDefault("d", "80")),
        new("WITHOUT ROWID, key alone", "CREATE TABLE t(k PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES ('a'), (1), (2.5); ALTER TABLE t ADD COLUMN d INT DEFAULT 12", new SetDefault("d", "80")),
        new("STRICT", "CREATE TABLE t(id INTEGER PRIMARY KEY, a ANY) STRICT; INSERT INTO t VALUES (1, '007'), (2, 7); ALTER TABLE t ADD COLUMN d INT DEFAULT 12; ALTER TABLE t ADD COLUMN e REAL NOT NULL DEFAULT 1; ALTER TABLE t ADD COLUMN f ANY DEFAULT '01'", new SetDefault("d", "80"), new SetDefault("e", "2.5"), new SetDefault("f", "2")),
        new("STRICT WITHOUT ROWID", "CREATE TABLE t(k ANY PRIMARY KEY) STRICT, WITHOUT ROWID; INSERT INTO t VALUES ('1'), (1), (x'01'); ALTER TABLE t ADD COLUMN d TEXT DEFAULT 12", new SetDefault("d", "'80'")),
        new("rowid by its second name", "CREATE TABLE t(rowid TEXT, a); INSERT INTO t VALUES ('x', 1), ('y', 2); DELETE FROM t WHERE rowid = 'x'; ALTER TABLE t ADD COLUMN d DEFAULT 12", new SetDefault("d", "80")),
        new("rowid without a name", "CREATE TABLE t(rowid, _rowid_, oid); INSERT INTO t VALUES (9, 8, 7), (9, 8, 7); ALTER TABLE t ADD COLUMN d DEFAULT 12; INSERT INTO t VALUES (1, 2, 3, 4)", new SetDefault("d", "80")),
        new("rowid of a text key", "CREATE TABLE t(k TEXT PRIMARY KEY, a); INSERT INTO t VALUES ('x', 1), (NULL, 2), (NULL, 3); DELETE FROM t WHERE k = 'x'; ALTER TABLE t ADD COLUMN d DEFAULT 12", new SetDefault("d", "80")),
        new("column dropped natively", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 12; ALTER TABLE t ADD COLUMN e DEFAULT 13; ALTER TABLE t DROP COLUMN a; INSERT INTO t(id) VALUES (50)", new SetDefault("e", "80")),
        new("with other changes", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(d)", new SetDefault("d", "80"), new SetNullability("d", false), new AddCheck(null, "d < 13"), new AddColumn("n TEXT DEFAULT 'n'"), new AddIndex("CREATE INDEX k ON t(a, d)")),
        new("with constraints that go", Base + "ALTER TABLE t ADD COLUMN d INT NOT NULL DEFAULT 12 CONSTRAINT c CHECK (d = 12)", new SetDefault("d", "80"), new SetNullability("d", true), new DropCheck("c", null)),
        new("with a column that goes", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 12; ALTER TABLE t ADD COLUMN e DEFAULT 13", new SetDefault("d", "80"), new DropColumn("e")),
        new("with a conversion", Base + "ALTER TABLE t ADD COLUMN d DEFAULT 12; ALTER TABLE t ADD COLUMN e DEFAULT 13", new SetDefault("d", "80"), new ConvertColumn("e", new SqlConversion("e + d"))),
        new("with a type", Base + "ALTER TABLE t ADD COLUMN d INT DEFAULT '12'", new SetType("d", "BIGINT"), new SetDefault("d", "80")),
        new("keyword for a name", "CREATE TABLE t(\"select\" INTEGER PRIMARY KEY, \"a\"\"b\" TEXT); INSERT INTO t VALUES (1, 'x'); ALTER TABLE t ADD COLUMN [the d] DEFAULT 'it''s'", new SetDefault("the d", "'\"'")),
    ];

    [Test]
    public void Rows_read_what_they_read_before_and_new_ones_the_new_default([ValueSource(nameof(Cases))] object item)
    {
        ShortRowCase change = (ShortRowCase)item;
        using TestDatabase database = TestDatabase.InMemory().Execute(change.Sql);
        using TestDatabase copied = TestDatabase.InMemory().Execute(change.Sql);

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", change.Changes, new AlterationOptions());
        TableAlterer.Alter(copied.Connection, "t", change.Changes, new AlterationOptions { Mode = RebuildMode.AlwaysCopy });

        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.InPlace));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(DatabaseSnapshot.Of(copied.Connection));
        Integrity.Check(database.Connection);
        AssertIndexesAgree(database);
    }

    [Test]
    public void Rows_stay_right_when_a_default_is_changed_again_and_again([ValueSource(nameof(Cases))] object item)
    {
        ShortRowCase change = (ShortRowCase)item;
        using TestDatabase database = TestDatabase.InMemory().Execute(change.Sql);
        TableAlterer.Alter(database.Connection, "t", change.Changes, new AlterationOptions());
        foreach (string value in (ReadOnlySpan<string>)["'again'", "NULL", "CURRENT_TIME", "77"])
        {
            database.Execute("ALTER TABLE t ADD COLUMN later_" + value.Length + " TEXT DEFAULT 'later'");
            TableRows before = DatabaseSnapshot.Of(database.Connection).Tables["t"];
            foreach (string column in database.Rows("SELECT name FROM pragma_table_info('t') WHERE pk = 0").Select(row => (string)row[0]!))
            {
                TableAlterer.Alter(database.Connection, "t", [new SetDefault(column, value)], new AlterationOptions { Mode = RebuildMode.NeverCopy });
            }

            Assert.That(DatabaseSnapshot.Of(database.Connection).Tables["t"].DifferencesFrom(before), Is.Empty);
        }

        Integrity.Check(database.Connection);
        AssertIndexesAgree(database);
    }

    // A lookup by each index finds the rows that a scan finds.
    private static void AssertIndexesAgree(TestDatabase database)
    {
        foreach (string index in database.Rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOT LIKE '%WHERE%'").Select(row => (string)row[0]!))
        {
            foreach (string column in database.Rows($"SELECT name FROM pragma_index_info('{index}') WHERE name IS NOT NULL").Select(row => TestDatabase.Quote((string)row[0]!)))
            {
                string counts = $"SELECT typeof({column}), quote({column}), count(*) FROM t {{0}} GROUP BY {column} ORDER BY {column}";
                Assert.That(
                    database.Rows(counts.Replace("{0}", $"INDEXED BY {index}", StringComparison.Ordinal)),
                    Is.EqualTo(database.Rows(counts.Replace("{0}", "NOT INDEXED", StringComparison.Ordinal))));
            }
        }
    }
}
