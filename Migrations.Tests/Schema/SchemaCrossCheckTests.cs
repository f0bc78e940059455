using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Schema;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SchemaCrossCheckTests
{
    private static readonly string Real = """
        CREATE TABLE t(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          a VARCHAR(20) NOT NULL DEFAULT 'x' COLLATE NOCASE UNIQUE,
          b NUMERIC DEFAULT CURRENT_TIMESTAMP REFERENCES p(k) ON DELETE CASCADE ON UPDATE SET NULL,
          c AS (a || b) VIRTUAL,
          d AS (b + 1) STORED,
          e,
          UNIQUE(a, e COLLATE RTRIM DESC),
          FOREIGN KEY(a, e) REFERENCES q
        )
        """;

    [TestCase("d AS", "other AS", "the name of column 5 was read as \"other\", SQLite says \"d\"")]
    [TestCase("a VARCHAR(20)", "a VARCHAR(21)", "of column \"a\" the type was read as \"VARCHAR(21)\", SQLite says \"VARCHAR(20)\"")]
    [TestCase("NOT NULL ", "", "of column \"a\" the NOT NULL was read as no, SQLite says yes")]
    [TestCase("c AS", "c NOT NULL AS", "of column \"c\" the NOT NULL was read as yes, SQLite says no")]
    [TestCase("DEFAULT 'x'", "", "of column \"a\" the default was read as none, SQLite says 'x'")]
    [TestCase("DEFAULT 'x'", "DEFAULT \"x\"", "of column \"a\" the default was read as \"x\", SQLite says 'x'")]
    [TestCase("DEFAULT CURRENT_TIMESTAMP", "DEFAULT 'CURRENT_TIMESTAMP'", "of column \"b\" the default was read as 'CURRENT_TIMESTAMP', SQLite says CURRENT_TIMESTAMP")]
    [TestCase("DEFAULT CURRENT_TIMESTAMP", "DEFAULT (CURRENT_TIMESTAMP + 1)", "of column \"b\" the default was read as CURRENT_TIMESTAMP + 1, SQLite says")]
    [TestCase("COLLATE NOCASE", "", "index of a constraint UNIQUE (\"a\" COLLATE BINARY) was read, SQLite has none such")]
    [TestCase("COLLATE NOCASE", "", "index of a constraint UNIQUE (\"a\" COLLATE NOCASE) was not read, SQLite has it")]
    [TestCase("COLLATE NOCASE UNIQUE", "COLLATE NOCASE", "index of a constraint UNIQUE (\"a\" COLLATE NOCASE) was not read")]
    [TestCase("(a || b) VIRTUAL", "(a || b) STORED", "of column \"c\" the generation was read as Stored, SQLite says Virtual")]
    [TestCase("d AS (b + 1) STORED", "d DEFAULT (b + 1)", "of column \"d\" the generation was read as None, SQLite says Stored")]
    [TestCase("  e,", "  e, f,", "column 7 was read as \"f\", SQLite has none there")]
    [TestCase("  e,", "  e, f,", "the number of columns was read as 7, SQLite says 6")]
    [TestCase("  c AS (a || b) VIRTUAL,\n", "", "column 6 was not read, SQLite says \"e\"")]
    [TestCase("COLLATE RTRIM DESC", "COLLATE RTRIM", "UNIQUE (\"a\" COLLATE NOCASE, \"e\" COLLATE RTRIM) was read, SQLite has none such")]
    [TestCase("COLLATE RTRIM DESC", "DESC", "UNIQUE (\"a\" COLLATE NOCASE, \"e\" COLLATE BINARY DESC) was read, SQLite has none such")]
    [TestCase("UNIQUE(a, e COLLATE RTRIM DESC)", "UNIQUE(e COLLATE RTRIM DESC, a)", "UNIQUE (\"e\" COLLATE RTRIM DESC, \"a\" COLLATE NOCASE) was read, SQLite has none such")]
    [TestCase("INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER", "of column \"id\" the place in the primary key was read as 0, SQLite says 1")]
    [TestCase("INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER PRIMARY KEY DESC", "index of a constraint PRIMARY KEY (\"id\" COLLATE BINARY DESC) was read, SQLite has none such")]
    [TestCase(" AUTOINCREMENT", "", "AUTOINCREMENT was read as no, SQLite says yes")]
    [TestCase("REFERENCES p(k)", "REFERENCES other(k)", "REFERENCES \"other\"(\"k\") ON DELETE CASCADE ON UPDATE SET NULL was read, SQLite has none such")]
    [TestCase("REFERENCES p(k)", "REFERENCES p", "REFERENCES \"p\" ON DELETE CASCADE ON UPDATE SET NULL was read, SQLite has none such")]
    [TestCase("REFERENCES q", "REFERENCES q(x, y)", "REFERENCES \"q\"(\"x\", \"y\") ON DELETE NO ACTION ON UPDATE NO ACTION was read, SQLite has none such")]
    [TestCase("ON DELETE CASCADE", "ON DELETE RESTRICT", "ON DELETE RESTRICT ON UPDATE SET NULL was read, SQLite has none such")]
    [TestCase("ON UPDATE SET NULL", "ON UPDATE SET DEFAULT", "ON UPDATE SET DEFAULT was read, SQLite has none such")]
    [TestCase("KEY(a, e)", "KEY(e, a)", "foreign key (\"e\", \"a\") REFERENCES \"q\"")]
    [TestCase(",\n  FOREIGN KEY(a, e) REFERENCES q", "", "foreign key (\"a\", \"e\") REFERENCES \"q\" ON DELETE NO ACTION ON UPDATE NO ACTION was not read, SQLite has it")]
    [TestCase("REFERENCES q\n)", "REFERENCES q\n) STRICT", "STRICT was read as yes, SQLite says no")]
    [TestCase("REFERENCES q\n)", "REFERENCES q\n) WITHOUT ROWID", "WITHOUT ROWID was read as yes, SQLite says no")]
    [TestCase("CREATE TABLE t(", "CREATE TABLE u(", "its name in the text was read as \"u\"")]
    public void FindDifferences_names_what_was_misread(string was, string lie, string difference)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Real);
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);
        Assert.That(Real, Does.Contain(was));

        TableSchema misread = TableSchemaReader.Read("t", TableKind.Ordinary, Real.Replace(was, lie, StringComparison.Ordinal));

        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, misread), Has.Some.Contains(difference));
        Assert.That(
            () => SchemaCrossCheck.Check(database.Connection, schema, misread),
            Throws.TypeOf<SchemaMismatchException>()
                .With.Property(nameof(SchemaMismatchException.Table)).EqualTo("t")
                .And.Message.Contains(difference));
    }

    [TestCase("CREATE TABLE t(a, b, PRIMARY KEY(a, b))", "CREATE TABLE t(a, b, PRIMARY KEY(b, a))", "place in the primary key was read as 2, SQLite says 1")]
    [TestCase("CREATE TABLE t(a, b, PRIMARY KEY(a, b))", "CREATE TABLE t(a, b, UNIQUE(a, b))", "index of a constraint PRIMARY KEY (\"a\" COLLATE BINARY, \"b\" COLLATE BINARY) was not read")]
    [TestCase("CREATE TABLE t(a INTEGER PRIMARY KEY)", "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT)", "AUTOINCREMENT was read as yes, SQLite says no")]
    [TestCase("CREATE TABLE t(a INTEGER PRIMARY KEY); CREATE TABLE other(a INTEGER PRIMARY KEY AUTOINCREMENT)", "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT)", "AUTOINCREMENT was read as yes, SQLite says no")]
    [TestCase("CREATE TABLE t(a INT PRIMARY KEY) STRICT", "CREATE TABLE t(a INT PRIMARY KEY)", "STRICT was read as no, SQLite says yes")]
    [TestCase("CREATE TABLE t(a INT PRIMARY KEY) WITHOUT ROWID", "CREATE TABLE t(a INT PRIMARY KEY)", "WITHOUT ROWID was read as no, SQLite says yes")]
    public void FindDifferences_names_misread_keys_and_options(string real, string lie, string difference)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(real);
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);

        TableSchema misread = TableSchemaReader.Read("t", TableKind.Ordinary, lie);

        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, misread), Has.Some.Contains(difference));
    }

    // A foreign key whose action writes a generated column: with foreign keys enforced SQLite compiles no DELETE of the parent, and no DROP TABLE.
    [Test]
    public void FindDifferences_tells_AUTOINCREMENT_of_a_table_whose_rows_can_not_be_deleted([Values("", " AUTOINCREMENT")] string written)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"""
            PRAGMA foreign_keys = ON;
            CREATE TABLE another(id INTEGER PRIMARY KEY AUTOINCREMENT);
            CREATE TABLE p(id INTEGER PRIMARY KEY{written}, k INT UNIQUE, d INT DEFAULT 12);
            CREATE TABLE c(id INTEGER PRIMARY KEY, a INT, g INT AS (a) REFERENCES p(k) ON DELETE SET NULL);
            INSERT INTO p(k) VALUES (3);
            INSERT INTO c(a) VALUES (3);
            """);
        Assert.That(() => database.Rows("EXPLAIN DROP TABLE p"), Throws.InstanceOf<SqliteException>());
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
        TableSchema parent = schema.FindTable("p")!; // It is there.

        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, parent), Is.Empty);
        TableSchema misread = TableSchemaReader.Read(
            "p", TableKind.Ordinary, parent.Sql.Replace("KEY" + written, written.Length == 0 ? "KEY AUTOINCREMENT" : "KEY", StringComparison.Ordinal));
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, misread), Has.Some.Contains("AUTOINCREMENT was read as"));

        TableAlterer.Alter(database.Connection, "p", [new SetDefault("d", "80")], new AlterationOptions());

        Assert.That(database.Scalar<long>("INSERT INTO p(k) VALUES (4) RETURNING d"), Is.EqualTo(80));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM c JOIN p ON p.k = c.g"), Is.EqualTo(1));
    }

    [TestCase("CREATE INDEX i ON t(a, b)", "UNIQUE")]
    [TestCase("CREATE UNIQUE INDEX i ON t(a)", "(\"a\" COLLATE BINARY)")]
    [TestCase("CREATE UNIQUE INDEX i ON t(b, a)", "(\"b\" COLLATE BINARY, \"a\" COLLATE BINARY)")]
    [TestCase("CREATE UNIQUE INDEX i ON t(a, b DESC)", "\"b\" COLLATE BINARY DESC")]
    [TestCase("CREATE UNIQUE INDEX i ON t(a, b COLLATE nocase)", "\"b\" COLLATE NOCASE")]
    [TestCase("CREATE UNIQUE INDEX i ON t(a, b + 1)", "(expression)")]
    [TestCase("CREATE UNIQUE INDEX i ON t(a, \"gone\")", "(expression)")]
    [TestCase("CREATE UNIQUE INDEX i ON t(a, b) WHERE a > 1", "WHERE")]
    [TestCase("CREATE UNIQUE INDEX j ON t(a, b)", "\"j\"")]
    [TestCase("CREATE UNIQUE INDEX i ON u(a, b)", "on \"u\"")]
    public void FindDifferences_names_a_misread_index(string lie, string difference)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a, b); CREATE UNIQUE INDEX i ON t(a, b)");
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
        TableSchema table = schema.Tables[0];
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, table), Is.Empty);

        Assert.That(
            SchemaCrossCheck.FindDifferences(database.Connection, WithIndexes(schema, IndexSchemaReader.Read("i", table, "t", lie)), table),
            Has.Some.Contains(difference));
    }

    [Test]
    public void FindDifferences_names_an_index_that_was_not_read()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a, b); CREATE UNIQUE INDEX i ON t(a, b)");
        DatabaseSchema schema = WithIndexes(SchemaReader.Read(database.Connection, "main"));

        Assert.That(
            SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]),
            Is.EqualTo(["index \"i\" UNIQUE (\"a\" COLLATE BINARY, \"b\" COLLATE BINARY) was not read, SQLite has it"]));
    }

    [TestCase("CREATE TABLE c(x, y)", "was not read, SQLite has it")]
    [TestCase("CREATE TABLE c(x, y REFERENCES t ON DELETE CASCADE)", "\"c\" (\"y\") REFERENCES \"t\" ON DELETE CASCADE ON UPDATE NO ACTION was read, SQLite has none such")]
    [TestCase("CREATE TABLE c(x REFERENCES t, y)", "\"c\" (\"x\") REFERENCES \"t\" ON DELETE CASCADE ON UPDATE NO ACTION was not read, SQLite has it")]
    [TestCase("CREATE TABLE c(x REFERENCES t ON DELETE CASCADE, y REFERENCES t(a))", "\"c\" (\"y\") REFERENCES \"t\"(\"a\") ON DELETE NO ACTION ON UPDATE NO ACTION was read")]
    public void FindDifferences_names_a_misread_foreign_key_of_another_table(string lie, string difference)
    {
        using TestDatabase database = TestDatabase.InMemory().Attach("o'ther").Execute("""
            CREATE TABLE "o'ther".t(a INTEGER PRIMARY KEY, b REFERENCES T);
            CREATE TABLE "o'ther".c(x REFERENCES T ON DELETE CASCADE, y);
            CREATE TABLE main.d(x REFERENCES t);
            """);
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "o'ther");
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);

        DatabaseSchema misread = With(schema, [schema.Tables[0], TableSchemaReader.Read("c", TableKind.Ordinary, lie)], schema.Indexes);

        Assert.That(
            SchemaCrossCheck.FindDifferences(database.Connection, misread, schema.Tables[0]),
            Has.Some.StartsWith("foreign key of another table").And.Some.Contains(difference));
    }

    [Test]
    public void FindDifferences_names_a_table_that_is_gone_and_one_of_another_kind()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a)");
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
        TableSchema table = schema.Tables[0];

        database.Execute("DROP TABLE t");
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, table), Has.Some.EqualTo("SQLite knows no such table"));

        database.Execute("CREATE VIRTUAL TABLE t USING fts5(a)");
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, table), Has.Some.EqualTo("its kind was read as table, SQLite says virtual"));
    }

    [Test]
    public void FindDifferences_sees_a_text_that_was_edited_after_SQLite_loaded_it()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(a, b);
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a, b DEFAULT 1)';
            """);

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(
            SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]),
            Is.EqualTo(["of column \"b\" the default was read as 1, SQLite says none"]));
    }

    [TestCase("CREATE INDEX i ON t((a))")]
    [TestCase("CREATE INDEX i ON t(A COLLATE nocase, [B], 'c', \"e\")")]
    [TestCase("CREATE INDEX i ON t(((a) COLLATE nocase) DESC)")]
    [TestCase("CREATE INDEX i ON t(a || b COLLATE nocase)")]
    [TestCase("CREATE INDEX i ON t((a || b) COLLATE nocase)")]
    [TestCase("CREATE INDEX i ON t(-a COLLATE nocase DESC)")]
    [TestCase("CREATE INDEX i ON t(lower(a) COLLATE nocase)")]
    [TestCase("CREATE INDEX i ON t(CASE a WHEN 1 THEN 2 END COLLATE rtrim)")]
    [TestCase("CREATE INDEX i ON t(CAST(a AS TEXT) COLLATE rtrim ASC)")]
    [TestCase("CREATE INDEX i ON t(a IS NULL)")]
    [TestCase("CREATE INDEX i ON t(\"no column\")")]
    [TestCase("CREATE INDEX i ON t(a) WHERE b IS NOT NULL AND a IN (1, 2)")]
    [TestCase("CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t(a/**/,b--\n)")]
    [TestCase("CREATE INDEX i ON t(asc, desc DESC)")]
    public void FindDifferences_finds_none_in_an_index_of_any_form(string index)
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings()
            .Execute($"CREATE TABLE t(a COLLATE rtrim, b, c, e, \"asc\", \"desc\"); {index}");

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(schema.Indexes, Has.Length.EqualTo(1));
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);
    }

    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY UNIQUE)")]
    [TestCase("CREATE TABLE t(a PRIMARY KEY UNIQUE, UNIQUE(a), UNIQUE(a DESC), UNIQUE(a COLLATE nocase))")]
    [TestCase("CREATE TABLE t(a UNIQUE, PRIMARY KEY(a DESC))")]
    [TestCase("CREATE TABLE t(a UNIQUE, b, PRIMARY KEY(a, a, b, a COLLATE nocase)) WITHOUT ROWID")]
    [TestCase("CREATE TABLE t(a, b, UNIQUE(a, a), UNIQUE(a), PRIMARY KEY(b, b, a))")]
    [TestCase("CREATE TABLE t(a INTEGER UNIQUE, b UNIQUE, PRIMARY KEY(a DESC)) WITHOUT ROWID")]
    [TestCase("CREATE TABLE t(a INTEGER PRIMARY KEY DESC, b) WITHOUT ROWID")]
    [TestCase("CREATE TABLE t(a INTEGER PRIMARY KEY DESC UNIQUE, b ANY) STRICT")]
    [TestCase("CREATE TABLE t(a ANY, b TEXT, PRIMARY KEY(b, a)) STRICT, WITHOUT ROWID")]
    [TestCase("CREATE TABLE t(a TEXT COLLATE nocase UNIQUE COLLATE rtrim PRIMARY KEY COLLATE binary)")]
    [TestCase("CREATE TABLE t(a REFERENCES p, b DEFERRABLE INITIALLY DEFERRED REFERENCES t(a) REFERENCES P(X) MATCH full ON DELETE SET DEFAULT)")]
    [TestCase("CREATE TABLE [t](\"a\"\"b\" [in t] DEFAULT -1, 'c' int, `d` text, CONSTRAINT x CONSTRAINT y CHECK (d <> ')') UNIQUE(c))")]
    [TestCase("CREATE TABLE t(a GENERATED ALWAYS AS (1), b generated always AS (2) STORED, c generated, d ALWAYS)")]
    [TestCase("CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\", NULL AS d")]
    [TestCase("CREATE TABLE t(a); ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT '' COLLATE nocase /* c */; ALTER TABLE t RENAME COLUMN a TO [z y]")]
    public void FindDifferences_finds_none_in_quirks_that_SQLite_takes(string sql)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(sql);

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.FindTable("t")!), Is.Empty);
    }

    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a)", "CREATE TABLE t(id INTEGER PRIMARY KEY, a)", true)]
    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, a)", "CREATE TABLE t(id INTEGER PRIMARY KEY, a)", false)]
    public void FindDifferences_judges_AUTOINCREMENT_also_where_triggers_are_broken_or_insert_elsewhere(string real, string read, bool isDifferent)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"""
            {real};
            CREATE TABLE log(id INTEGER PRIMARY KEY AUTOINCREMENT, x);
            CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log(x) VALUES (new.a); END;
            INSERT INTO t(a) VALUES (1);
            """);
        TableSchema table = TableSchemaReader.Read("t", TableKind.Ordinary, read);
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, SchemaReader.Read(database.Connection, "main"), table), isDifferent ? Is.Not.Empty : Is.Empty);

        database.Execute("DROP TABLE log");

        Assert.That(() => database.Execute("INSERT INTO t(a) VALUES (2)"), Throws.TypeOf<SqliteException>());
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, SchemaReader.Read(database.Connection, "main"), table), isDifferent ? Is.Not.Empty : Is.Empty);
    }

    [Test]
    public void FindDifferences_knows_a_way_out_where_the_file_format_ignores_DESC()
    {
        const int SqliteDbConfigLegacyFileFormat = 1016;
        using TestDatabase database = TestDatabase.File();
        _ = SQLitePCL.raw.sqlite3_db_config(database.Connection.Handle, SqliteDbConfigLegacyFileFormat, 1, out _);
        database.Execute("CREATE TABLE t(a, b, UNIQUE(a DESC)); CREATE INDEX i ON t(b DESC)");
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Has.Exactly(2).Contains("VACUUM"));

        _ = SQLitePCL.raw.sqlite3_db_config(database.Connection.Handle, SqliteDbConfigLegacyFileFormat, 0, out _);
        database.Execute("VACUUM");

        schema = SchemaReader.Read(database.Connection, "main");
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);
    }

    private static DatabaseSchema WithIndexes(DatabaseSchema schema, params IndexSchema[] indexes) =>
        With(schema, schema.Tables, [.. indexes]);

    private static DatabaseSchema With(
        DatabaseSchema schema, ImmutableArray<TableSchema> tables, ImmutableArray<IndexSchema> indexes) => new()
        {
            Database = schema.Database,
            Tables = tables,
            Indexes = indexes,
            Triggers = schema.Triggers,
            Views = schema.Views,
            HasSequence = schema.HasSequence,
            HasStat1 = schema.HasStat1,
            HasStat4 = schema.HasStat4,
        };
}
