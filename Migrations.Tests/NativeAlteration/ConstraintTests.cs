using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.NativeAlteration;

/// <summary>NOT NULL and CHECK by SQLite's own statements, which it has since version 3.53.</summary>
public sealed class ConstraintTests
{
    private const int Defensive = 1010;

    private static readonly Version WithStatements = new(3, 53, 0);

    private static readonly TestCaseData[] Changes =
    [
        new("a, b, c", "(1, 2, 3), ('x', x'00', 2.5)", new SetNullability("b", false)),
        new("a, b INT DEFAULT 5 NULL, c", "(1, 2, 3)", new SetNullability("b", false)),
        new("\"a\"\"q\", [b c], `select`, b TEXT COLLATE NOCASE CHECK (b <> ',') DEFAULT ')'", "(1, 2, 3, 'x')", new SetNullability("b", false)),
        new("a, b INT NOT NULL, c", "(1, 2, 3)", new SetNullability("b", true)),
        new("a, b INT CONSTRAINT given NOT NULL DEFAULT 4, c", "(1, 2, 3)", new SetNullability("b", true)),
        new("a, b INT NOT NULL ON CONFLICT REPLACE DEFAULT 4, c", "(1, 2, 3)", new SetNullability("b", true)),
        new("a, b, c", "(1, 2, 3)", new AddCheck(null, "b > 0")),
        new("a, b, c", "(1, 2, 3)", new AddCheck("k", "b > 0 AND c NOT IN (')', ',')")),
        new("a, b, c", "(1, 2, 3)", new AddCheck("a \"name\"", "b > 0")),
        new("a, b, c, CONSTRAINT k CHECK (b > 0), CHECK (c > 0)", "(1, 2, 3)", new DropCheck("k", null)),
        new("a, b CONSTRAINT k CHECK (b > 0) DEFAULT 5, c", "(1, 2, 3)", new DropCheck("K", null)),
        new("a, b, c, CONSTRAINT \"k k\" CHECK (b > 0)", "(1, 2, 3)", new DropCheck("k k", null)),
        new("a, b, c, g AS (a || b)", "(1, 2, 3)", new AddCheck("k", "b > 0")),
    ];

    private static void RequireStatements()
    {
        using TestDatabase database = TestDatabase.InMemory();
        if (Version.Parse(database.Scalar<string>("SELECT sqlite_version()")) < WithStatements)
        {
            Assert.Ignore("This library has no statements for NOT NULL and CHECK: skipped");
        }
    }

    private static TestDatabase DefensiveDatabase(string setup)
    {
        TestDatabase database = TestDatabase.InMemory().Execute(setup);
        Assert.That(raw.sqlite3_db_config(database.Connection.Handle, Defensive, 1, out int isOn), Is.EqualTo(raw.SQLITE_OK));
        Assert.That(isOn, Is.EqualTo(1));
        return database;
    }

    private static AlterationResult Alter(TestDatabase database, params TableChange[] changes) =>
        TableAlterer.Alter(database.Connection, "t", changes, new AlterationOptions());

    [TestCaseSource(nameof(Changes))]
    public void Statement_means_what_the_edit_and_the_copy_mean(string columns, string rows, object change)
    {
        RequireStatements();
        string names = columns.Contains("g AS", StringComparison.Ordinal) ? " (a, b, c)" : "";
        List<TableSchema> made = [];
        List<DatabaseSchema> schemas = [];
        foreach (Strategies strategies in new[] { Strategies.Native, Strategies.InPlace, Strategies.Copy })
        {
            using TestDatabase database = TestDatabase.InMemory();
            database.Execute($"CREATE TABLE t ({columns}); INSERT INTO t{names} VALUES {rows}");
            IReadOnlyList<object?[]> before = database.Rows("SELECT * FROM t");
            AlterationResult result = TableAlterer.Alter(database.Connection, "t", [(TableChange)change], new AlterationOptions { Strategies = strategies });
            Assert.That(result.Plans.Single().Strategy.ToString(), Is.EqualTo(strategies.ToString()));
            Assert.That(database.Rows("SELECT * FROM t"), Is.EqualTo(before));
            Integrity.Check(database.Connection);
            schemas.Add(SchemaReader.Read(database.Connection, "main"));
            made.Add(schemas[^1].FindTable("t")!);
        }

        Assert.That(TableComparison.Compare(made[0], made[1], schemas[0], schemas[1]), Is.Empty);
        Assert.That(TableComparison.Compare(made[1], made[2], schemas[1], schemas[2]), Is.Empty);
    }

