using Migrations.Core.Schema.Comparison;
using Migrations.Core.Schema.Script;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[Parallelizable(ParallelScope.All)]
internal sealed class SchemaScriptTests
{
    private static IEnumerable<string> Corpus => SharedFiles.AreThere ? SharedFiles.Files("corpus", "*.sql").Select(file => file.Name) : ["mailu.sql"];

    [TestCaseSource(nameof(Corpus))]
    public void Script_ofARealSchema_makesItAgainOnAnEmptyDatabase(string name)
    {
        string sql = File.ReadAllText(SharedFiles.File("corpus", name).FullName);
        using TestDatabase original = Open().Execute(sql);
        using TestDatabase made = Open();

        string script = Write(original);
        made.Execute(script);

        Assert.That(SchemaComparison.Compare(original.Connection, made.Connection, _ => false), Is.Empty);
        Assert.That(Write(made), Is.EqualTo(script), "the script of what a script makes is the same script");
        Assert.That(
            made.Rows("SELECT type, name, tbl_name FROM sqlite_schema ORDER BY 1, 2"),
            Is.EqualTo(original.Rows("SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*' ORDER BY 1, 2")),
            "SQLite lists the same objects");
    }

    [Test]
    public void Script_ofObjectsInAnyOrder_isTheSame()
    {
        using TestDatabase one = TestDatabase.InMemory().Execute("""
            CREATE TABLE b(x);
            CREATE TABLE A(x, y /* the
            second */);
            CREATE INDEX b2 ON b(x); CREATE INDEX b1 ON b(x);
            CREATE VIEW a_first AS SELECT * FROM z_second;
            CREATE VIEW z_second AS SELECT * FROM b;
            """.Replace("CREATE VIEW a_first AS SELECT * FROM z_second;\n", "", StringComparison.Ordinal) + "CREATE VIEW a_first AS SELECT * FROM z_second;");
        using TestDatabase other = TestDatabase.InMemory().Execute("""
            CREATE TABLE A(x, y /* the
            second */);
            CREATE TABLE b(x);
            CREATE INDEX b1 ON b(x);
            CREATE VIEW z_second AS SELECT * FROM b;
            CREATE VIEW a_first AS SELECT * FROM z_second;
            CREATE INDEX b2 ON b(x);
            """);

        string script = Write(one);

        Assert.That(Write(other), Is.EqualTo(script));
        Assert.That(script, Is.EqualTo("""
            -- The schema that these migrations make. Written by a program: what is changed here by hand is lost.
            -- 1 First

            CREATE TABLE A(x, y /* the
            second */);

            CREATE TABLE b(
                x
            );

            CREATE INDEX b1 ON b(x);

            CREATE INDEX b2 ON b(x);

            CREATE VIEW z_second AS SELECT * FROM b;

            CREATE VIEW a_first AS SELECT * FROM z_second;

            """));
    }

    [Test]
    public void Script_ofTriggers_keepsTheOrderInWhichTheyFire()
    {
        const string Insert = "INSERT INTO t VALUES (1); INSERT INTO v VALUES (2)";
        using TestDatabase original = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(x); CREATE TABLE log(x); CREATE VIEW v AS SELECT x FROM t;
            CREATE TRIGGER z AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('z'); END;
            CREATE TRIGGER a AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('a'); END;
            CREATE TRIGGER v_insert INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES ('v'); END;
            """);
        using TestDatabase made = TestDatabase.InMemory().Execute(Write(original)).Execute(Insert);
        original.Execute(Insert);

        Assert.That(made.Rows("SELECT x FROM log ORDER BY rowid"), Is.EqualTo(original.Rows("SELECT x FROM log ORDER BY rowid")));
        Assert.That(made.Scalar<long>("SELECT count(*) FROM log"), Is.EqualTo(3));
    }

    [Test]
    public void Script_ofVirtualTables_leavesTheirShadowsOutAndKeepsTheirOrder()
    {
        using TestDatabase original = TestDatabase.InMemory().Execute("""
            CREATE TABLE z_content(id INTEGER PRIMARY KEY, body TEXT);
            CREATE VIRTUAL TABLE search USING fts4(content="z_content");
            CREATE VIRTUAL TABLE a USING fts5(body, content='z_content', content_rowid='id');
            CREATE INDEX i ON z_content(body);
            """);
        using TestDatabase made = TestDatabase.InMemory();

        string script = Write(original);
        made.Execute(script);

        Assert.That(script, Does.Not.Contain("search_").And.Not.Contain("a_data"));
        Assert.That(made.Rows("SELECT name FROM sqlite_schema ORDER BY 1"), Is.EqualTo(original.Rows("SELECT name FROM sqlite_schema ORDER BY 1")));
    }

    [Test]
    public void Script_ofOddTexts_runs()
    {
        using TestDatabase original = TestDatabase.InMemory().Execute(
            "CREATE TABLE \"a;b\"(x DEFAULT 'a\r\nb;', y,\r\n  z -- the last\r\n); CREATE TABLE own(x); CREATE INDEX own_i ON own(x); CREATE TABLE seq(id INTEGER PRIMARY KEY AUTOINCREMENT)");
        original.Execute("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || ' -- the end' WHERE name = 'seq'");
        using TestDatabase made = TestDatabase.InMemory();

        string script = SchemaScript.Write(original.Connection, name => name == "OWN");
        made.Execute(script).Execute("INSERT INTO \"a;b\"(y) VALUES (1)");

        Assert.That(made.Scalar<string>("SELECT x FROM \"a;b\""), Is.EqualTo("a\r\nb;"));
        Assert.That(script, Does.Contain("y,\n  z -- the last\n)").And.Contain("-- the end\n;\n").And.Not.Contain("own"));
        Assert.That(made.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'seq'"), Is.EqualTo(1));
    }

    [Test]
    public void Script_ofATableInOneLine_hasALineForEachPart()
    {
        using TestDatabase original = TestDatabase.InMemory().Execute(
            "CREATE TABLE t(a DECIMAL(10, 2) DEFAULT 'x,  (y', b TEXT CHECK (b IN ('p',  'q')), PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT".Replace("DECIMAL(10, 2)", "TEXT", StringComparison.Ordinal));

        Assert.That(SchemaScript.Write(original.Connection, _ => false), Is.EqualTo("""
            CREATE TABLE t(
                a TEXT DEFAULT 'x,  (y',
                b TEXT CHECK (b IN ('p', 'q')),
                PRIMARY KEY (a, b)
            ) WITHOUT ROWID, STRICT;

            """));
    }

    private static TestDatabase Open()
    {
        TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings().Execute("PRAGMA foreign_keys = OFF");

        // What Firefox registers on its connections.
        database.Connection.CreateFunction("now", static () => 0L);
        return database;
    }

    private static string Write(TestDatabase database) => SchemaScript.Write(database.Connection, _ => false, ["1 First"]);
}
