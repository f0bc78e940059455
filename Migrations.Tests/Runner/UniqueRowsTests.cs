using FluentMigrator;
using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Infrastructure;
using FluentMigrator.Infrastructure.Extensions;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Tests.Support;
using Migrations.Tests.Upgrades;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Runner;

/// <summary>Rows that a new unique index or constraint does not allow, by every verb that makes one: they are named, and nothing is changed.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class UniqueRowsTests
{
    private const string Rows =
        """
        CREATE TABLE "order" (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, code TEXT COLLATE NOCASE, state TEXT, line INT);
        CREATE INDEX by_line ON "order" (line);
        CREATE VIEW open_orders AS SELECT id FROM "order" WHERE state = 'open';
        INSERT INTO "order" VALUES (1, 'ann', 'x', 'open', 10), (2, 'bob', 'X', 'open', 11), (3, 'ann', NULL, 'open', 20), (4, 'eve', NULL, 'gone', 30), (5, 'eva', 'y', 'gone', NULL);
        """;

    private const string Twice = "(1 value: \"customer\" = 'ann': 2 times)";

    private static IEnumerable<TestCaseData> Verbs()
    {
        yield return Verb("Create.UniqueConstraint", m => m.Create.UniqueConstraint("uq").OnTable("order").Column("customer"), $"unique index \"uq\" would hold values more than once {Twice}");
        yield return Verb("Create.UniqueConstraint without a name", m => m.Create.UniqueConstraint().OnTable("order").Column("customer"), Twice);
        yield return Verb(
            "Create.UniqueConstraint of columns", m => m.Create.UniqueConstraint("uq").OnTable("order").Columns("customer", "state"),
            "unique index \"uq\" would hold values more than once (1 value: \"customer\" = 'ann' AND \"state\" = 'open': 2 times)");
        yield return Verb("OnColumn.Unique", m => m.Create.Index("uq").OnTable("order").OnColumn("customer").Unique(), Twice);
        yield return Verb("Create.Index without a name", m => m.Create.Index().OnTable("order").OnColumn("customer").Unique(), Twice);
        yield return Verb("WithOptions.Unique", m => m.Create.Index("uq").OnTable("order").OnColumn("customer").Descending().WithOptions().Unique(), Twice);
        yield return Verb(
            "Create.Index of columns", m => m.Create.Index("uq").OnTable("order").OnColumn("state").Ascending().OnColumn("customer").Ascending().WithOptions().Unique(),
            "(1 value: \"state\" = 'open' AND \"customer\" = 'ann': 2 times)");
        yield return Verb("Filter", m => Filtered(m.Create.Index("uq").OnTable("order").OnColumn("customer").Ascending(), "state = 'open'"), Twice);
        yield return Verb(
            "NOCASE", m => m.Create.Index("uq").OnTable("order").OnColumn("code").Unique(),
            "(1 value: \"code\" COLLATE \"NOCASE\" = 'x': 2 times)");
        yield return Verb(
            "Names in another case", m => m.Create.Index("UQ").OnTable("ORDER").OnColumn("STATE").Unique(),
            "(2 values: \"STATE\" = 'gone': 2 times; \"STATE\" = 'open': 3 times)");
        yield return Verb("Create.Column.Unique", m => m.Create.Column("kind").OnTable("order").AsString().NotNullable().WithDefaultValue("a").Unique(), "(1 value: \"kind\" = 'a': 5 times)");
        yield return Verb("Alter.Table.AddColumn.Unique", m => m.Alter.Table("order").AddColumn("kind").AsInt32().Nullable().WithDefaultValue(1).Unique("uq"), "(1 value: \"kind\" = 1: 5 times)");
        yield return Verb("Alter.Table.AlterColumn.Unique", m => m.Alter.Table("order").AlterColumn("customer").AsString().NotNullable().Unique("uq"), Twice);
        yield return Verb("Alter.Column.Unique", m => m.Alter.Column("customer").OnTable("order").AsString().NotNullable().Unique(), Twice);
        yield return Verb("Batch.AddUnique", m => m.Alter.TableBatch("order", batch => batch.AddUnique(["customer"], "uq")), $"UNIQUE constraint \"uq\" would hold values more than once {Twice}");
        yield return Verb("Batch.CreateIndex", m => m.Alter.TableBatch("order", batch => batch.CreateIndex("uq", index => index.OnColumn("customer").Unique())), Twice);
        yield return Verb(
            "Batch.Alter.CreateIndex of an expression",
            m => m.Alter.TableBatch("order", batch => batch.Alter(table => table.CreateIndex("uq", index => index.Expression("substr(customer, 1, 2)").Where("state = 'gone'").Unique()))),
            "(1 value: (substr(customer, 1, 2)) = 'ev': 2 times)");
    }

    private static IEnumerable<TestCaseData> AfterOtherStatements()
    {
        yield return Verb("Rescale", m =>
        {
            m.Update.Column("line").OnTable("order").Rescale(fromMax: 100, toMax: 10, Rounding.Nearest);
            m.Create.Index("uq").OnTable("order").OnColumn("line").Unique();
        }, "(1 value: \"line\" = 1: 2 times)");
        yield return Verb("Using", m =>
        {
            m.Update.Column("customer").OnTable("order").Using("substr(customer, 1, 2)");
            m.Create.UniqueConstraint("uq").OnTable("order").Column("customer");
        }, "(2 values: \"customer\" = 'an': 2 times; \"customer\" = 'ev': 2 times)");
        yield return Verb("Another table between", m =>
        {
            m.Update.Column("line").OnTable("order").Rescale(fromMax: 100, toMax: 10, Rounding.Nearest);
            m.Execute.Sql("CREATE TABLE other (a)");
            m.Create.Index("uq").OnTable("order").OnColumn("line").Unique();
        }, "(1 value: \"line\" = 1: 2 times)");
        yield return Verb("All rows", m =>
        {
            m.Update.Table("order").Set(new { line = 7 }).AllRows();
            m.Create.UniqueConstraint("uq").OnTable("order").Column("line");
        }, "(1 value: \"line\" = 7: 5 times)");
        yield return Verb("Some rows", m =>
        {
            m.Update.Table("order").Set(new { line = 10 }).Where(new { id = 3 });
            m.Create.UniqueConstraint("uq").OnTable("order").Column("line");
        }, "(1 value: \"line\" = 10: 2 times)");
        yield return Verb("Insert", m =>
        {
            m.Insert.IntoTable("order").Row(new { id = 6, customer = "bob", line = 11 });
            m.Create.UniqueConstraint("uq").OnTable("order").Column("line");
        }, "(1 value: \"line\" = 11: 2 times)");
        yield return Verb("An index that goes", m =>
        {
            m.Delete.Index("by_line").OnTable("order");
            m.Create.Index("by_line").OnTable("order").OnColumn("customer").Unique();
        }, Twice);
    }

    private static IEnumerable<TestCaseData> Tables()
    {
        yield return new TestCaseData("CREATE TABLE t (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID", "INSERT INTO t VALUES ('x', 1), ('y', 1), ('z', 2)", "\"b\" = 1: 2 times").SetArgDisplayNames("WITHOUT ROWID");
        yield return new TestCaseData("CREATE TABLE t (a INTEGER, b TEXT COLLATE RTRIM) STRICT", "INSERT INTO t VALUES (1, 'x'), (2, 'x  ')", "\"b\" COLLATE \"RTRIM\" = 'x").SetArgDisplayNames("STRICT and RTRIM");
        yield return new TestCaseData("CREATE TABLE t (a INT, b INT AS (a % 2) VIRTUAL)", "INSERT INTO t (a) VALUES (1), (2), (3)", "\"b\" = 1: 2 times").SetArgDisplayNames("Generated column");
        yield return new TestCaseData("CREATE TABLE t (rowid, _rowid_, oid, b)", "INSERT INTO t (b) VALUES (x'00'), (x'00'), (1)", "\"b\" = X'00': 2 times").SetArgDisplayNames("No name for the rowid");
        yield return new TestCaseData("CREATE TABLE t (b)", "INSERT INTO t VALUES (1), (1.0), ('1')", "\"b\" = 1: 2 times").SetArgDisplayNames("Integer and real");
        yield return new TestCaseData(
            "CREATE TABLE t (b)", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24) INSERT INTO t SELECT i % 12 FROM n",
            "(12 values: \"b\" = 0: 2 times; ").SetArgDisplayNames("More values than are shown");
    }

    [TestCaseSource(nameof(Verbs))]
    public void Duplicates_under_a_new_unique_index_are_named_and_nothing_is_changed(Action<Migration> up, string expected) =>
        IsRefused(Rows, up, "order", expected);

    [TestCaseSource(nameof(AfterOtherStatements))]
    public void Duplicates_that_the_migration_itself_has_made_are_named_and_nothing_is_changed(Action<Migration> up, string expected) =>
        IsRefused(Rows, up, "order", expected);

    [TestCaseSource(nameof(Tables))]
    public void Duplicates_in_a_table_of_any_kind_are_named(string table, string rows, string expected) =>
        IsRefused($"{table}; {rows}", m => m.Create.UniqueConstraint("uq").OnTable("t").Column("b"), "t", expected);

    [Test]
    public void Duplicates_under_a_new_primary_key_are_named_and_nothing_is_changed() => IsRefused(
        "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2, 'x')", m => m.Create.PrimaryKey("pk").OnTable("t").Column("b"), "t",
        "the primary key \"pk\" would hold values more than once (1 value: \"b\" = 'x': 2 times)");

    [Test]
    public void Refusal_names_table_index_reason_way_out_and_rows_and_holds_SQLites_own_error()
    {
        RowsRefusedException refused = IsRefused(Rows, m => m.Create.UniqueConstraint("uq").OnTable("order").Column("customer"), "order", "");

        Assert.That(refused.Message, Is.EqualTo(
            "Altering table \"order\" was refused: unique index \"uq\" would hold values more than once (1 value: \"customer\" = 'ann': 2 times). "
            + "Make the values unique first, or convert them in the same batch."));
        Assert.That(refused.Column, Is.EqualTo("customer"));
        Assert.That(refused.Count, Is.EqualTo(1));
        Assert.That(refused.Rows.Single().ToString(), Is.EqualTo("\"customer\" = 'ann': 2 times"));
        Assert.That(refused.InnerException, Is.TypeOf<SqliteException>().With.Property(nameof(SqliteException.SqliteExtendedErrorCode)).EqualTo(raw.SQLITE_CONSTRAINT_UNIQUE));
    }

    [Test]
    public void Rows_that_a_unique_index_does_not_compare_are_no_duplicates()
    {
        using TestDatabase database = TestDatabase.File().Execute(Rows + "UPDATE \"order\" SET code = NULL WHERE id = 2");
        new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Create.UniqueConstraint("nulls").OnTable("order").Column("code");
            m.Create.UniqueConstraint("one_null").OnTable("order").Columns("state", "code");
            Filtered(m.Create.Index("filtered").OnTable("order").OnColumn("customer").Ascending(), "state = 'gone'");
        }).Up();

        Assert.That(
            database.Rows("SELECT name FROM pragma_index_list('order') WHERE \"unique\" ORDER BY name"),
            Is.EqualTo(new object[][] { ["filtered"], ["nulls"], ["one_null"] }));
    }

    [Test]
    public void Duplicates_on_the_way_down_are_named_and_nothing_is_changed()
    {
        using TestDatabase database = TestDatabase.File().Execute(Rows);
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
            .Add(m => m.Execute.Sql("SELECT 1"))
            .Add(m => m.Execute.Sql("SELECT 1"), m => m.Create.Index("uq").OnTable("order").OnColumn("customer").Unique())
            .Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.That(() => history.Down(1), Throws.TypeOf<RowsRefusedException>().With.Message.Contains(Twice));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Duplicates_are_named_without_a_transaction_and_in_one_of_several_migrations()
    {
        using TestDatabase database = TestDatabase.File().Execute(Rows);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => m.Execute.Sql("SELECT 1")).Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        history.Add(m => m.Create.UniqueConstraint("uq").OnTable("order").Column("customer"), behaviour: TransactionBehavior.None);
        Assert.That(history.Up, Throws.TypeOf<RowsRefusedException>().With.Message.Contains(Twice));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);

        MigrationHistory session = new MigrationHistory(database.ConnectionString) { IsOneTransaction = true }
            .Add(m => m.Execute.Sql("SELECT 1"))
            .Add(m => m.Execute.Sql("CREATE TABLE gone (a)"))
            .Add(m => m.Create.UniqueConstraint("uq").OnTable("order").Column("customer"));
        Assert.That(session.Up, Throws.TypeOf<RowsRefusedException>().With.Message.Contains(Twice));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Duplicates_in_an_attached_database_are_looked_for_there([Values] bool isBatch)
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);").Attach("side")
            .Execute("CREATE TABLE side.t (a); INSERT INTO side.t VALUES (3), (3);");
        MigrationHistory history = new MigrationHistory(database.ConnectionString) { Configure = Attaching(database) }.Add(m => OnSide(m, isBatch));

        Assert.That(history.Up, Throws.TypeOf<RowsRefusedException>().With.Message.Contains("(1 value: \"a\" = 3: 2 times)"));

        database.Execute("UPDATE side.t SET a = rowid");
        history.Up();
        Assert.That(database.Rows("SELECT name FROM side.sqlite_schema WHERE type = 'index'"), Is.EqualTo(new object[][] { ["uq"] }));
        Assert.That(database.Rows("SELECT name FROM pragma_index_list('t', 'main')"), Is.Empty);
    }

    [Test]
    public void Duplicates_that_are_not_found_again_leave_SQLites_own_error()
    {
        using TestDatabase database = TestDatabase.File().Execute(Rows);
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
        {
            // True for the rows that the index is made of, and for none that are looked at later.
            Configure = options => options.ConnectionOpened = connection =>
            {
                int calls = 0;
                connection.CreateFunction("soon_gone", (long _) => calls++ < 5, isDeterministic: true);
            },
        };
        history.Add(m => Filtered(m.Create.Index("uq").OnTable("order").OnColumn("customer").Ascending(), "soon_gone(id)"));

        Assert.That(
            history.Up,
            Throws.Exception.With.InnerException.TypeOf<SqliteException>().And.Message.Contains("UNIQUE constraint failed").And.Message.Contains("CREATE UNIQUE INDEX"));
    }

    [Test]
    public void Duplicates_in_a_table_that_can_not_be_read_leave_SQLites_own_error()
    {
        using TestDatabase database = TestDatabase.File().Execute(Rows);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            // The text is edited behind SQLite's back, which goes on with the index that it loaded.
            m.Execute.Sql("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX by_line ON' WHERE name = 'by_line'");
            m.Create.UniqueConstraint("uq").OnTable("order").Column("customer");
        });

        Exception error = Assert.Catch(() => history.Up())!;

        Assert.That(error.InnerException, Is.TypeOf<SqliteException>().With.Message.Contains("UNIQUE constraint failed: order.customer"));
        Assert.That(error.InnerException!.Data.Values, Has.Some.Contains("by_line"));
    }

    [Test]
    public async Task UpgradeAsync_names_the_rows_the_statement_and_the_migration()
    {
        using UpgradeFile file = new();
        MigrationAssembly migrations = new MigrationAssembly().Add(1, Rows);
        await file.UpgradeAsync(migrations);
        DatabaseSnapshot before = file.Snapshot();
        migrations.Add(2, m => m.Create.UniqueConstraint("uq").OnTable("order").Column("customer"));

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(() => file.UpgradeAsync(migrations)))!;

        Assert.That(failure.InnerException, Is.TypeOf<RowsRefusedException>().With.InnerException.TypeOf<SqliteException>());
        Assert.That(failure.Message, Does.Contain(Twice));
        Assert.That(failure.Statement, Does.StartWith("CREATE UNIQUE INDEX \"uq\""));
        Assert.That(failure.Failed!.Version, Is.EqualTo(2));
        file.Snapshot().AssertSameAs(before);
    }

    [Test]
    public async Task UpgradeAsync_withSqlOfTheAuthors_names_the_statement()
    {
        using UpgradeFile file = new();
        const string Sql = "CREATE UNIQUE INDEX uq ON \"order\" (customer)";
        MigrationAssembly migrations = new MigrationAssembly().Add(1, Rows).Add(2, Sql);

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(() => file.UpgradeAsync(migrations)))!;

        Assert.That(failure.InnerException, Is.TypeOf<SqliteException>().With.Message.Contains("UNIQUE constraint failed: order.customer"));
        Assert.That(failure.Statement, Is.EqualTo(Sql));
        Assert.That(file.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'uq'"), Is.Zero);
    }

    private static RowsRefusedException IsRefused(string sql, Action<Migration> up, string table, string expected)
    {
        using TestDatabase database = TestDatabase.File().Execute(sql);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => m.Execute.Sql("SELECT 1")).Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        history.Add(up);

        RowsRefusedException refused = Assert.Throws<RowsRefusedException>(() => history.Up())!;

        Assert.That(refused.Message, Does.StartWith($"Altering table \"{table}\" was refused: ").IgnoreCase.And.Contain(expected).And.Contain("Make the values unique first"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        return refused;
    }

    private static TestCaseData Verb(string name, Action<Migration> up, string expected) => new TestCaseData(up, expected).SetArgDisplayNames(name);

    private static void Filtered(ICreateIndexOnColumnSyntax index, string filter)
    {
        index.WithOptions().Unique();
        ((ISupportAdditionalFeatures)index.WithOptions()).SetAdditionalFeature("SqlServerIndexFilter", filter);
    }

    private static Action<TableRebuildOptions> Attaching(TestDatabase database)
    {
        string path = database.Scalar<string>("SELECT file FROM pragma_database_list WHERE name = 'side'");
        return options => options.ConnectionOpened = connection => connection.Execute($"ATTACH '{path}' AS side");
    }

    private static void OnSide(Migration migration, bool isBatch)
    {
        if (isBatch)
        {
            migration.Alter.TableBatch("t", batch => batch.Alter(table => table.CreateIndex("uq", index => index.Column("a").Unique())), new BatchOptions { Schema = "side" });
        }
        else
        {
            migration.Create.UniqueConstraint("uq").OnTable("t").WithSchema("side").Column("a");
        }
    }
}
