using FluentMigrator;
using Migrations.Core.Authoring;
using Migrations.Runner.Scripting;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Scripting;

/// <summary>What a script leaves is what the upgrade through the library leaves, whatever the rows are.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ScriptTests
{
    private const string Tables = """
        CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT COLLATE NOCASE UNIQUE, up INTEGER REFERENCES parent (id) ON DELETE CASCADE);
        CREATE TABLE child (k TEXT PRIMARY KEY, parent INTEGER REFERENCES parent (id) ON DELETE CASCADE, size REAL DEFAULT 1.5, full TEXT GENERATED ALWAYS AS (k || '!') STORED);
        CREATE TABLE pair (a TEXT, b INTEGER NOT NULL, note, PRIMARY KEY (b, a)) WITHOUT ROWID;
        CREATE TABLE log (what TEXT);
        CREATE INDEX by_size ON child (size DESC) WHERE size > 0;
        CREATE INDEX by_half ON child (size / 2);
        CREATE TRIGGER first AFTER UPDATE ON parent BEGIN INSERT INTO log VALUES ('first ' || new.id); END;
        CREATE TRIGGER second AFTER UPDATE ON parent BEGIN INSERT INTO log VALUES ('second ' || new.id); END;
        CREATE TRIGGER gone AFTER DELETE ON child BEGIN INSERT INTO log VALUES ('gone ' || old.k); END;
        CREATE VIEW named AS SELECT p.name, c.k FROM parent AS p JOIN child AS c ON c.parent = p.id;
        CREATE TRIGGER through INSTEAD OF INSERT ON named BEGIN INSERT INTO parent (name) VALUES (new.name); END;
        """;

    private const string Rows = """
        INSERT INTO parent (id, name, up) VALUES (1, 'One', NULL), (2, 'two', 1), (9, 'nine', 2);
        DELETE FROM parent WHERE id = 9;
        INSERT INTO child (rowid, k, parent, size) VALUES (5, 'a', 1, 2), (7, 'b', 2, -1.25), (8, 'c', NULL, NULL), (90, x'00ff', 1, 9e999);
        INSERT INTO pair VALUES ('x', 2, 'n'), ('y', 1, NULL), ('X', 1, 1.0);
        ANALYZE;
        """;

    private static readonly EmittedStep Initial = EmittedStep.Sql(1, Tables, "DROP VIEW named; DROP TABLE log; DROP TABLE pair; DROP TABLE child; DROP TABLE parent");

    private static IEnumerable<TestCaseData> Changes =>
    [
        Case("add a column", m => m.Alter.Table("parent").AddColumn("extra").AsString(20).Nullable()),
        Case("add columns and convert", m =>
        {
            m.Alter.Table("child").AddColumn("extra").AsString(20).NotNullable().WithDefaultValue("it's").AddColumn("made").AsDateTime().Nullable();
            m.Update.Column("extra").OnTable("child").Using("upper(k)");
        }),
        Case("default of rows that were there before the column", m =>
        {
            m.Execute.Sql("ALTER TABLE parent ADD COLUMN late INTEGER NOT NULL DEFAULT 5");
            m.Alter.DefaultConstraint().OnTable("parent").OnColumn("late").To(7);
            m.Execute.Sql("INSERT INTO parent (name) VALUES ('ten')");
        }),
        Case("conversion that fires no trigger, and an update that does", m =>
        {
            m.Update.Column("name").OnTable("parent").Using("lower(name)");
            m.Execute.Sql("UPDATE parent SET name = name || '.' WHERE id = 2");
        }),
        Case("rename a column, and make it unique", m =>
        {
            m.Rename.Column("size").OnTable("child").To("length");
            m.Alter.TableBatch("child", batch => batch.AddUnique(["length"]));
        }),
        Case("rename the parent", m =>
        {
            m.Rename.Table("parent").To("elder");
            m.Alter.Column("name").OnTable("elder").AsString(80).Nullable();
            m.Alter.Column("parent").OnTable("child").AsInt64().Nullable();
        }),
        Case("table without rowid", m => m.Alter.Column("note").OnTable("pair").AsString(30).Nullable()),
        Case("drop a column", m =>
        {
            m.Delete.Index("by_size").OnTable("child");
            m.Delete.Index("by_half").OnTable("child");
            m.Delete.Column("size").FromTable("child");
        }),
        Case("check, foreign key and not null", m =>
        {
            m.Create.CheckConstraint("ck").OnTable("pair").WithExpression("b > 0");
            m.Create.Column("parent").OnTable("pair").AsInt64().Nullable();
            m.Create.ForeignKey("fk").FromTable("pair").ForeignColumn("parent").ToTable("parent").PrimaryColumn("id");
            m.Alter.Column("what").OnTable("log").AsString().NotNullable();
        }),
        Case("delete that cascades", m => m.Execute.Sql("DELETE FROM parent WHERE id = 1")),
        Case("delete that would cascade, where a table is copied and so nothing does", m =>
        {
            m.Alter.Column("note").OnTable("pair").AsString(30).Nullable();
            m.Delete.Column("up").FromTable("parent");
            m.Execute.Sql("DELETE FROM child WHERE parent = 2; DELETE FROM parent WHERE id = 2");
        }),
        Case("rows that must not be there are not", m => m.Execute.RefuseRows("parent", "SELECT id FROM parent WHERE id > 100", "there are not that many")),
        Case("new tables, rows, indexes", m =>
        {
            m.Create.Table("new").WithColumn("id").AsInt64().PrimaryKey().Identity().WithColumn("v").AsString(5).NotNullable().Unique();
            m.Insert.IntoTable("new").Row(new { v = "a" }).Row(new { v = "b" });
            m.Alter.Column("v").OnTable("new").AsString(50).NotNullable();
            m.Create.Index("ix").OnTable("parent").OnColumn("name").Descending();
            m.Delete.FromTable("log").AllRows();
        }),
        Case("text that a shell might misread", m =>
        {
            m.Execute.Sql("""
                -- a comment; with a semicolon
                INSERT INTO log VALUES ('
                .quit
                #comment
                /
                go
                ;
                -- none
                /* none' || char(0, 1, 26) || 'x');
                INSERT INTO log SELECT 12
                /
                4; /* ; */
                CREATE VIEW odd AS SELECT what, ';' AS semicolon FROM log;
                CREATE TRIGGER inner AFTER INSERT ON odd_target BEGIN
                  UPDATE log SET what = CASE WHEN 1 THEN 'x;' ELSE ' END;' END WHERE what = 'END;';
                END;
                INSERT INTO log VALUES ('last')
                """.Replace("odd_target", "pair", StringComparison.Ordinal));
            m.Execute.Sql("INSERT INTO log VALUES ('one\r\ntwo\rthree\n');\r\nCREATE TABLE \"crlf\" (a TEXT DEFAULT ('x\r\ny'),\r\n b); INSERT INTO crlf (b) VALUES ('Ünï\u0001code \ud83d\ude00')");
        }),
    ];

    [TestCaseSource(nameof(Changes))]
    public async Task Script_leaves_what_the_upgrade_leaves(Action<Migration> change)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, (2, change));
        await trial.AtAsync(1, Rows.Replace("ANALYZE;", "", StringComparison.Ordinal));

        trial.Execute(trial.Make(1, 2), ShellInput.Hardened);

        await trial.MigrateAsync(2);
        trial.AssertSame();
    }

    [TestCaseSource(nameof(Changes))]
    public async Task Script_for_the_database_leaves_what_the_upgrade_leaves_with_statistics(Action<Migration> change)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, (2, change));
        await trial.AtAsync(1, Rows + "CREATE INDEX own ON parent (name); CREATE TABLE mine (a);");

        UpgradeScript script = trial.MakeForDatabase();
        trial.Execute(script);

        await trial.MigrateAsync(2);
        trial.AssertSame();
    }

    [Test]
    public async Task Script_down_to_nothing_leaves_what_going_down_leaves()
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, new EmittedStep(
            2, m => m.Alter.Column("note").OnTable("pair").AsString(9).Nullable(), m => m.Alter.Column("note").OnTable("pair").AsString(7).Nullable()));
        await trial.AtAsync(2, Rows.Replace("ANALYZE;", "", StringComparison.Ordinal));

        trial.Execute(trial.Make(2, 0));

        await trial.MigrateAsync(0);
        trial.AssertSame();
    }

    [Test]
    public async Task Full_text_table_over_a_copied_table_finds_what_it_found()
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(
            EmittedStep.Sql(1, """
                CREATE TABLE doc (k TEXT PRIMARY KEY, body TEXT, size INTEGER);
                CREATE VIRTUAL TABLE found USING fts5 (body, content = 'doc', content_rowid = 'rowid');
                CREATE TRIGGER added AFTER INSERT ON doc BEGIN INSERT INTO found (rowid, body) VALUES (new.rowid, new.body); END;
                """),
            new EmittedStep(2, m =>
            {
                m.Alter.Column("size").OnTable("doc").AsInt64().NotNullable().WithDefaultValue(3);
                m.Update.Column("body").OnTable("doc").Using("body || ' end'");
            }));
        await trial.AtAsync(1, "INSERT INTO doc VALUES ('a', 'alpha', 1), ('b', 'beta', 2), ('c', 'gamma', 3); DELETE FROM doc WHERE k = 'a'");

        trial.Execute(trial.Make(1, 2), ShellInput.Hardened);

        await trial.MigrateAsync(2);
        trial.AssertSame();
        trial.Change("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)");
    }

    [Test]
    public void Statement_by_which_foreign_keys_change_other_rows_is_refused_where_a_script_has_to_copy_and_an_upgrade_does_not()
    {
        EmittedStep copying = new(2, m =>
        {
            m.Create.CheckConstraint("ck").OnTable("pair").WithExpression("b > 0");
            m.Execute.Sql("UPDATE parent SET name = 'x'; DELETE FROM parent WHERE id = 1");
        });
        using ScriptTrial trial = new(Initial, copying);

        Assert.That(
            () => trial.Make(1, 2),
            Throws.TypeOf<ScriptRefusedException>().With.Message.Contains("migration 2").And.Message.Contains("DELETE FROM parent WHERE id = 1"));
    }

    [Test]
    public void Batches_with_go_are_refused()
    {
        using ScriptTrial trial = new(Initial, EmittedStep.Sql(2, "DELETE FROM log\nGO\nDELETE FROM pair"));

        Assert.That(() => trial.Make(1, 2), Throws.TypeOf<ScriptRefusedException>().With.Message.Contains("GO"));
    }

    [Test]
    public async Task Migration_without_a_transaction_runs_without_one()
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, new EmittedStep(
            2,
            m =>
            {
                m.Execute.Sql("PRAGMA user_version = 7");
                m.Alter.Column("note").OnTable("pair").AsString(9).Nullable();
            },
            Behaviour: TransactionBehavior.None));
        await trial.AtAsync(1, Rows.Replace("ANALYZE;", "", StringComparison.Ordinal));

        trial.Execute(trial.Make(1, 2));

        await trial.MigrateAsync(2);
        trial.AssertSame();
    }

    [Test]
    public async Task History_of_migrations_that_something_else_has_applied_is_kept_as_by_an_upgrade()
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, EmittedStep.Sql(2, "CREATE TABLE two (a)"));
        await trial.AtAsync(1, "DROP TABLE __VersionHistory");

        trial.Execute(trial.Make(1, 2));

        await trial.MigrateAsync(2);
        trial.AssertSame();
    }

    private static TestCaseData Case(string name, Action<Migration> change) => new TestCaseData(change).SetArgDisplayNames(name);
}
