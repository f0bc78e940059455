using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

/// <summary>The verbs on FluentMigrator's own SQLite processor, which knows nothing of this library.</summary>
public sealed class PortableVerbTests
{
    [Test]
    public void Using_expression_changes_every_row()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);

        runner.Up(m => m.Update.Column("e mail").OnTable("user").Using("lower(\"e mail\") || '{0}'"));

        Assert.That(Column(database, "e mail"), Is.EqualTo(new object?[] { "a@b.c{0}", "d@e.f{0}", null }));
    }

    [Test]
    public void Using_function_changes_every_row_and_leaves_no_function_behind()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);

        runner.Up(m =>
        {
            m.Update.Column("e mail").OnTable("user").Using<string?, int?>(text => text?.Length);
            m.Execute.WithConnection((connection, _) => Assert.That(
                () => ((Microsoft.Data.Sqlite.SqliteConnection)connection).Execute("SELECT migrations_convert(1)"),
                Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>().With.Message.Contains("no such function")));
        });

        Assert.That(Column(database, "e mail"), Is.EqualTo(new object?[] { "5", "5", null }), "the column's TEXT affinity makes text of the lengths");
    }

    [Test]
    public void Using_function_that_a_value_does_not_fit_names_it_and_changes_nothing()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);
        database.Execute("UPDATE user SET quota = 'much' WHERE id = 2");

        Assert.That(
            () => runner.Up(m => m.Update.Column("quota").OnTable("user").Using<long, long>(quota => quota * 2)),
            RefusesRows("user", "quota", 1, "'much' is not a Int64"));
        Assert.That(Column(database, "quota"), Is.EqualTo(new object?[] { 1L, "much", -1L }));
    }

    [Test]
    public void Map_goes_up_and_down_again()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);
        ReversingMigration migration = new(m => m.Alter.TableBatch("user", batch => batch.Map("state", ("open", 0), ("closed", 1))));

        runner.Up(migration);
        object?[] up = Column(database, "state");
        runner.Down(migration);

        Assert.That(up, Is.EqualTo(new object?[] { 0L, 1L, null }));
        Assert.That(Column(database, "state"), Is.EqualTo(new object?[] { "open", "closed", null }));
    }

    [Test]
    public void Map_of_a_value_that_is_not_mapped_names_it_and_changes_nothing()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);

        Assert.That(
            () => runner.Up(m => m.Update.Column("state").OnTable("user").Map(("open", 0))),
            RefusesRows("user", "state", 1, "\"state\" = 'closed'"));
        Assert.That(Column(database, "state"), Is.EqualTo(new object?[] { "open", "closed", null }));
    }

    [Test]
    public void Rescale_changes_numbers_and_refuses_all_else()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);

        runner.Up(m => m.Update.Column("score").OnTable("user").Rescale(fromMax: 15, toMax: 100, Rounding.Truncate, nulls: 0));

        Assert.That(Column(database, "score"), Is.EqualTo(new object?[] { 66L, 50L, 0L }));
        database.Execute("UPDATE user SET score = 'high' WHERE id = 1");
        Assert.That(
            () => runner.Up(m => m.Update.Column("score").OnTable("user").Rescale(fromMax: 100, toMax: 15)),
            RefusesRows("user", "score", 1, "'high'"));
        Assert.That(Column(database, "score"), Is.EqualTo(new object?[] { "high", 50L, 0L }));
    }

    [Test]
    public void Check_constraint_is_created_and_deleted_where_SQLite_can()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);
        AssumeAlterConstraint(database);

        // SQLite 3.53.4's own ADD CONSTRAINT refuses rows for which the condition is NULL, though CHECK allows them.
        database.Execute("UPDATE user SET score = 1 WHERE score IS NULL");
        runner.Up(m => m.Create.CheckConstraint("ck score").OnTable("user").WithExpression("score < 100"));
        Assert.That(() => database.Execute("UPDATE user SET score = 100"), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>());
        runner.Up(m => m.Delete.CheckConstraint("ck score").FromTable("user"));
        Assert.That(() => database.Execute("UPDATE user SET score = 100"), Throws.Nothing);
    }

    [Test]
    public void Check_constraint_that_rows_break_changes_nothing()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);
        AssumeAlterConstraint(database);
        string before = database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'user'");

        Assert.That(
            () => runner.Up(m => m.Create.CheckConstraint("ck").OnTable("user").WithExpression("quota >= 0")), Throws.Exception);
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'user'"), Is.EqualTo(before));
    }

    [Test]
    public void Batch_runs_its_changes_one_by_one()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);

        runner.Up(m => m.Alter.TableBatch("user", batch => batch
            .AddColumn("level", column => column.AsInt32().NotNullable().WithDefaultValue(3))
            .RenameColumn("quota", "limit")
            .DropColumn("state")
            .Convert("level", "level + id")));

        Assert.That(database.Rows("SELECT * FROM user"), Is.EqualTo(new object?[][]
        {
            [1L, "A@b.c", 1L, 10.0, 4L],
            [2L, "D@e.f", 2L, 7.5, 5L],
            [3L, null, -1L, null, 6L],
        }));
    }

    [Test]
    public void Nullability_alone_is_changed_where_SQLite_can()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);
        AssumeAlterConstraint(database);

        runner.Up(m => m.Alter.TableBatch("user", batch => batch.AlterColumn("quota").NotNullable()));
        Assert.That(() => database.Execute("UPDATE user SET quota = NULL"), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>());
        runner.Up(m => m.Alter.TableBatch("user", batch => batch.AlterColumn("quota").Nullable()));
        Assert.That(() => database.Execute("UPDATE user SET quota = NULL"), Throws.Nothing);
    }

    [Test]
    public void What_the_processor_can_not_do_is_refused_with_the_way_out()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);

        foreach (Action<ITableBatchSyntax> change in (Action<ITableBatchSyntax>[])
        [
            batch => batch.MoveColumn("quota").First(),
            batch => batch.Strict(),
            batch => batch.WithoutRowId(),
            batch => batch.AlterColumn("e mail").WithCollation("NOCASE"),
        ])
        {
            Assert.That(
                () => runner.Up(m => m.Alter.TableBatch("user", change)),
                Throws.InstanceOf<AlterationRefusedException>().With.Message.Contains("WithTableRebuild()").And.Property("Table").EqualTo("user"));
        }
    }

    [Test]
    public void RefuseRows_stops_before_what_follows_and_names_the_rows()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);

        Assert.That(
            () => runner.Up(m =>
            {
                m.Execute.RefuseRows("user", "SELECT id, \"e mail\" FROM user WHERE quota < 0", "a quota must not be negative");
                m.Delete.FromTable("user").AllRows();
            }),
            RefusesRows("user", null, 1, "\"id\" = 3 AND \"e mail\" IS NULL"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM user"), Is.EqualTo(3));
    }

    [Test]
    public void RefuseRows_without_such_rows_lets_the_migration_go_on()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);

        runner.Up(m =>
        {
            m.Execute.RefuseRows("user", "SELECT id FROM user WHERE quota > 100", "a quota must not be large");
            m.Execute.RefuseRows("user", "SELECT id FROM user", rows => rows.Where(row => row.Get<int>("ID") > 3).Select(row => row.ToString()), "no");
            m.Delete.FromTable("user").AllRows();
        });

        Assert.That(database.Scalar<long>("SELECT count(*) FROM user"), Is.Zero);
    }

    [Test]
    public void RefuseRows_by_a_function_finds_what_SQLite_can_not_tell()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);
        database.Execute("INSERT INTO user (\"e mail\") VALUES ('Ü@x.y'), ('ü@x.y')");

        Assert.That(
            () => runner.Up(m => m.Execute.RefuseRows(
                "user",
                "SELECT \"e mail\" FROM user",
                rows => rows.Select(row => row.Get<string>("e mail")).OfType<string>()
                    .GroupBy(mail => mail.ToLowerInvariant()).Where(same => same.Count() > 1).Select(same => string.Join(" and ", same)),
                "they differ only in case")),
            RefusesRows("user", null, 1, "they differ only in case", "Ü@x.y and ü@x.y"));
    }

    [Test]
    public void RefuseRows_shows_ten_rows_and_counts_all()
    {
        using TestDatabase database = Users();
        using MigrationRun runner = new(database);
        database.Execute("WITH RECURSIVE n (x) AS (VALUES (10) UNION ALL SELECT x + 1 FROM n WHERE x < 500) INSERT INTO user (id) SELECT x FROM n");

        RowsRefusedException? refused = Find(Assert.Catch(
            () => runner.Up(m => m.Execute.RefuseRows("user", "SELECT id FROM user WHERE id >= 10 ORDER BY id", "too many"))));

        Assert.That(refused, Is.Not.Null);
        Assert.That(refused!.Count, Is.EqualTo(491));
        Assert.That(refused.Rows.Select(row => row.Key), Is.EqualTo(Enumerable.Range(10, 10).Select(id => $"\"id\" = {id}")));
        Assert.That(refused.Message, Does.EndWith("\"id\" = 19; and more."));
    }

    private static NUnit.Framework.Constraints.Constraint RefusesRows(string table, string? column, long count, params string[] said) =>
        Throws.Exception.Matches<Exception>(thrown => Find(thrown) is { } refused
            && refused.Table == table
            && refused.Column == column
            && refused.Count == count
            && Array.TrueForAll(said, text => refused.Message.Contains(text, StringComparison.Ordinal)));

    // FluentMigrator may wrap what an operation throws.
    private static RowsRefusedException? Find(Exception? thrown)
    {
        while (thrown is not null and not RowsRefusedException)
        {
            thrown = thrown.InnerException;
        }

        return (RowsRefusedException?)thrown;
    }

    private static TestDatabase Users() => TestDatabase.File().Execute("""
        CREATE TABLE user (id INTEGER PRIMARY KEY, "e mail" TEXT, quota INTEGER, score, state);
        INSERT INTO user VALUES (1, 'A@b.c', 1, 10.0, 'open'), (2, 'D@e.f', 2, 7.5, 'closed'), (3, NULL, -1, NULL, NULL);
        """);

    private static object?[] Column(TestDatabase database, string column) =>
        [.. database.Rows($"SELECT \"{column}\" FROM user ORDER BY id").Select(row => row[0])];

    /// <summary>SQLite changes CHECK and NOT NULL itself since 3.53.</summary>
    private static void AssumeAlterConstraint(TestDatabase database) => Assume.That(
        new Version(database.Connection.ServerVersion), Is.GreaterThanOrEqualTo(new Version(3, 53)));
}
