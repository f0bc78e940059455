using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Schema;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SchemaReaderTests
{
    [Test]
    public void Read_gives_all_objects_in_the_order_of_sqlite_schema([Values] TestDatabaseKind kind)
    {
        using TestDatabase database = TestDatabase.Open(kind).Execute("""
            CREATE TABLE b(id INTEGER PRIMARY KEY AUTOINCREMENT, x UNIQUE);
            CREATE TABLE a(y);
            CREATE VIEW v2 AS SELECT * FROM a;
            CREATE VIEW v1 AS SELECT * FROM b;
            CREATE INDEX i2 ON b(x);
            CREATE INDEX i1 ON b(x DESC);
            CREATE TRIGGER t2 AFTER INSERT ON a BEGIN SELECT 1; END;
            CREATE TRIGGER t1 AFTER INSERT ON a BEGIN SELECT 1; END;
            CREATE TRIGGER t0 INSTEAD OF INSERT ON v1 BEGIN SELECT 1; END;
            INSERT INTO b(x) VALUES (1);
            ANALYZE;
            """);

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(schema.Tables.Select(table => table.Name.Name), Is.EqualTo(["b", "a"]));
        Assert.That(schema.Views.Select(view => view.Name.Name), Is.EqualTo(["v2", "v1"]));
        Assert.That(schema.IndexesOf("B").Select(index => index.Name.Name), Is.EqualTo(["i2", "i1"]));
        Assert.That(schema.TriggersOf("A").Select(trigger => trigger.Name.Name), Is.EqualTo(["t2", "t1"]));
        Assert.That(schema.TriggersOf("v1").Select(trigger => trigger.Name.Name), Is.EqualTo(["t0"]));
        Assert.That((schema.HasSequence, schema.HasStat1), Is.EqualTo((true, true)));
        Assert.That(schema.FindTable("A")?.Sql, Is.EqualTo("CREATE TABLE a(y)"));
    }

    [Test]
    public void Read_takes_only_the_names_that_SQLite_keeps_for_itself_as_internal()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE sqlitedata(a);
            CREATE TABLE sqliteXdata(id INTEGER PRIMARY KEY AUTOINCREMENT);
            """);
        Assert.That(() => database.Execute("CREATE TABLE SQLite_data(a)"), Throws.TypeOf<SqliteException>().With.Message.Contains("reserved"));

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(schema.Tables.Select(table => table.Name.Name), Is.EqualTo(["sqlitedata", "sqliteXdata"]));
        Assert.That(schema.HasSequence, Is.True);
    }

    [Test]
    public void Read_tells_virtual_and_shadow_tables_by_what_SQLite_says()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE f_content(mine);
            CREATE VIRTUAL TABLE f USING fts5(x, content='');
            CREATE TABLE notes_data(mine);
            """);

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        foreach (TableSchema table in schema.Tables)
        {
            Assert.That(
                table.Kind is TableKind.Ordinary ? "table" : table.Kind.ToString(),
                Is.EqualTo(database.Scalar<string>($"SELECT type FROM pragma_table_list('{table.Name.Name}')")).IgnoreCase);
        }

        Assert.That(schema.FindTable("f")?.Kind, Is.EqualTo(TableKind.Virtual));
        Assert.That(schema.FindTable("f_data")?.Kind, Is.EqualTo(TableKind.Shadow));
        Assert.That(schema.FindTable("notes_data")?.Kind, Is.EqualTo(TableKind.Ordinary));
    }

    [Test]
    public void Read_of_an_attached_database_sees_that_database_only()
    {
        using TestDatabase database = TestDatabase.File().Attach("the \"other\"").Execute(""""
            CREATE TABLE t(inmain);
            CREATE TABLE "the ""other""".t(a INTEGER PRIMARY KEY, b REFERENCES T ON DELETE CASCADE, c UNIQUE);
            CREATE INDEX "the ""other""".i ON t(b);
            """");

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "the \"other\"");

        TableSchema table = schema.Tables.Single();
        Assert.That(table.Columns.Select(column => column.Name.Name), Is.EqualTo(["a", "b", "c"]));
        Assert.That(schema.ForeignKeysTo("t").Single().OnDelete, Is.EqualTo(ForeignKeyAction.Cascade));
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, table), Is.Empty);
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, SchemaReader.Read(database.Connection, "main"), table), Is.Not.Empty);
    }

    [Test]
    public void Read_finds_temporary_triggers_by_the_database_of_their_table()
    {
        using TestDatabase database = TestDatabase.InMemory().Attach("aux").Execute("""
            CREATE TABLE main.t(a);
            CREATE TABLE aux.t(a);
            CREATE TABLE aux.only(a);
            CREATE TABLE main.hidden(a);
            CREATE TRIGGER main.kept AFTER INSERT ON t BEGIN SELECT 1; END;
            CREATE TEMP TRIGGER unqualified AFTER INSERT ON t BEGIN SELECT 1; END;
            CREATE TEMP TRIGGER qualified AFTER INSERT ON "aux" . t BEGIN SELECT 1; END;
            CREATE TEMP TRIGGER elsewhere AFTER INSERT ON only BEGIN SELECT 1; END;
            CREATE TEMP TABLE hidden(a);
            CREATE TEMP TRIGGER own AFTER INSERT ON hidden BEGIN SELECT 1; END;
            CREATE TEMP VIEW v AS SELECT * FROM t;
            """);

        DatabaseSchema main = SchemaReader.Read(database.Connection, "main");
        DatabaseSchema attached = SchemaReader.Read(database.Connection, "AUX");

        Assert.That(main.Triggers.Select(trigger => (trigger.Name.Name, trigger.IsTemporary)), Is.EqualTo([("kept", false), ("unqualified", true)]));
        Assert.That(attached.Triggers.Select(trigger => (trigger.Name.Name, trigger.IsTemporary)), Is.EqualTo([("qualified", true), ("elsewhere", true)]));
        Assert.That(main.TemporaryViews.Single().Name.Name, Is.EqualTo("v"));
        Assert.That(main.Views, Is.Empty);
    }

    [Test]
    public void Read_of_the_temporary_database_sees_its_objects_once()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(inmain);
            CREATE TEMP TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b UNIQUE);
            CREATE TEMP TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
            CREATE TEMP VIEW v AS SELECT * FROM t;
            """);

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "temp");

        Assert.That(schema.Tables.Single().Columns, Has.Length.EqualTo(2));
        Assert.That((schema.Triggers.Length, schema.Views.Length, schema.HasSequence), Is.EqualTo((1, 1, true)));
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);
    }

    [Test]
    public void Read_sees_what_the_transaction_has_done()
    {
        using TestDatabase database = TestDatabase.File();
        using SqliteTransaction transaction = database.Connection.BeginTransaction();
        database.Execute("CREATE TABLE t(a INTEGER PRIMARY KEY)");

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        TableSchema table = schema.Tables.Single();
        Assert.That(table.RowIdAlias?.Name.Name, Is.EqualTo("a"));
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, table), Is.Empty);
        transaction.Rollback();
        Assert.That(SchemaReader.Read(database.Connection, "main").Tables, Is.Empty);
    }

    [TestCase("id INTEGER PRIMARY KEY", "", true)]
    [TestCase("id INTEGER PRIMARY KEY ASC", "", true)]
    [TestCase("id INTEGER PRIMARY KEY DESC", "", false)]
    [TestCase("id INTEGER, PRIMARY KEY(id)", "", true)]
    [TestCase("id INTEGER, PRIMARY KEY(id DESC)", "", true)]
    [TestCase("id INTEGER, PRIMARY KEY((ID) COLLATE nocase)", "", true)]
    [TestCase("id INTEGER, b INTEGER, PRIMARY KEY(id, b)", "", false)]
    [TestCase("id INTEGER, PRIMARY KEY(id, id)", "", false)]
    [TestCase("id INT PRIMARY KEY", "", false)]
    [TestCase("id BIGINT PRIMARY KEY", "", false)]
    [TestCase("id INTEGER(8) PRIMARY KEY", "", false)]
    [TestCase("id \"INTEGER\" PRIMARY KEY", "", true)]
    [TestCase("id INTEGER GENERATED ALWAYS PRIMARY KEY", "", true)]
    [TestCase("id INTEGER PRIMARY KEY", "STRICT", true)]
    [TestCase("id INTEGER UNIQUE", "", false)]
    public void IsRowIdAlias_is_true_where_an_inserted_rowid_becomes_the_value(string columns, string options, bool expected)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t({columns}) {options}; INSERT INTO t(rowid) VALUES (7)");
        Assert.That(database.Scalar<long?>("SELECT id FROM t") == 7, Is.EqualTo(expected));

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(schema.Tables[0].Columns[0].IsRowIdAlias, Is.EqualTo(expected));
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);
    }

    [Test]
    public void IsRowIdAlias_is_false_without_rowid()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY) WITHOUT ROWID");

        TableSchema table = SchemaReader.Read(database.Connection, "main").Tables[0];

        Assert.That((table.RowIdAlias, table.RowIdName, table.IsWithoutRowId), Is.EqualTo(((ColumnSchema?)null, (SqlIdentifier?)null, true)));
    }

    [Test]
    public void Read_keeps_the_last_default_and_the_last_collation_as_SQLite_does()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(a TEXT DEFAULT 1 COLLATE rtrim DEFAULT 'two' COLLATE NOCASE UNIQUE);
            INSERT INTO t DEFAULT VALUES;
            """);
        Assert.That(database.Scalar<long>("SELECT a = 'TWO' FROM t"), Is.EqualTo(1));

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        ColumnSchema column = schema.Tables[0].Columns[0];
        Assert.That((column.DefaultText, column.Collation.Name), Is.EqualTo(("'two'", "NOCASE")));
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);
    }

    [Test]
    public void Read_keeps_every_default_as_it_is_written()
    {
        string[] defaults =
        [
            "1", "-1", "+ 5", "- /* c */ 0x10", "1.5e3", "'text'", "'it''s'", "'CURRENT_TIMESTAMP'", "CURRENT_TIMESTAMP", "current_date", "NULL",
            "TRUE", "false", "x'00ff'", "bareword", "\"quoted\"", "( 'x'||'y' )", "(1)", "(/* c */ 1 -- d\n)", "((1))", "(datetime('now', 'localtime'))",
        ];
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings()
            .Execute($"CREATE TABLE t({string.Join(", ", defaults.Select((text, i) => $"c{i} DEFAULT {text}"))})");

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(schema.Tables[0].Columns.Select(column => column.DefaultText), Is.EqualTo(defaults));
        Assert.That(SchemaCrossCheck.FindDifferences(database.Connection, schema, schema.Tables[0]), Is.Empty);
    }

    [Test]
    public void An_unreadable_table_stands_in_the_way_only_of_what_involves_it()
    {
        // The text is edited behind SQLite's back, which goes on with the table that it loaded.
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE parent(id INTEGER PRIMARY KEY);
            CREATE TABLE child(p REFERENCES PARENT ON DELETE CASCADE);
            CREATE TABLE other(a);
            CREATE INDEX i ON other(a);
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE TABLE child(p REFERENCES PARENT ON DELETE )' WHERE name = 'child';
            UPDATE sqlite_schema SET sql = 'CREATE INDEX i ON other' WHERE name = 'i';
            """);

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(schema.FindTable("other"), Is.Not.Null);
        Assert.That(schema.FindTable("parent"), Is.Not.Null);
        Assert.That(schema.ForeignKeysTo("other"), Is.Empty);
        Assert.That(() => schema.FindTable("Child"), Throws.TypeOf<SqlSyntaxException>().With.Message.Contains("the table \"child\""));
        Assert.That(() => schema.ForeignKeysTo("Parent"), Throws.TypeOf<SqlSyntaxException>().With.Message.Contains("the table \"child\""));
        Assert.That(() => schema.IndexesOf("other"), Throws.TypeOf<SqlSyntaxException>().With.Message.Contains("the index \"i\""));
        Assert.That(schema.IsNameTaken("CHILD"), Is.True);
    }
}
