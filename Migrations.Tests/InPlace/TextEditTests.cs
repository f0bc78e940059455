using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.InPlace;

/// <summary>Changes of the stored text alone: no page but those of sqlite_schema is another, and SQLite behaves as the new text says.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TextEditTests
{
    private const int PageSize = 65536;

    private const string Text = """
        CREATE TABLE t ( -- the first comment
          id INTEGER PRIMARY KEY AUTOINCREMENT, /* the key */
          name VARCHAR(20) NOT NULL DEFAULT 'n', -- its name
          size INT DEFAULT (12) /* in m */ CONSTRAINT size_positive CHECK (size >= 0),
          note TEXT /* free */ COLLATE NOCASE,
          plain	text,
          parent_id INTEGER CONSTRAINT fk_parent REFERENCES parent(id) ON DELETE CASCADE, -- whose
          other_id INTEGER,
          code TEXT UNIQUE,
          twice INT AS (size * 2) VIRTUAL,
          CHECK (name <> 'forbidden') -- the last one
        )
        """;

    private const string Rest = """
        CREATE TABLE parent(id INTEGER PRIMARY KEY, code TEXT UNIQUE);
        CREATE TABLE log(what);
        CREATE INDEX t_size ON t(size, other_id) WHERE size > 1;
        CREATE INDEX t_twice ON t(twice);
        CREATE VIEW v AS SELECT * FROM t;
        CREATE TRIGGER z AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('z'); END;
        CREATE TRIGGER a AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('a'); END;
        CREATE TEMP TRIGGER y AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('y'); END;
        CREATE TEMP TRIGGER b AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('b'); END;
        INSERT INTO parent VALUES (1, 'p1'), (2, 'p2');
        INSERT INTO t(id, name, size, note, plain, parent_id, other_id, code) VALUES
          (1, 'one', 1, 'N', 'P', 1, 1, 'c1'), (5, 'five', 5, NULL, NULL, NULL, 2, 'c5'), (9, 'nine', NULL, 'x', 'x', 2, NULL, NULL);
        DELETE FROM t WHERE id = 9;
        ANALYZE;
        """;

    private static readonly string[] Insert = ["INSERT INTO t(name, other_id) VALUES ('new', 1)"];

    private static readonly TextEditCase[] Cases =
    [
        new("default changed", new SetDefault("size", "80"), "DEFAULT (12)", "DEFAULT 80") { Taken = Insert, Question = ("SELECT size FROM t WHERE name = 'new'", 80L) },
        new("default set", new SetDefault("plain", "'it''s'"), "plain	text", "plain	text DEFAULT 'it''s'") { Taken = Insert, Question = ("SELECT plain FROM t WHERE name = 'new'", "it's") },
        new("default dropped", new SetDefault("name", null), " DEFAULT 'n'", "") { Refused = ["INSERT INTO t(size) VALUES (1)"], Question = ("SELECT dflt_value FROM pragma_table_info('t') WHERE name = 'name'", null) },
        new("NOT NULL set", new SetNullability("size", false), "size INT", "size INT NOT NULL") { Refused = ["INSERT INTO t(size) VALUES (NULL)", "UPDATE t SET size = NULL"], Taken = Insert, Question = ("SELECT \"notnull\" FROM pragma_table_info('t') WHERE name = 'size'", 1L) },
        new("NOT NULL dropped", new SetNullability("name", true), " NOT NULL", "") { Taken = ["INSERT INTO t(name) VALUES (NULL)"], Question = ("SELECT \"notnull\" FROM pragma_table_info('t') WHERE name = 'name'", 0L) },
        new("CHECK added", new AddCheck("small", "size < 100 AND t.twice < 200"), " -- the last one", ", -- the last one\n  CONSTRAINT \"small\" CHECK (size < 100 AND t.twice < 200)") { Refused = ["INSERT INTO t(size) VALUES (100)"], Taken = ["INSERT INTO t(size) VALUES (99)"] },
        new("CHECK dropped by name", new DropCheck("SIZE_positive", null), "CONSTRAINT size_positive CHECK (size >= 0)", "") { Taken = ["INSERT INTO t(size) VALUES (-1)"] },
        new("CHECK dropped by its expression", new DropCheck(null, "name<>'forbidden'"), ",\n  CHECK (name <> 'forbidden') -- the last one", "") { Taken = ["INSERT INTO t(name) VALUES ('forbidden')"] },
        new("foreign key added", new AddForeignKey("fk_other", ["other_id"], "parent", ["id"], ForeignKeyAction.SetNull), " -- the last one", ", -- the last one\n  CONSTRAINT \"fk_other\" FOREIGN KEY (\"other_id\") REFERENCES \"parent\" (\"id\") ON DELETE SET NULL")
        {
            Refused = ["INSERT INTO t(other_id) VALUES (77)", "UPDATE t SET other_id = 77"], Taken = ["DELETE FROM parent WHERE id = 2"], Question = ("SELECT other_id FROM t WHERE id = 5", null),
        },
        new("foreign key dropped", new DropForeignKey("fk_parent", []), " CONSTRAINT fk_parent REFERENCES parent(id) ON DELETE CASCADE", "") { Taken = ["INSERT INTO t(parent_id) VALUES (77)", "DELETE FROM parent WHERE id = 1"], Question = ("SELECT count(*) FROM t WHERE id IN (1, 5)", 2L) },
        new("type of the same affinity", new SetType("name", "TEXT"), "VARCHAR(20)", "TEXT") { Taken = Insert, Question = ("SELECT type FROM pragma_table_info('t') WHERE name = 'name'", "TEXT") },
        new("type of a generated column of the same affinity", new SetType("twice", "BIGINT"), "twice INT", "twice BIGINT") { Taken = Insert, Question = ("SELECT type FROM pragma_table_xinfo('t') WHERE name = 'twice'", "BIGINT") },
        new("type of a unique column of the same affinity", new SetType("code", "VARCHAR(9)"), "code TEXT", "code VARCHAR(9)") { Refused = ["INSERT INTO t(code) VALUES ('c1')"], Question = ("SELECT id FROM t WHERE code = 'c5'", 5L) },
        new("collation set", new SetCollation("plain", "NOCASE"), "plain	text", "plain	text COLLATE \"NOCASE\"") { Taken = Insert, Question = ("SELECT id FROM t WHERE plain = 'p'", 1L) },
        new("collation dropped", new SetCollation("note", null), "COLLATE NOCASE", "") { Taken = Insert, Question = ("SELECT count(*) FROM t WHERE note = 'n'", 0L) },
    ];

    [Test]
    public void Text_is_edited_and_no_other_page_written([ValueSource(nameof(Cases))] object edit)
    {
        TextEditCase change = (TextEditCase)edit;
        using TestDatabase database = Open();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        IReadOnlyList<object?[]> roots = database.Rows("SELECT rowid, type, name, tbl_name, rootpage FROM sqlite_schema ORDER BY rowid");
        byte[] pages = Pages(database);

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", [change.Change], new AlterationOptions());

        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.InPlace));
        Assert.That((result.RowsCopied, result.RowsUpdated), Is.EqualTo((0L, 0L)));
        Assert.That(database.Rows("SELECT rowid, type, name, tbl_name, rootpage FROM sqlite_schema ORDER BY rowid"), Is.EqualTo(roots));
        Assert.That(Pages(database).AsSpan().SequenceEqual(pages), Is.True, "no page outside sqlite_schema is another");
        string text = Edited(change);
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'"), Is.EqualTo(text));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before.WithSchema(row => row is { Type: "table", Name: "t" } ? row with { Sql = text } : row));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Every_connection_behaves_as_the_new_text_says([ValueSource(nameof(Cases))] object edit, [Values] bool onAnother)
    {
        TextEditCase change = (TextEditCase)edit;
        using TestDatabase database = Open();
        using SqliteConnection another = database.OpenAnother();
        another.Execute("PRAGMA foreign_keys = ON");
        _ = another.Rows("SELECT * FROM t");

        TableAlterer.Alter(database.Connection, "t", [change.Change], new AlterationOptions());

        SqliteConnection connection = onAnother ? another : database.Connection;
        foreach (string refused in change.Refused)
        {
            Assert.That(() => connection.Execute(refused), Throws.InstanceOf<SqliteException>().With.Property(nameof(SqliteException.SqliteErrorCode)).EqualTo(19), refused);
        }

        foreach (string taken in change.Taken)
        {
            Assert.That(() => connection.Execute(taken), Throws.Nothing, taken);
        }

        Assert.That(connection.Rows(change.Question.Sql).Single()[0], Is.EqualTo(change.Question.Value));
        Assert.That(connection.Rows("PRAGMA integrity_check").Single()[0], Is.EqualTo("ok"));
    }

    [Test]
    public void All_changes_of_the_text_go_into_one_edit()
    {
        using TestDatabase database = Open();
        TableChange[] changes = [new SetDefault("size", "80"), new SetNullability("name", true), new DropForeignKey("fk_parent", []), new AddCheck("small", "size < 100"), new SetType("name", "TEXT")];

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", changes, new AlterationOptions());

        AlterationPlan plan = result.Plans.Single();
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.InPlace));
        Assert.That(plan.Steps.Count(step => step.Kind is AlterationStepKind.SchemaEdit), Is.EqualTo(3), "the sentinel, the old default, and the new text");
        database.Execute("INSERT INTO t(name, parent_id) VALUES (NULL, 77)");
        Assert.That(database.Scalar<long>("SELECT size FROM t WHERE name IS NULL"), Is.EqualTo(80));
        Assert.That(() => database.Execute("INSERT INTO t(size) VALUES (100)"), Throws.InstanceOf<SqliteException>());
    }

    [TestCase("NOT NULL", "size")]
    [TestCase("CHECK", "size < 5")]
    [TestCase("FOREIGN KEY", "other_id")]
    public void Rows_in_the_way_are_shown_and_nothing_is_written(string kind, string what)
    {
        using TestDatabase database = Open();
        database.Execute("INSERT INTO t(id, size, other_id) VALUES (70, NULL, 99)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        long changes = database.Scalar<long>("SELECT total_changes()");
        TableChange change = kind switch
        {
            "NOT NULL" => new SetNullability(what, false),
            "CHECK" => new AddCheck(null, what),
            _ => new AddForeignKey(null, [what], "parent", ["id"]),
        };

        RowsRefusedException refusal = Assert.Throws<RowsRefusedException>(() => TableAlterer.Alter(database.Connection, "t", [change], new AlterationOptions()))!; // Throws gives it

        Assert.That(refusal.Count, Is.EqualTo(1));
        Assert.That(refusal.Rows.Single().Key, Is.EqualTo(kind is "CHECK" ? "\"id\" = 5" : "\"id\" = 70"));
        Assert.That(database.Scalar<long>("SELECT total_changes()"), Is.EqualTo(changes));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    private static string Edited(TextEditCase change)
    {
        int place = Text.IndexOf(change.From, StringComparison.Ordinal);
        Assert.That(place, Is.Positive);
        return Text[..place] + change.To + Text[(place + change.From.Length)..];
    }

    private static TestDatabase Open()
    {
        TestDatabase database = TestDatabase.File(JournalMode.Delete);
        return database.Execute($"PRAGMA page_size = {PageSize}; PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; {Text}; {Rest}");
    }

    // All of sqlite_schema fits the first page.
    private static byte[] Pages(TestDatabase database)
    {
        using FileStream file = new(database.Path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite); // it is a file
        byte[] all = new byte[file.Length];
        file.ReadExactly(all);
        Assert.That(all, Has.Length.GreaterThan(8 * PageSize));
        return all[PageSize..];
    }
}