    [TestCaseSource(nameof(Changes))]
    public void Change_in_defensive_mode_needs_no_copy(string columns, string rows, object change)
    {
        RequireStatements();
        string names = columns.Contains("g AS", StringComparison.Ordinal) ? " (a, b, c)" : "";
        using TestDatabase database = DefensiveDatabase($"CREATE TABLE t ({columns}); INSERT INTO t{names} VALUES {rows}");
        AlterationPlan plan = Alter(database, (TableChange)change).Plans.Single();
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
        Integrity.Check(database.Connection);
    }

    [TestCase("3.53.0", AlterationStrategy.Native)]
    [TestCase("3.52.9", AlterationStrategy.Copy)]
    [TestCase("3.40.0", AlterationStrategy.Copy)]
    public void Plan_without_edits_follows_the_version_of_the_library(string version, AlterationStrategy expected)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute("CREATE TABLE t (a NOT NULL, b, CONSTRAINT k CHECK (b > 0))");
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
        TableChange[] changes = [new SetNullability("a", true), new SetNullability("b", false), new AddCheck(null, "a > 0"), new DropCheck("k", null)];
        foreach (TableChange change in changes)
        {
            Assert.Multiple(() =>
            {
                Assert.That(Plan(canEdit: false, change).Strategy, Is.EqualTo(expected));
                Assert.That(Plan(canEdit: true, change).Strategy, Is.EqualTo(AlterationStrategy.InPlace));
            });
            if (expected == AlterationStrategy.Copy)
            {
                Assert.That(Plan(canEdit: false, change).Reason, Does.EndWith(": this connection does not let the stored schema be edited"));
            }
        }

