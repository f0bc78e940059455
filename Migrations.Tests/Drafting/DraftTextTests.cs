using Migrations.Runner.Drafting;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Drafting;

/// <summary>The text of drafts, change by change; each of them also leads there and back.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class DraftTextTests
{
    private const string Parent = "CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE);";

    private static IEnumerable<TestCaseData> Cases
    {
        get
        {
            yield return Case("nothing", "CREATE TABLE t (a INT);", "create table \"t\" (a int)", "", "");
            yield return Case(
                "a table in words",
                "CREATE TABLE domain (name VARCHAR(80) NOT NULL CONSTRAINT domain_pk PRIMARY KEY);",
                """
                CREATE TABLE domain (name VARCHAR(80) NOT NULL CONSTRAINT domain_pk PRIMARY KEY);
                CREATE TABLE alias (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    domain TEXT DEFAULT 'it''s' CONSTRAINT alias_fk REFERENCES domain (name) ON DELETE CASCADE,
                    made TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, note TEXT COLLATE NOCASE, size REAL DEFAULT 1.50, mail TEXT AS (note || '@'));
                """,
                """"
                        Create.Table("alias")
                            .WithColumn("id").AsInt64().PrimaryKey().Identity()
                            .WithColumn("domain").AsString().Nullable().WithDefaultValue("it's")
                                .ForeignKey("alias_fk", "domain", "name").OnDelete(Rule.Cascade)
                            .WithColumn("made").AsString().NotNullable().WithDefault(SystemMethods.CurrentUTCDateTime)
                            .WithColumn("note").AsString("NOCASE").Nullable()
                            .WithColumn("size").AsCustom("REAL").Nullable().WithDefaultValue(RawSql.Insert("1.50"))
                            .WithColumn("mail").AsString().Nullable().Computed("note || '@'");
                """",
                """
                        // REVIEW: The rows of "alias" are lost.
                        Delete.Table("alias");
                """);
            yield return Case(
                "a table by its text",
                "",
                "CREATE TABLE t (a TEXT PRIMARY KEY ON CONFLICT FAIL, b INT CHECK (b > 0)) STRICT, WITHOUT ROWID",
                """"
                        Execute.Sql("CREATE TABLE t (a TEXT PRIMARY KEY ON CONFLICT FAIL, b INT CHECK (b > 0)) STRICT, WITHOUT ROWID");
                """",
                """
                        // REVIEW: The rows of "t" are lost.
                        Delete.Table("t");
                """);
            yield return Case(
                "a table dropped",
                "CREATE TABLE t (a INT UNIQUE); CREATE TABLE stays (a REFERENCES t (a));",
                "CREATE TABLE stays (a);",
                """
                        Alter.TableBatch("stays", batch => batch.Alter(table => table.DropForeignKey(["a"])));

                        // REVIEW: The rows of "t" are lost.
                        Delete.Table("t");
                """,
                """
                        Execute.Sql("CREATE TABLE t (a INT UNIQUE)");
                        Alter.TableBatch("stays", batch => batch.Alter(table => table.AddForeignKey(["a"], "t", ["a"])));
                """,
                losesData: true);
            yield return Case(
                "columns",
                "CREATE TABLE t (a INT, b TEXT, c TEXT DEFAULT 'x', d TEXT COLLATE NOCASE, e INT);",
                "CREATE TABLE t (a TEXT, new_one INT NOT NULL DEFAULT 5, b TEXT NOT NULL, c TEXT, d TEXT, untyped, required INT NOT NULL);",
                """
                        Alter.TableBatch("t", batch => batch
                            .AddColumn("new_one", column => column.AsCustom("INT").NotNullable().WithDefaultValue(5))
                            .Alter(table => table.AddColumn("untyped", null))
                            // REVIEW: "required" takes no NULL and has no default, so a table with rows is refused. If it has any, say
                            // what they hold: a default, or a column that takes NULL, an update, and then NOT NULL.
                            .AddColumn("required", column => column.AsCustom("INT").NotNullable())
                            // REVIEW: The values of "e" are lost. If they are what "new_one" or "required" is to hold, rename the
                            // column instead (Rename.Column) and alter it.
                            .DropColumn("e")
                            // REVIEW: "a" gets the affinity TEXT (it had INTEGER): rows whose value would change are refused. Convert
                            // them first, with Update.Column.
                            .AlterColumn("a", column => column.AsString())
                            // REVIEW: Rows where "b" is NULL are refused: give them a value first, with Update.Table.
                            .AlterColumn("b", column => column.NotNullable())
                            .AlterColumn("c", column => column.WithoutDefault())
                            .AlterColumn("d", column => column.WithoutCollation())
                            .MoveColumn("new_one").After("a"));
                """,
                """
                        Alter.TableBatch("t", batch => batch
                            .AddColumn("e", column => column.AsCustom("INT").Nullable())
                            // REVIEW: The values of "new_one" are lost. If they are what "e" is to hold, rename the column instead
                            // (Rename.Column) and alter it.
                            .DropColumn("new_one")
                            // REVIEW: The values of "untyped" are lost.
                            .DropColumn("untyped")
                            // REVIEW: The values of "required" are lost. If they are what "e" is to hold, rename the column instead
                            // (Rename.Column) and alter it.
                            .DropColumn("required")
                            // REVIEW: "a" gets the affinity INTEGER (it had TEXT): rows whose value would change are refused. Convert
                            // them first, with Update.Column.
                            .AlterColumn("a", column => column.AsCustom("INT"))
                            .AlterColumn("b", column => column.Nullable())
                            .AlterColumn("c", column => column.WithDefaultValue("x"))
                            .AlterColumn("d", column => column.WithCollation("NOCASE")));
                """,
                losesData: true);
            yield return Case(
                "constraints",
                Parent + "CREATE TABLE t (a INT, b TEXT, c INT, d TEXT, CONSTRAINT old UNIQUE (b), CHECK (a > 0));",
                Parent + """
                CREATE TABLE t (a INT, b TEXT, c INT, d TEXT, CONSTRAINT pk PRIMARY KEY (a, b), CONSTRAINT uq UNIQUE (c), UNIQUE (b, c),
                    CONSTRAINT ck CHECK (a > 1), CHECK (t.c > 2), CONSTRAINT fk FOREIGN KEY (c) REFERENCES parent (id) ON DELETE CASCADE,
                    FOREIGN KEY (d) REFERENCES parent (code) ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED);
                """,
                """
                        Alter.TableBatch("t", batch => batch
                            .DropUnique("old")
                            .Alter(table => table.DropUnnamedCheck("a > 0"))
                            .AddPrimaryKey(["a", "b"], "pk")
                            .AddUnique(["c"], "uq")
                            .Alter(table => table.AddUnique(["b", "c"]))
                            .AddCheck("ck", "a > 1")
                            .Alter(table => table.AddCheck("c > 2"))
                            .AddForeignKey("c", "parent", "id", "fk", onDelete: Rule.Cascade)
                            .Alter(table => table
                                .AddForeignKey(["d"], "parent", ["code"], key => key.OnUpdate(ReferentialAction.Restrict).Deferred())));
                """,
                """
                        Alter.TableBatch("t", batch => batch
                            .DropForeignKey("fk")
                            .Alter(table => table.DropForeignKey(["d"]))
                            .DropUnique("uq")
                            .DropUnique(["b", "c"])
                            .DropCheck("ck")
                            .Alter(table => table.DropUnnamedCheck("c > 2"))
                            .DropPrimaryKey("pk")
                            .AddUnique(["b"], "old")
                            .Alter(table => table.AddCheck("a > 0")));
                """);
            yield return Case(
                "indexes",
                "CREATE TABLE t (a INT, b TEXT); CREATE INDEX gone ON t (a); CREATE INDEX other ON t (b);",
                """
                CREATE TABLE t (a INT, b TEXT); CREATE INDEX other ON t (b DESC, a); CREATE UNIQUE INDEX uq ON t (b);
                CREATE INDEX part ON t (a) WHERE b IS NOT NULL; CREATE INDEX expr ON t (lower(b)); CREATE INDEX coll ON t (b COLLATE NOCASE);
                """,
                """
                        Delete.Index("gone").OnTable("t");
                        Delete.Index("other").OnTable("t");
                        Create.Index("other").OnTable("t").OnColumn("b").Descending().OnColumn("a").Ascending();
                        Create.Index("uq").OnTable("t").OnColumn("b").Ascending().WithOptions().Unique();
                        Execute.Sql("CREATE INDEX part ON t (a) WHERE b IS NOT NULL");
                        Execute.Sql("CREATE INDEX expr ON t (lower(b))");
                        Execute.Sql("CREATE INDEX coll ON t (b COLLATE NOCASE)");
                """,
                """
                        Delete.Index("other").OnTable("t");
                        Delete.Index("uq").OnTable("t");
                        Delete.Index("part").OnTable("t");
                        Delete.Index("expr").OnTable("t");
                        Delete.Index("coll").OnTable("t");
                        Create.Index("gone").OnTable("t").OnColumn("a").Ascending();
                        Create.Index("other").OnTable("t").OnColumn("b").Ascending();
                """);
            yield return Case(
                "triggers and views",
                """
                CREATE TABLE t (a INT, b TEXT, c INT); CREATE TABLE log (what);
                CREATE VIEW stays AS SELECT a FROM t; CREATE VIEW over_b AS SELECT a, b FROM t; CREATE VIEW over_view AS SELECT b FROM over_b;
                CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.b); END;
                CREATE TRIGGER v_insert INSTEAD OF INSERT ON over_view BEGIN INSERT INTO t (a) VALUES (1); END;
                """,
                """
                CREATE TABLE t (a INT, c INT); CREATE TABLE log (what);
                CREATE VIEW stays AS SELECT a FROM t; CREATE VIEW over_b AS SELECT a, c AS b FROM t; CREATE VIEW over_view AS SELECT b FROM over_b;
                CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN
                    INSERT INTO log VALUES (new.a);
                END;
                CREATE TRIGGER v_insert INSTEAD OF INSERT ON over_view BEGIN INSERT INTO t (a) VALUES (1); END;
                """,
                """"
                        Execute.Sql("DROP TRIGGER t_insert");
                        Execute.Sql("DROP TRIGGER v_insert");
                        Execute.Sql("DROP VIEW over_view");
                        Execute.Sql("DROP VIEW over_b");

                        Alter.TableBatch("t", batch => batch
                            // REVIEW: The values of "b" are lost.
                            .DropColumn("b"));

                        Execute.Sql("CREATE VIEW over_b AS SELECT a, c AS b FROM t");
                        Execute.Sql("CREATE VIEW over_view AS SELECT b FROM over_b");

                        Execute.Sql(
                            """
                            CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN
                                INSERT INTO log VALUES (new.a);
                            END
                            """);

                        Execute.Sql("CREATE TRIGGER v_insert INSTEAD OF INSERT ON over_view BEGIN INSERT INTO t (a) VALUES (1); END");
                """",
                """
                        Execute.Sql("DROP TRIGGER t_insert");
                        Execute.Sql("DROP TRIGGER v_insert");
                        Execute.Sql("DROP VIEW over_view");
                        Execute.Sql("DROP VIEW over_b");

                        Alter.TableBatch("t", batch => batch
                            .AddColumn("b", column => column.AsString().Nullable())
                            .MoveColumn("b").After("a"));

                        Execute.Sql("CREATE VIEW over_b AS SELECT a, b FROM t");
                        Execute.Sql("CREATE VIEW over_view AS SELECT b FROM over_b");
                        Execute.Sql("CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.b); END");
                        Execute.Sql("CREATE TRIGGER v_insert INSTEAD OF INSERT ON over_view BEGIN INSERT INTO t (a) VALUES (1); END");
                """,
                losesData: true);
            yield return Case(
                "renames",
                """
                CREATE TABLE old_name (id INT, b TEXT); CREATE TABLE t (a INT, old_column TEXT, z INT REFERENCES old_name);
                CREATE INDEX ix ON t (old_column); CREATE VIEW v AS SELECT old_column FROM t;
                """,
                """
                CREATE TABLE new_name (id INT, b TEXT); CREATE TABLE t (a INT, new_column TEXT, z INT REFERENCES new_name);
                CREATE INDEX ix ON t (new_column); CREATE VIEW v AS SELECT new_column FROM t;
                """,
                """
                        // REVIEW: "old_name" is gone and "new_name" is new: taken as a rename. If it is not: Delete.Table and
                        // Create.Table.
                        Rename.Table("old_name").To("new_name");

                        // REVIEW: "old_column" is gone and "new_column" is new: taken as a rename. If it is not: Delete.Column and
                        // Create.Column.
                        Rename.Column("old_column").OnTable("t").To("new_column");
                """,
                """
                        // REVIEW: "new_name" is gone and "old_name" is new: taken as a rename. If it is not: Delete.Table and
                        // Create.Table.
                        Rename.Table("new_name").To("old_name");

                        // REVIEW: "new_column" is gone and "old_column" is new: taken as a rename. If it is not: Delete.Column and
                        // Create.Column.
                        Rename.Column("new_column").OnTable("t").To("old_column");
                """);
            yield return Case(
                "two columns that could be one rename each",
                "CREATE TABLE t (a INT, x TEXT, y TEXT);",
                "CREATE TABLE t (a INT, z TEXT);",
                """
                        Alter.TableBatch("t", batch => batch
                            .AddColumn("z", column => column.AsString().Nullable())
                            // REVIEW: The values of "x" are lost. If they are what "z" is to hold, rename the column instead
                            // (Rename.Column) and alter it.
                            .DropColumn("x")
                            // REVIEW: The values of "y" are lost. If they are what "z" is to hold, rename the column instead
                            // (Rename.Column) and alter it.
                            .DropColumn("y"));
                """,
                """
                        Alter.TableBatch("t", batch => batch
                            .AddColumn("x", column => column.AsString().Nullable())
                            .AddColumn("y", column => column.AsString().Nullable())
                            // REVIEW: The values of "z" are lost. If they are what "x" or "y" is to hold, rename the column instead
                            // (Rename.Column) and alter it.
                            .DropColumn("z"));
                """,
                losesData: true);
            yield return Case(
                "options and computed columns",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR(9), c TEXT AS (b || 'x'), CHECK (c <> 'y')); CREATE INDEX ix ON t (c);",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c TEXT AS (b || 'z') STORED, CHECK (c <> 'y')) STRICT, WITHOUT ROWID; CREATE INDEX ix ON t (c);",
                """
                        Delete.Index("ix").OnTable("t");

                        Alter.TableBatch("t", batch => batch
                            .Alter(table => table.DropUnnamedCheck("c <> 'y'"))
                            .DropColumn("c")
                            .AddColumn("c", column => column.AsString().Nullable().Computed("b || 'z'", stored: true))
                            .AlterColumn("b", column => column.AsString())
                            .WithoutRowId()
                            .Alter(table => table.AddCheck("c <> 'y'"))
                            .Strict());

                        Create.Index("ix").OnTable("t").OnColumn("c").Ascending();
                """,
                """
                        Delete.Index("ix").OnTable("t");

                        Alter.TableBatch("t", batch => batch
                            .NotStrict()
                            .Alter(table => table.DropUnnamedCheck("c <> 'y'"))
                            .WithRowId()
                            .DropColumn("c")
                            .AddColumn("c", column => column.AsString().Nullable().Computed("b || 'x'"))
                            .AlterColumn("b", column => column.AsCustom("VARCHAR(9)"))
                            .Alter(table => table.AddCheck("c <> 'y'")));

                        Create.Index("ix").OnTable("t").OnColumn("c").Ascending();
                """);
            yield return Case(
                "odd names and texts",
                "CREATE TABLE \"we\"\"ird 'name\" (\"select\" INT);",
                "CREATE TABLE \"we\"\"ird 'name\" (\"select\" INT, \"ünï code\" \"odd \"\"type\" DEFAULT 'a\"b\\c\nd', [x y] TEXT CONSTRAINT \"c\"\"k\" CHECK ([x y] <> '\"'));",
                """"
                        Alter.TableBatch("""we"ird 'name""", batch => batch
                            .AddColumn("ünï code", column => column.AsCustom("\"odd \"\"type\"").Nullable()
                                .WithDefaultValue("a\"b\\c\nd"))
                            .AddColumn("x y", column => column.AsString().Nullable())
                            .AddCheck("""c"k""", """[x y] <> '"'"""));
                """",
                """"
                        Alter.TableBatch("""we"ird 'name""", batch => batch
                            .DropCheck("""c"k""")
                            // REVIEW: The values of "ünï code" are lost.
                            .DropColumn("ünï code")
                            // REVIEW: The values of "x y" are lost.
                            .DropColumn("x y"));
                """");
            yield return Case(
                "what no verb can change",
                "CREATE TABLE t (a TEXT UNIQUE, b INT);",
                "CREATE TABLE t (a TEXT UNIQUE ON CONFLICT REPLACE, b INT DEFAULT 1);",
                """
                        Alter.TableBatch("t", batch => batch.AlterColumn("b", column => column.WithDefaultValue(1)));

                        // REVIEW: This stays different, no verb can change it: table "t": is UNIQUE ("a"), expected UNIQUE ("a") ON
                        // CONFLICT Replace
                """,
                """
                        Alter.TableBatch("t", batch => batch.AlterColumn("b", column => column.WithoutDefault()));
                """);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Code_says_the_change_and_leads_there_and_back(string current, string wanted, string up, string down, bool losesData)
    {
        using TestDatabase from = TestDatabase.InMemory();
        using TestDatabase to = TestDatabase.InMemory();
        from.Execute(current);
        to.Execute(wanted);
        MigrationDraft draft = DraftProof.Hold(from.Connection, to.Connection);
        Assert.That(draft.Code, Does.EndWith(Body(up, down)));
        Assert.That(draft.LosesData, Is.EqualTo(losesData));
        Assert.That(draft.Code.Contains("[LosesData(", StringComparison.Ordinal), Is.EqualTo(losesData));
    }

    private static string Body(string up, string down) =>
        $"public sealed class Drafted : Migration\n{{\n    public override void Up()\n    {{\n{Lines(up)}    }}\n\n    public override void Down()\n    {{\n{Lines(down)}    }}\n}}\n";

    private static string Lines(string text) => text.Length == 0 ? "" : text + "\n";

    private static TestCaseData Case(string name, string current, string wanted, string up, string down, bool losesData = false) =>
        new(current, wanted, up, down, losesData) { TestName = $"Code_says_{name.Replace(' ', '_')}" };
}
