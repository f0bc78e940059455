using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.NativeAlteration;

public sealed class DropColumnTests
{
    private const string Rows = "INSERT INTO t (a, b, c) VALUES (1, 'x', 2.5), (NULL, x'00ff', 'y'), ('z', 3, NULL);";

    private static AlterationResult Alter(TestDatabase database, params TableChange[] changes) =>
        TableAlterer.Alter(database.Connection, "t", changes, new AlterationOptions());

    [TestCase("CREATE TABLE t (a, b, c);")]
    [TestCase("CREATE TABLE t (a, c, b);")]
    [TestCase("CREATE TABLE t (b, a, c);")]
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b TEXT, c REAL);")]
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c); CREATE INDEX i ON t (a); CREATE UNIQUE INDEX u ON t (c) WHERE c IS NOT NULL;")]
    [TestCase("CREATE TABLE t (a, b NUMERIC NOT NULL DEFAULT 'd' CHECK (b <> 'q') COLLATE NOCASE, c);")]
    [TestCase("CREATE TABLE p (k PRIMARY KEY); INSERT INTO p VALUES ('x'), (x'00ff'), (3); CREATE TABLE t (a, b REFERENCES p (k) ON DELETE CASCADE, c);")]
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, d AS (a || c) VIRTUAL, e AS (a || 'e') STORED, f DEFAULT 7);")]
    [TestCase("CREATE TABLE t (a ANY, b ANY, c ANY, n INTEGER NOT NULL DEFAULT 1) STRICT;")]
    [TestCase("CREATE TABLE t (\"a\" INT, [b] TEXT, `c` REAL, 'd' BLOB DEFAULT x'01');")]
    [TestCase("CREATE TABLE t (rowid, a, b, c, _rowid_, oid);")]
    [TestCase("CREATE TABLE t (a, b, c, CHECK (a IS NOT 'no'), CONSTRAINT k UNIQUE (c));")]
    [TestCase("CREATE TABLE t (a, b, c, id INTEGER, PRIMARY KEY (id DESC));")]
    public void Drop_is_native_and_leaves_what_a_copy_leaves(string setup)
    {
        AlterationPlan plan = Twin.Alter($"{setup} {Rows} CREATE TABLE other (o); INSERT INTO other VALUES (1);", [new DropColumn("b")]);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
            Assert.That(plan.Steps.Select(step => step.Sql), Is.EqualTo(new[] { "ALTER TABLE \"main\".\"t\" DROP COLUMN \"b\"" }));
            Assert.That(plan.Cost.Access, Is.EqualTo(RowAccess.Rewrite));
            Assert.That(plan.Cost.Rows, Is.EqualTo(3));
        });
    }

    [Test]
    public void Drop_in_a_table_without_rowid_is_native()
    {
        AlterationPlan plan = Twin.Alter(
            "CREATE TABLE t (x, a, b, y, PRIMARY KEY (y, x)) WITHOUT ROWID; CREATE INDEX i ON t (a); INSERT INTO t VALUES (1, 2, 3, 4), ('a', 'b', 'c', 'd')", [new DropColumn("b")]);
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
    }

    [TestCase("g")]
    [TestCase("s")]
    public void Drop_of_a_generated_column_is_native(string column)
    {
        AlterationPlan plan = Twin.Alter(
            $"CREATE TABLE t (a, g AS (a || 'g') VIRTUAL, b, s INT AS (length(a)) STORED CHECK (s < 9), c); {Rows}", [new DropColumn(column)]);
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
    }

    // Rows that were written before a column was added hold no value for it, and read its default (fileformat2.html, section 2.1).
    [TestCase("a")]
    [TestCase("b")]
    [TestCase("d")]
    [TestCase("e")]
    [TestCase("f")]
    public void Drop_keeps_the_defaults_that_short_rows_read(string column)
    {
        AlterationPlan plan = Twin.Alter(
            $"""
            CREATE TABLE t (a, b, c); {Rows}
            ALTER TABLE t ADD COLUMN d REAL DEFAULT 3;
            INSERT INTO t (a, d) VALUES ('4th', 4);
            ALTER TABLE t ADD COLUMN e TEXT NOT NULL DEFAULT 5;
            INSERT INTO t (a, e) VALUES ('5th', 'e');
            ALTER TABLE t ADD COLUMN f BLOB DEFAULT x'06';
            """, [new DropColumn(column)]);
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
    }

    // What SQLite cuts reaches from the column to the next one, or back to a comma, which may stand in a comment.
    [TestCase("a, -- of a, and b\n b, -- of b\n c -- of c\n")]
    [TestCase("a /* of a */, /* before b */ b /* in b */ INT, /* after b */ c")]
    [TestCase("a,\n b,\n -- above c\n c")]
    [TestCase("a,\n c, -- one, two\n b -- last\n")]
    [TestCase("a,\n c, /* one, two */ b")]
    [TestCase("a,\n c,\n b -- one, two\n -- below\n")]
    [TestCase("a, c, b, -- of b\n -- of the check\n CHECK (a <> 7) -- end\n")]
    [TestCase("-- first\n b, -- of b\n a, c")]
    public void Drop_keeps_the_comments_that_a_copy_keeps(string columns)
    {
        AlterationPlan plan = Twin.Alter($"CREATE TABLE t ({columns}); {Rows}", [new DropColumn("b")]);
        Assert.That(plan.Strategy, Is.AnyOf(AlterationStrategy.Native, AlterationStrategy.Copy));
    }

    [Test]
    public void Drop_copies_where_the_schema_can_not_be_edited_and_comments_would_be_lost()
    {
        AlterationPlan plan = Twin.Alter($"CREATE TABLE t (a, b,\n -- above c\n c); {Rows}", [new DropColumn("b")], Strategies.Native | Strategies.Copy);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Copy));
            Assert.That(plan.Reason, Is.EqualTo("to drop a column: SQLite's own DROP COLUMN takes comments and changes strings in double quotes"));
        });
    }

    [Test]
    public void Drop_keeps_strings_in_double_quotes_as_they_are_in_the_whole_database()
    {
        const string Setup = """
            CREATE TABLE t (a, b, c CHECK (c <> "bad"), d DEFAULT "dflt");
            CREATE TABLE other (o CHECK (o <> "worse"));
            """;
        AlterationPlan own = Twin.Alter($"{Setup[..Setup.IndexOf('\n', StringComparison.Ordinal)]} {Rows}", [new DropColumn("b")], null, database => database.AllowDoubleQuotedStrings());
        AlterationPlan others = Twin.Alter($"{Setup} {Rows}", [new DropColumn("b")], null, database => database.AllowDoubleQuotedStrings());
        AlterationPlan hidden = Twin.Alter(
            $"CREATE TABLE t (a, b, c); CREATE TABLE other (o CHECK (o <> \"a\")); {Rows}", [new DropColumn("b")], null, database => database.AllowDoubleQuotedStrings());
        Assert.Multiple(() =>
        {
            Assert.That(own.Strategy, Is.EqualTo(AlterationStrategy.Native));
            Assert.That(others.Strategy, Is.EqualTo(AlterationStrategy.Copy));
            Assert.That(hidden.Strategy, Is.EqualTo(AlterationStrategy.Copy), "a string that looks like a column of another table");
            Assert.That(hidden.Reason, Does.Contain("would rewrite the text of other objects"));
        });
    }

    [Test]
    public void Drop_never_rewrites_strings_in_double_quotes_of_other_objects_also_where_a_copy_is_forbidden()
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings();
        database.Execute($"CREATE TABLE t (a, b, c); CREATE TABLE other (o CHECK (o <> \"worse\")); {Rows}");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        AlterationFailedException? failed = Assert.Throws<AlterationFailedException>(() =>
            TableAlterer.Alter(database.Connection, "t", [new DropColumn("b")], new AlterationOptions { Mode = RebuildMode.NeverCopy }));
        Assert.That(failed!.Message, Does.Contain("would rewrite the text of other objects"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [TestCase("CREATE TABLE child (k REFERENCES t (b));", "child")]
    [TestCase("CREATE TABLE child (k, FOREIGN KEY (k) REFERENCES \"T\" ([B]));", "child")]
    [TestCase("CREATE INDEX i ON t (a) WHERE b > 0;", "i")]
    [TestCase("CREATE INDEX i ON t (a, lower(b));", "i")]
    [TestCase("CREATE VIEW v AS SELECT a, b FROM t;", "v")]
    [TestCase("CREATE VIEW v AS SELECT x FROM (SELECT b AS x FROM t);", "v")]
    [TestCase("CREATE TRIGGER tr AFTER INSERT ON l BEGIN UPDATE t SET b = new.x; END;", "tr")]
    [TestCase("CREATE TRIGGER tr AFTER INSERT ON l BEGIN INSERT INTO t (b) VALUES (new.x); END;", "tr")]
    [TestCase("CREATE TRIGGER tr AFTER DELETE ON t BEGIN INSERT INTO l VALUES (old.b); END;", "tr")]
    [TestCase("CREATE TRIGGER tr AFTER UPDATE OF b ON t BEGIN INSERT INTO l VALUES (1); END;", "tr")]
    [TestCase("CREATE TRIGGER tr AFTER INSERT ON l BEGIN INSERT INTO t VALUES (1, 2, 3); END;", "tr")]
    [TestCase("CREATE TEMP TRIGGER tr AFTER INSERT ON l BEGIN UPDATE t SET b = new.x; END;", "tr")]
    [TestCase("CREATE TEMP VIEW v AS SELECT b FROM t;", "v")]
    public void Drop_of_a_column_that_something_uses_is_refused_by_its_name_and_changes_nothing(string user, string name)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute($"CREATE TABLE t (a, b, c); CREATE TABLE l (x); {Rows} {user}");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        AlterationRefusedException? refused = Assert.Throws<AlterationRefusedException>(() => Alter(database, new DropColumn("b")));
        Assert.That(refused!.Message, Does.Contain($"\"{name}\""));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [TestCase("CREATE VIEW broken AS SELECT gone FROM nowhere;")]
    [TestCase("CREATE TABLE l (x); CREATE TRIGGER broken AFTER INSERT ON l BEGIN INSERT INTO nowhere VALUES (1); END;")]
    public void Drop_beside_what_was_broken_before_copies(string broken)
    {
        AlterationPlan plan = Twin.Alter($"CREATE TABLE t (a, b, c); {Rows}", [new DropColumn("b")], null, null);
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));

        using TestDatabase database = TestDatabase.InMemory();
        database.Execute($"CREATE TABLE t (a, b, c); {Rows} {broken}");
        plan = Alter(database, new DropColumn("b")).Plans.Single();
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Copy));
            Assert.That(plan.Reason, Is.EqualTo("to drop a column: SQLite's own DROP COLUMN asks that every view and trigger compiles, and one does not"));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(3));
        });
    }

    [Test]
    public void Drop_beside_a_collation_that_is_missing_on_the_connection_changes_nothing_or_all()
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Connection.CreateCollation("mine", string.CompareOrdinal);
        database.Execute($"CREATE TABLE t (a, b, c COLLATE mine); {Rows}");
        database.Connection.CreateCollation("mine", null);
        AlterationPlan plan = Alter(database, new DropColumn("b")).Plans.Single();
        database.Connection.CreateCollation("mine", string.CompareOrdinal);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
            Assert.That(database.Rows("SELECT a, c FROM t"), Is.EqualTo(new object?[][] { [1L, 2.5], [null, "y"], ["z", null] }));
        });
        Integrity.Check(database.Connection);
    }

    [TestCase("g AS (mine(a)) VIRTUAL); CREATE INDEX i ON t (g);")]
    [TestCase("c); CREATE INDEX i ON t (mine(a));")]
    [TestCase("c CHECK (mine(a) > 0));")]
    [TestCase("g AS (mine(a)) STORED);")]
    [TestCase("c); CREATE TRIGGER tr AFTER UPDATE OF c ON t BEGIN SELECT mine(1); END;")]
    [TestCase("c); CREATE VIEW v AS SELECT mine(a) FROM t;")]
    public void Drop_beside_a_function_that_is_missing_on_the_connection_changes_nothing_or_all(string rest)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Connection.CreateFunction("mine", (long? value) => value, isDeterministic: true);
        database.Execute($"CREATE TABLE t (a INT, b, {rest} INSERT INTO t (a) VALUES (1), (2)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        database.Connection.CreateFunction<long?, long?>("mine", null);
        bool isDropped = true;
        try
        {
            Alter(database, new DropColumn("b"));
        }
        catch (MigrationsException e) when (e.Message.Contains("mine", StringComparison.Ordinal))
        {
            isDropped = false;
        }

        database.Connection.CreateFunction("mine", (long? value) => value, isDeterministic: true);
        DatabaseSnapshot expected = isDropped ? before.ExceptColumns("t", "b").WithSchema(row => row.Name == "t" ? row with { Sql = row.Sql!.Replace("b, ", "") } : row) : before;
        DatabaseSnapshot.Of(database.Connection).ExceptPragmas("schema_version").AssertSameAs(expected.ExceptPragmas("schema_version"));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Drop_of_a_column_with_UNIQUE_copies()
    {
        AlterationPlan plan = Twin.Alter($"CREATE TABLE t (a, b UNIQUE, c); {Rows}", [new DropColumn("b")]);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Copy));
            Assert.That(plan.Reason, Is.EqualTo("to drop a column: an index stands behind UNIQUE of column \"b\""));
        });
    }

    [Test]
    public void Drops_that_cost_more_than_a_copy_are_one_copy()
    {
        AlterationPlan plan = Twin.Alter("CREATE TABLE t (a, b, c, d, e); INSERT INTO t VALUES (1, 2, 3, 4, 5)", [new DropColumn("b"), new DropColumn("c"), new DropColumn("d")]);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Copy));
            Assert.That(plan.Reason, Is.EqualTo("to drop 3 columns: 3 rewrites cost more than one copy"));
        });
    }

    [Test]
    public void Drop_shares_a_pass_with_what_else_is_native()
    {
        AlterationPlan plan = Twin.Alter(
            $"CREATE TABLE t (a, b, c); CREATE INDEX i ON t (b); CREATE INDEX j ON t (a); {Rows}",
            [new DropIndex("i"), new AddColumn("d INT NOT NULL DEFAULT 4"), new DropColumn("b"), new AddIndex("CREATE INDEX k ON t (d, c)")]);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
            Assert.That(plan.Steps.Select(step => step.Sql.Split(' ')[0]), Is.EqualTo(new[] { "DROP", "ALTER", "ALTER", "CREATE" }));
            Assert.That(plan.Cost.Indexes, Is.EqualTo(new[] { "k" }));
        });
    }

    [Test]
    public void Drop_shares_a_pass_with_constraints_that_stand_in_its_way()
    {
        AlterationPlan plan = Twin.Alter(
            $"CREATE TABLE p (k PRIMARY KEY); CREATE TABLE t (a, b, c NOT NULL DEFAULT 1, CONSTRAINT k CHECK (b IS NOT 99), FOREIGN KEY (b) REFERENCES p); INSERT INTO t VALUES (1, NULL, 2)",
            [new DropCheck("k", null), new DropForeignKey(null, ["b"]), new SetNullability("c", true), new DropColumn("b"), new AddColumn("d DEFAULT 5"), new AddCheck("m", "a > 0")]);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.InPlace));
            Assert.That(plan.Cost.Access, Is.EqualTo(RowAccess.Rewrite));
        });
    }

    [Test]
    public void Add_of_a_column_shares_a_pass_with_a_constraint_that_goes()
    {
        AlterationPlan plan = Twin.Alter($"CREATE TABLE t (a, b, c NOT NULL DEFAULT 1); INSERT INTO t VALUES (1, 2, 3)", [new AddColumn("d DEFAULT 5"), new SetNullability("c", true)]);
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.InPlace));
    }

    [Test]
    public void Drop_that_SQLite_refuses_inside_a_transaction_leaves_nothing_of_the_first_attempt()
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings();
        database.Execute($"CREATE TABLE t (a, b, c); {Rows} CREATE TABLE other (o CHECK (o <> \"a\")); BEGIN; INSERT INTO other VALUES (1)");
        AlterationResult result = Alter(database, new DropColumn("b"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.Copy));
            Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'"), Is.EqualTo("CREATE TABLE \"t\" (a, c)"));
            Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'other'"), Does.Contain("\"a\""));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_schema"), Is.EqualTo(2));
        });
        database.Execute("ROLLBACK");
        Assert.That(database.Rows("SELECT a, b, c FROM t"), Has.Count.EqualTo(3), "the caller's transaction is still the caller's");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Drop_inside_a_transaction_with_enforced_foreign_keys_needs_no_copy(bool isEnforced)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute($"PRAGMA foreign_keys = {isEnforced}; CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c); {Rows} CREATE TABLE child (t REFERENCES t ON DELETE CASCADE); INSERT INTO child VALUES (1), (2)");
        database.Execute("BEGIN");
        AlterationPlan plan = Alter(database, new DropColumn("b")).Plans.Single();
        database.Execute("COMMIT");
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM child"), Is.EqualTo(2));
            Assert.That(database.Scalar<long>("PRAGMA foreign_keys"), Is.EqualTo(isEnforced ? 1 : 0));
        });
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Drop_keeps_an_external_content_index_in_step()
    {
        AlterationPlan plan = Twin.Alter(
            $"CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c); {Rows} CREATE VIRTUAL TABLE f USING fts5(a, c, content='t', content_rowid='id'); INSERT INTO f (f) VALUES ('rebuild');",
            [new DropColumn("b")]);
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
    }

    [Test]
    public void Drop_leaves_statistics_in_use()
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute("""
            CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c);
            INSERT INTO t (a, b, c) WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 1000) SELECT v % 2, 0, v FROM n;
            CREATE INDEX by_a ON t (a);
            CREATE INDEX by_c ON t (c);
            ANALYZE;
            """);
        const string Query = "EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = 1 AND c = 2";
        string before = (string)database.Rows(Query)[0][3]!;
        Alter(database, new DropColumn("b"));
        Assert.Multiple(() =>
        {
            Assert.That(before, Does.Contain("by_c"));
            Assert.That(database.Rows(Query)[0][3], Is.EqualTo(before));
            Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_stat1"), Is.EqualTo(2));
        });
    }

    [Test]
    public void Drop_where_a_copy_is_forbidden_says_why_it_needs_one()
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute($"CREATE TABLE t (a, b UNIQUE, c); {Rows}");
        AlterationRefusedException? refused = Assert.Throws<AlterationRefusedException>(() =>
            TableAlterer.Alter(database.Connection, "t", [new DropColumn("b")], new AlterationOptions { Mode = RebuildMode.NeverCopy }));
        Assert.That(refused!.Message, Does.Contain("an index stands behind UNIQUE of column \"b\"").And.Contain("RebuildMode.NeverCopy"));
    }
}
