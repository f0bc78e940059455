using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

/// <summary>The verbs on this library's processor, on a table with rows and a trigger that must not fire.</summary>
public sealed class RebuildVerbTests
{
    [Test]
    public void Batch_does_what_the_builder_can_in_one_migration()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);

        runner.Up(m => m.Alter.TableBatch("user", batch => batch
            .AddColumn("level", column => column.AsInt32().NotNullable().SetExistingRowsTo(3).Indexed("ix_level"))
            .MoveColumn("level").After("id")
            .RenameColumn("quota", "limit")
            .DropColumn("note")
            .AlterColumn("email").AsString(255, "NOCASE").NotNullable().WithDefaultValue("it's")
            .AddUnique(["email"], "uq_email")
            .AddCheck("ck_limit", "\"limit\" > 0")
            .Map("state", ("open", 0), ("closed", 1))));

        Assert.That(database.Rows("SELECT * FROM user"), Is.EqualTo(new object?[][]
        {
            [1L, 3L, "A@b.c", 15L, 0L], [2L, 3L, "D@e.f", 7L, 1L], [3L, 3L, "ü", 1L, null],
        }));
        Assert.That(
            database.Rows("SELECT name FROM pragma_table_info('user')").Select(row => row[0]),
            Is.EqualTo(new[] { "id", "level", "email", "limit", "state" }));
        AssertFails(database, "INSERT INTO user (level, email) VALUES (1, 'a@B.C')", "UNIQUE");
        AssertFails(database, "UPDATE user SET \"limit\" = 0", "ck_limit");
        AssertFails(database, "UPDATE user SET email = NULL", "NOT NULL");
        AssertNothingFired(database);
    }

    [Test]
    public void Batch_that_rows_do_not_allow_changes_nothing()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);
        runner.Up(_ => { });
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.That(
            () => runner.Up(m => m.Alter.TableBatch("user", batch => batch.DropColumn("note").AlterColumn("state").NotNullable())),
            Throws.InstanceOf<RowsRefusedException>().With.Property("Column").EqualTo("state"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Batch_goes_down_again_by_itself()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);
        ReversingMigration migration = new(m => m.Alter.TableBatch("user", batch => batch
            .AddColumn("level", column => column.AsInt32().NotNullable().WithDefaultValue(3))
            .RenameColumn("quota", "limit")
            .Map("state", ("open", 0), ("closed", 1))
            .AddUnique(["email"])
            .AddCheck("ck_limit", "\"limit\" > 0")));
        IReadOnlyList<object?[]> before = database.Rows("SELECT * FROM user");

        runner.Up(migration);
        AssertFails(database, "UPDATE user SET \"limit\" = 0", "ck_limit");
        runner.Down(migration);

        Assert.That(database.Rows("SELECT * FROM user"), Is.EqualTo(before));
        Assert.That(
            database.Rows("SELECT name FROM pragma_table_info('user')").Select(row => row[0]),
            Is.EqualTo(new[] { "id", "email", "quota", "state", "note" }));
        Assert.That(() => database.Execute("UPDATE user SET quota = 0, email = 'same'"), Throws.Nothing);
    }

    [Test]
    public void Default_and_check_and_conversions_run_without_firing_triggers()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);

        runner.Up(m =>
        {
            m.Update.Column("quota").OnTable("user").Rescale(fromMax: 15, toMax: 100, Rounding.Truncate);
            m.Alter.DefaultConstraint().OnTable("user").OnColumn("quota").To(80);
            m.Update.Column("email").OnTable("user").Using<string, string>(text => text.ToUpperInvariant());
            m.Update.Column("note").OnTable("user").Using("'n' || id");
            m.Create.CheckConstraint("ck").OnTable("user").WithExpression("quota <= 100");
        });

        AssertNothingFired(database);
        Assert.That(database.Rows("SELECT * FROM user"), Is.EqualTo(new object?[][]
        {
            [1L, "A@B.C", 100L, "open", "n1"], [2L, "D@E.F", 46L, "closed", "n2"], [3L, "Ü", 6L, null, "n3"],
        }));
        database.Execute("INSERT INTO user (email) VALUES ('new')");
        Assert.That(database.Scalar<long>("SELECT quota FROM user WHERE email = 'new'"), Is.EqualTo(80));
        AssertFails(database, "UPDATE user SET quota = 101", "ck");

        runner.Up(m => m.Delete.CheckConstraint("ck").FromTable("user"));
        Assert.That(() => database.Execute("UPDATE user SET quota = 101"), Throws.Nothing);
    }

    [Test]
    public void Default_of_NULL_and_of_an_expression_hold_for_new_rows()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);

        runner.Up(m =>
        {
            m.Alter.DefaultConstraint().OnTable("user").OnColumn("state").To(null);
            m.Alter.DefaultConstraint().OnTable("user").OnColumn("quota").ToExpression("40 + 2");
        });
        database.Execute("INSERT INTO user (id) VALUES (9)");

        Assert.That(database.Rows("SELECT quota, state FROM user WHERE id = 9"), Is.EqualTo(new object?[][] { [42L, null] }));
    }

    [Test]
    public void Nullability_collation_and_default_change_without_the_type()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);

        runner.Up(m => m.Alter.TableBatch("user", batch => batch
            .AlterColumn("email").NotNullable().WithCollation("NOCASE").WithDefaultExpression("'a' || 'b'")
            .AlterColumn("state", column => column.WithoutDefault())
            .Strict()));

        Assert.That(
            database.Rows("SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('user') WHERE name IN ('email', 'state')"),
            Is.EqualTo(new object?[][] { ["email", "TEXT", 1L, "'a' || 'b'"], ["state", "ANY", 0L, null] }));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM user WHERE email = 'a@B.C'"), Is.EqualTo(1));
        Assert.That(database.Scalar<long>("SELECT strict FROM pragma_table_list('user')"), Is.EqualTo(1));
        AssertNothingFired(database);
    }

    [Test]
    public void Map_and_function_that_do_not_fit_name_the_row_and_change_nothing()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);
        runner.Up(_ => { });
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.That(
            () => runner.Up(m => m.Update.Column("state").OnTable("user").Map(("open", 0))),
            Throws.InstanceOf<RowsRefusedException>().With.Message.Contains("'closed'").And.Property("Count").EqualTo(1));
        Assert.That(
            () => runner.Up(m => m.Update.Column("state").OnTable("user").Using<long, long>(state => state)),
            Throws.InstanceOf<RowsRefusedException>().With.Message.Contains("is not a Int64"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void RefuseRows_takes_back_what_came_before_it()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);
        runner.Up(_ => { });
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.That(
            () => runner.Up(m =>
            {
                m.Alter.TableBatch("user", batch => batch.DropColumn("note").RenameColumn("quota", "limit"));
                m.Execute.RefuseRows("user", "SELECT email FROM user WHERE \"limit\" > 10", "too much");
            }),
            Throws.InstanceOf<RowsRefusedException>().With.Message.Contains("\"email\" = 'A@b.c'"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Batch_that_may_not_copy_refuses_what_needs_a_copy()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database, rebuildsTables: true);
        BatchOptions options = new() { Mode = RebuildMode.NeverCopy };

        Assert.That(
            () => runner.Up(m => m.Alter.TableBatch("user", batch => batch.Strict(), options)),
            Throws.InstanceOf<AlterationRefusedException>().With.Property("Table").EqualTo("user"));
        Assert.That(
            () => runner.Up(m => m.Alter.TableBatch("user", batch => batch.RenameColumn("quota", "limit"), options)), Throws.Nothing);
    }

    private static TestDatabase Users() => TestDatabase.File().Execute("""
        CREATE TABLE fired (what);
        CREATE TABLE user (id INTEGER PRIMARY KEY, email TEXT, quota INTEGER, state ANY DEFAULT 'open', note TEXT);
        INSERT INTO user VALUES (1, 'A@b.c', 15, 'open', NULL), (2, 'D@e.f', 7, 'closed', NULL), (3, 'ü', 1, NULL, NULL);
        CREATE TRIGGER fires AFTER UPDATE ON user BEGIN INSERT INTO fired VALUES ('update'); END;
        CREATE TRIGGER fires_on_delete AFTER DELETE ON user BEGIN INSERT INTO fired VALUES ('delete'); END;
        """);

    private static void AssertNothingFired(TestDatabase database)
    {
        Assert.That(database.Rows("SELECT * FROM fired"), Is.Empty);
        Assert.That(
            database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'user'"), Is.EqualTo(2));
    }

    private static void AssertFails(TestDatabase database, string sql, string message) => Assert.That(
        () => database.Execute(sql), Throws.InstanceOf<SqliteException>().With.Message.Contains(message));
}
