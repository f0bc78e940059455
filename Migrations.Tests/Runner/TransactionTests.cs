using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

[TestFixture]
public sealed class TransactionTests
{
    private const string Family =
        "CREATE TABLE p(id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE c(id INTEGER PRIMARY KEY, pid REFERENCES p ON DELETE CASCADE);"
        + "INSERT INTO p VALUES (1, 'x'), (2, 'y'); INSERT INTO c VALUES (10, 1), (11, 2);";

    [Test]
    public void Copying_a_parent_keeps_the_rows_of_its_children(
        [Values] bool isOneTransaction, [Values] TransactionBehavior behaviour, [Values] TestDatabaseKind kind)
    {
        using TestDatabase database = TestDatabase.Open(kind).Execute(Family);
        MigrationHistory history = new(database.ConnectionString)
        {
            IsOneTransaction = isOneTransaction,
            Configure = options => options.Connection = database.Connection,
        };
        history.Add(m => m.Alter.Column("a").OnTable("p").AsString().NotNullable(), behaviour: behaviour);

        history.Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(2));
        Assert.That(database.Scalar<long>("PRAGMA foreign_keys"), Is.EqualTo(1));
        Assert.That(() => database.Execute("UPDATE p SET a = NULL"), Throws.Exception.Message.Contains("p.a"));
    }

    [Test]
    public void Foreign_keys_that_were_off_stay_off([Values] bool fails)
    {
        using TestDatabase database = TestDatabase.File().Execute(Family + "PRAGMA foreign_keys=OFF;");
        MigrationHistory history = new(database.ConnectionString) { Configure = options => options.Connection = database.Connection };
        history.Add(m =>
        {
            m.Alter.Column("a").OnTable("p").AsString().NotNullable();
            m.Execute.Sql(fails ? "SELECT nonsense" : "SELECT 1");
        });

        Assert.That(history.Up, fails ? Throws.Exception : Throws.Nothing);
        Assert.That(database.Scalar<long>("PRAGMA foreign_keys"), Is.Zero);
    }

    [Test]
    public void Migration_that_fails_after_a_copy_leaves_everything_and_restores_foreign_keys()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new(database.ConnectionString) { Configure = options => options.Connection = database.Connection };
        history.Add(m => m.Create.Table("first").WithColumn("id").AsInt32().PrimaryKey());
        history.Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        history.Add(m =>
        {
            m.Alter.Column("a").OnTable("p").AsString().NotNullable();
            m.Insert.IntoTable("first").Row(new { id = 1 });
            m.Execute.Sql("INSERT INTO first VALUES (1)");
        });

        Assert.That(history.Up, Throws.Exception.With.InnerException.TypeOf<SqliteException>());
        Assert.That(DatabaseSnapshot.Of(database.Connection).DifferencesFrom(before), Is.Empty);
    }

    [Test]
    public void Migration_without_a_copy_keeps_cascades_working()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Alter.Table("p").AddColumn("b").AsString().Nullable();
            m.Delete.FromTable("p").Row(new { id = 1 });
        }).Up();

        Assert.That(database.Rows("SELECT id FROM c"), Is.EqualTo(new object[][] { [11L] }));
    }

    [Test]
    public void Delete_beside_a_copy_that_would_orphan_rows_fails_and_names_them()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Alter.Column("a").OnTable("p").AsString().NotNullable();
            m.Delete.FromTable("p").Row(new { id = 1 });
        });

        Assert.That(
            history.Up,
            Throws.TypeOf<ForeignKeyViolationException>().With.Message.Contains("row 10 of \"c\" refers to no row of \"p\"")
                .And.Message.Contains("ON DELETE"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM p"), Is.EqualTo(2));
    }

    [Test]
    public void Orphans_from_before_do_not_fail_a_migration_that_renames_their_table()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family + "PRAGMA foreign_keys=OFF; INSERT INTO c VALUES (12, 99);");
        new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Alter.Column("a").OnTable("p").AsString().NotNullable();
            m.Rename.Table("c").To("children");
            m.Delete.FromTable("children").Row(new { id = 10 });
        }).Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM children"), Is.EqualTo(2));
    }

    [Test]
    public void Keys_of_parent_and_child_converted_in_one_migration_are_checked_together([Values] bool isEnforced)
    {
        using TestDatabase database = TestDatabase.File().Execute(
            "CREATE TABLE p(id TEXT PRIMARY KEY NOT NULL); CREATE TABLE c(pid TEXT REFERENCES p(id)); INSERT INTO p VALUES ('a'); INSERT INTO c VALUES ('a');"
            + $"PRAGMA foreign_keys={isEnforced}");
        new MigrationHistory(database.ConnectionString) { Configure = options => options.Connection = database.Connection }.Add(m =>
        {
            m.Update.Column("id").OnTable("p").Using("upper(id)");
            m.Update.Column("pid").OnTable("c").Using("upper(pid)");
        }).Up();

        Assert.That(database.Rows("SELECT pid FROM c JOIN p ON pid = id"), Is.EqualTo(new object[][] { ["A"] }));
    }

    [Test]
    public void Keys_of_parent_and_child_converted_apart_are_refused([Values] bool isEnforced)
    {
        using TestDatabase database = TestDatabase.File().Execute(
            "CREATE TABLE p(id TEXT PRIMARY KEY NOT NULL); CREATE TABLE c(pid TEXT REFERENCES p(id)); INSERT INTO p VALUES ('a'); INSERT INTO c VALUES ('a');"
            + $"PRAGMA foreign_keys={isEnforced}");
        MigrationHistory history = new(database.ConnectionString) { Configure = options => options.Connection = database.Connection };
        history.Add(m =>
        {
            m.Update.Column("id").OnTable("p").Using("upper(id)");
            m.Update.Column("pid").OnTable("c").Using("pid || 'x'");
        });

        Assert.That(history.Up, Throws.TypeOf<ForeignKeyViolationException>());
        Assert.That(database.Rows("SELECT pid FROM c JOIN p ON pid = id"), Is.EqualTo(new object[][] { ["a"] }));
    }

    [Test]
    public void Orphans_that_data_statements_make_without_enforcement_stay_the_authors_affair()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family + "PRAGMA foreign_keys=OFF;");
        new MigrationHistory(database.ConnectionString) { Configure = options => options.Connection = database.Connection }.Add(m =>
        {
            m.Insert.IntoTable("c").Row(new { id = 12, pid = 99 });
            m.Alter.Column("a").OnTable("p").AsString().NotNullable();
        }).Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(3));
    }

    [Test]
    public void Raise_rollback_in_a_trigger_stops_the_migration_with_its_own_message()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            Family + "CREATE TRIGGER no BEFORE INSERT ON p BEGIN SELECT RAISE(ROLLBACK, 'not today'); END;");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Create.Table("before").WithColumn("id").AsInt32();
            m.Insert.IntoTable("p").Row(new { id = 3 });
            m.Create.Table("after").WithColumn("id").AsInt32();
        });

        Assert.That(history.Up, Throws.Exception.With.Message.Contains("not today"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name IN ('before', 'after')"), Is.Zero);
    }

    [Test]
    public void Commit_in_a_migration_is_refused()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new(database.ConnectionString) { Configure = options => options.Connection = database.Connection };
        history.Add(m => m.Execute.Sql("COMMIT"));

        Assert.That(history.Up, Throws.TypeOf<MigrationRefusedException>().With.Message.Contains("COMMIT"));
        Assert.That(() => database.Connection.BeginTransaction().Dispose(), Throws.Nothing, "the connection is usable");
    }

    [Test]
    public void Pragma_foreign_keys_in_a_transaction_is_refused([Values(
        "PRAGMA foreign_keys = OFF", "pragma /* off */ main.\"foreign_keys\"(0)", "SELECT 1; PRAGMA FOREIGN_KEYS=1")] string sql)
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => m.Execute.Sql(sql));

        Assert.That(history.Up, Throws.TypeOf<MigrationRefusedException>().With.Message.Contains("TransactionBehavior.None"));
    }

    [Test]
    public void Pragma_foreign_keys_that_is_only_text_or_read_runs([Values(
        "SELECT 'PRAGMA foreign_keys = OFF'", "PRAGMA foreign_keys", "-- PRAGMA foreign_keys = OFF\nSELECT 1")] string sql)
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => m.Execute.Sql(sql));

        Assert.That(history.Up, Throws.Nothing);
    }

    [Test]
    public void Pragma_foreign_keys_without_a_transaction_runs()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(
            m =>
            {
                m.Execute.Sql("PRAGMA foreign_keys = OFF");
                m.Delete.FromTable("p").Row(new { id = 1 });
            },
            behaviour: TransactionBehavior.None);

        history.Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(2), "nothing cascaded");
    }

    [Test]
    public void Pooled_connections_of_the_application_keep_their_settings([Values] bool fails)
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        string pooled = new SqliteConnectionStringBuilder { DataSource = database.Path, Pooling = true, ForeignKeys = TestDatabase.EnforcesForeignKeys }.ToString();
        MigrationHistory history = new MigrationHistory(pooled).Add(
            m =>
            {
                m.Execute.Sql("PRAGMA recursive_triggers = ON; PRAGMA foreign_keys = OFF; CREATE TEMP TABLE leak(a)");
                m.Alter.Column("a").OnTable("p").AsString().NotNullable();
                m.Execute.Sql(fails ? "SELECT nonsense" : "SELECT 1");
            },
            behaviour: TransactionBehavior.None);

        Assert.That(history.Up, fails ? Throws.Exception : Throws.Nothing);

        using SqliteConnection connection = new(pooled);
        connection.Open();
        Assert.That(connection.Scalar<long>("PRAGMA foreign_keys"), Is.EqualTo(1));
        Assert.That(connection.Scalar<long>("PRAGMA recursive_triggers"), Is.Zero);
        Assert.That(connection.Scalar<long>("PRAGMA legacy_alter_table"), Is.Zero);
        Assert.That(connection.Rows("SELECT * FROM temp.sqlite_schema"), Is.Empty);
        SqliteConnection.ClearPool(connection);
    }

    [Test]
    public void Schema_changed_between_a_question_and_the_first_change_is_refused()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            if (!m.Schema.Table("t").Exists())
            {
                database.Execute("CREATE TABLE u(a)");
                m.Create.Table("t").WithColumn("id").AsInt32();
            }
        });
        history.Run(runner => _ = runner.HasMigrationsToApplyUp());

        Assert.That(history.Up, Throws.TypeOf<MigrationRefusedException>().With.Message.Contains("changed through another connection"));
        Assert.That(history.Up, Throws.Exception.With.Message.Contains("already exists"), "the second run asks the schema as it is now");
    }

    [Test]
    public void Connection_in_a_transaction_of_the_application_is_refused()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new(database.ConnectionString) { Configure = options => options.Connection = database.Connection };
        history.Add(m => m.Delete.Table("c"));
        history.Run(runner => _ = runner.HasMigrationsToApplyUp());
        using SqliteTransaction transaction = database.Connection.BeginTransaction();

        Assert.That(history.Up, Throws.Exception.With.InnerException.TypeOf<MigrationRefusedException>().And.Message.Contains("already in a transaction"));
    }

    [Test]
    public void Session_that_fails_in_its_second_migration_undoes_the_first()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new(database.ConnectionString) { IsOneTransaction = true };
        history.Add(m => m.Alter.Column("a").OnTable("p").AsString().NotNullable());
        history.Add(m => m.Execute.Sql("SELECT nonsense"));
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.That(history.Up, Throws.Exception);
        Assert.That(DatabaseSnapshot.Of(database.Connection).DifferencesFrom(before), Is.Empty);
    }

    [Test]
    public void Scope_that_the_caller_opens_holds_its_migrations([Values] bool completes)
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new(database.ConnectionString);
        history.Run(runner => _ = runner.HasMigrationsToApplyUp());

        history.Run(runner =>
        {
            using IMigrationScope scope = runner.BeginScope();
            runner.Up(new InlineMigration(m => m.Alter.Column("a").OnTable("p").AsString().NotNullable(), down: null));
            if (completes)
            {
                scope.Complete();
            }
        });

        Assert.That(database.Scalar<long>("SELECT \"notnull\" FROM pragma_table_info('p') WHERE name = 'a'"), Is.EqualTo(completes ? 1 : 0));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(2));
    }

    [Test]
    public void Unattributed_migration_without_transaction_is_carried_out_at_its_end()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new(database.ConnectionString);

        history.Run(runner => ((MigrationRunner)runner).ApplyMigrationUp(
            new FluentMigrator.Infrastructure.NonAttributedMigrationToMigrationInfoAdapter(
                new InlineMigration(m => m.Alter.Column("a").OnTable("p").AsString().NotNullable(), down: null)),
            useTransaction: false));

        Assert.That(database.Scalar<long>("SELECT \"notnull\" FROM pragma_table_info('p') WHERE name = 'a'"), Is.EqualTo(1));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(2));
    }
}