        AlterationPlan Plan(bool canEdit, TableChange change) => AlterationPlanner.PlanNext(
            schema, "t", [change],
            new PlanningOptions(Strategies.All, new Capabilities(Version.Parse(version), canEdit, TrimsNulls: false, CompilesWhole: true), false, true)).Plan;
    }

    [Test]
    public void Rows_that_are_NULL_under_NOT_NULL_or_fail_a_CHECK_are_named()
    {
        foreach (Strategies strategies in new[] { Strategies.Native, Strategies.InPlace, Strategies.Copy })
        {
            using TestDatabase database = TestDatabase.InMemory();
            database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 1), (2, NULL), (3, -3)");
            DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
            AlterationOptions options = new() { Strategies = SqliteVersion.Current < WithStatements ? Strategies.All : strategies };
            RowsRefusedException? isNull = Assert.Throws<RowsRefusedException>(() => TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", false)], options));
            RowsRefusedException? isFalse = Assert.Throws<RowsRefusedException>(() => TableAlterer.Alter(database.Connection, "t", [new AddCheck("k", "a > 0")], options));
            Assert.Multiple(() =>
            {
                Assert.That(isNull!.Rows.Select(row => row.ToString()), Is.EqualTo(new[] { "\"id\" = 2: NULL" }));
                Assert.That(isFalse!.Rows.Select(row => row.ToString()), Is.EqualTo(new[] { "\"id\" = 3" }));
            });
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        }
    }

    // CHECK takes a row for which it is NULL (lang_createtable.html, section 3.7); SQLite's own ADD CONSTRAINT does not.
    [Test]
    public void Check_that_is_NULL_for_a_row_is_added_in_defensive_mode_too()
    {
        using TestDatabase database = DefensiveDatabase("CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 1), (NULL, 2)");
        Alter(database, new AddCheck("k", "a > 0"));
        Assert.That(() => database.Execute("INSERT INTO t VALUES (-1, 1)"), Throws.Exception.With.Message.Contains("CHECK constraint failed"));
        database.Execute("INSERT INTO t VALUES (NULL, 1)");
        Assert.That(database.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(3));
    }

    [TestCase("a, b -- of b\n", "of b")]
    [TestCase("a, -- of a\n b NOT NULL -- of b\n /* below */", "below")]
    [TestCase("a, b /* of b */, CONSTRAINT k CHECK (a > 0) -- of k\n", "of b")]
    public void Comments_outlive_every_change_in_defensive_mode(string columns, string comment)
    {
        TableChange[] changes =
        [
            new AddCheck("m", "a < 9"), new SetNullability("a", false),
            .. columns.Contains("NOT NULL", StringComparison.Ordinal) ? [new SetNullability("b", true)] : ImmutableArray<TableChange>.Empty,
            .. columns.Contains("CONSTRAINT k", StringComparison.Ordinal) ? [new DropCheck("k", null)] : ImmutableArray<TableChange>.Empty,
        ];
        foreach (TableChange change in changes)
        {
            using TestDatabase database = DefensiveDatabase($"CREATE TABLE t ({columns}); INSERT INTO t VALUES (1, 1)");
            Alter(database, change);
            Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'"), Does.Contain(comment), change.ToString());
            Integrity.Check(database.Connection);
        }
    }

    [Test]
    public void Check_without_a_name_is_dropped_by_a_copy_in_defensive_mode()
    {
        using TestDatabase database = DefensiveDatabase("CREATE TABLE t (a, b, CHECK (a > 0)); INSERT INTO t VALUES (1, 1)");
        AlterationPlan plan = Alter(database, new DropCheck(null, "a > 0")).Plans.Single();
        Assert.Multiple(() =>
        {
            Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Copy));
            Assert.That(plan.Reason, Is.EqualTo("to drop CHECK: this connection does not let the stored schema be edited"));
        });
        database.Execute("INSERT INTO t VALUES (-1, 1)");
    }

    [Test]
    public void Key_of_a_table_without_rowid_refuses_NULL_whatever_its_column_says()
    {
        foreach (bool isDefensive in new[] { true, false })
        {
            const string Setup = "CREATE TABLE t (a INT NOT NULL, b, PRIMARY KEY (a)) WITHOUT ROWID; INSERT INTO t VALUES (1, 2)";
            using TestDatabase database = isDefensive ? DefensiveDatabase(Setup) : TestDatabase.InMemory().Execute(Setup);
            Alter(database, new SetNullability("a", true));
            Assert.That(() => database.Execute("INSERT INTO t VALUES (NULL, 1)"), Throws.Exception.With.Message.Contains("NOT NULL"));
            Alter(database, new SetNullability("a", false), new SetNullability("b", false));
            Assert.That(() => database.Execute("INSERT INTO t VALUES (2, NULL)"), Throws.Exception.With.Message.Contains("NOT NULL"));
            Integrity.Check(database.Connection);
        }
    }

    [Test]
    public void Generated_column_gets_NOT_NULL_in_defensive_mode()
    {
        using TestDatabase database = DefensiveDatabase("CREATE TABLE t (a, g AS (a + 1)); INSERT INTO t VALUES (1)");
        Alter(database, new SetNullability("g", false));
        Assert.That(() => database.Execute("INSERT INTO t VALUES (NULL)"), Throws.Exception.With.Message.Contains("NOT NULL"));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Statements_of_one_pass_share_it_with_columns_that_come_and_go()
    {
        RequireStatements();
        using TestDatabase database = DefensiveDatabase("CREATE TABLE t (a NOT NULL, b, c, CONSTRAINT k CHECK (b > 0)); INSERT INTO t VALUES (1, 2, 3)");
        AlterationPlan plan = Alter(
            database, new DropCheck("k", null), new DropColumn("b"), new AddColumn("d DEFAULT 4"), new SetNullability("a", true), new AddCheck("m", "d > c")).Plans.Single();
        Assert.That(plan.Strategy, Is.EqualTo(AlterationStrategy.Native));
        Assert.That(database.Rows("SELECT a, c, d FROM t"), Is.EqualTo(new object[][] { [1L, 3L, 4L] }));
        database.Execute("INSERT INTO t VALUES (NULL, 1, 2)");
        Assert.That(() => database.Execute("INSERT INTO t VALUES (1, 2, 1)"), Throws.Exception.With.Message.Contains("m"));
        Integrity.Check(database.Connection);
    }
}
