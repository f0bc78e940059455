using FluentMigrator;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;
using Rule = System.Data.Rule;

namespace Migrations.Tests.Runner;

/// <summary>Foreign keys stay enforced in a migration that copies no table: its data statements cascade, and break nothing.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Children)]
internal sealed class EnforcedForeignKeyTests
{
    private const string Tables =
        "CREATE TABLE p(id INTEGER PRIMARY KEY, a INTEGER NOT NULL DEFAULT 1 CONSTRAINT ck CHECK (a > 0), u TEXT, CONSTRAINT uq UNIQUE (u));"
        + "INSERT INTO p(id) VALUES (1), (2);"
        + "CREATE TABLE c(id INTEGER PRIMARY KEY, pid INT CONSTRAINT fk REFERENCES p(id) ON DELETE CASCADE, b INT);"
        + "INSERT INTO c VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2);"
        + "CREATE TABLE d(id INTEGER PRIMARY KEY, pid INT); INSERT INTO d VALUES (1, 1), (2, 2);";

    private static readonly Dictionary<string, Action<Migration>> Edits = new(StringComparer.Ordinal)
    {
        ["default changed"] = m => m.Alter.DefaultConstraint().OnTable("p").OnColumn("a").To(2),
        ["default dropped"] = m => m.Delete.DefaultConstraint().OnTable("p").OnColumn("a"),
        ["check added"] = m => m.Create.CheckConstraint("ck_id").OnTable("p").WithExpression("id > 0"),
        ["check dropped"] = m => m.Delete.CheckConstraint("ck").FromTable("p"),
        ["foreign key added"] = m => m.Create.ForeignKey("fk_b").FromTable("c").ForeignColumn("b").ToTable("p").PrimaryColumn("id"),
        ["batch"] = m => m.Alter.TableBatch("p", batch => batch.AddCheck("ck_id", "id > 0").DropCheck("ck")),
        ["column added beside a default"] = m =>
        {
            m.Create.Column("x").OnTable("p").AsInt32().Nullable();
            m.Alter.DefaultConstraint().OnTable("p").OnColumn("a").To(2);
        },
    };

    private static IEnumerable<string> EditNames => Edits.Keys;

    [TestCaseSource(nameof(EditNames))]
    public void Cascade_in_a_migration_that_only_edits_a_table_acts(string edit)
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Execute.Sql("UPDATE c SET b = 2");
            Edits[edit](m);
            m.Delete.FromTable("p").Row(new { id = 1 });
        });

        history.Up();

        Assert.That(history.Alterations.SelectMany(alteration => alteration.Plans).Select(plan => plan.Strategy), Has.None.EqualTo(AlterationStrategy.Copy));
        Assert.That(database.Connection.Rows("SELECT id FROM c"), Is.EqualTo(new[] { new object[] { 3L } }));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Cascade_of_a_foreign_key_that_the_migration_itself_adds_acts()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Create.ForeignKey("fk_d").FromTable("d").ForeignColumn("pid").ToTable("p").PrimaryColumn("id").OnDelete(Rule.Cascade);
            m.Delete.FromTable("p").Row(new { id = 1 });
        });

        history.Up();

        Assert.That(database.Connection.Rows("SELECT id FROM d"), Is.EqualTo(new[] { new object[] { 2L } }));
    }

    [Test]
    public void Insert_without_a_parent_fails_at_once_in_a_migration_that_only_edits_a_table()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            Edits["default changed"](m);
            m.Insert.IntoTable("c").Row(new { id = 9, pid = 99 });
        });

        Assert.That(() => history.Up(), Throws.Exception.With.InnerException.Message.Contains("FOREIGN KEY constraint failed"));

        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'p'"), Does.Contain("DEFAULT 1"));
    }

    [TestCase("mode")]
    [TestCase("batch")]
    [TestCase("defensive")]
    [TestCase("type")]
    public void Row_that_loses_its_parent_in_a_migration_that_copies_is_found_before_the_commit(string reason)
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
        {
            Configure = options =>
            {
                options.Mode = reason == "mode" ? RebuildMode.AlwaysCopy : RebuildMode.Auto;
                options.ConnectionOpened = reason == "defensive" ? SetDefensive : null;
            },
        }.Add(m =>
        {
            m.Alter.TableBatch(
                "p",
                batch => _ = reason == "type"
                    ? batch.AlterColumn("u", column => column.AsInt32().Nullable())
                    : batch.AddCheck("ck_id", "id > 0"),
                new BatchOptions { Mode = reason is "batch" or "mode" ? RebuildMode.AlwaysCopy : RebuildMode.Auto });
            m.Delete.FromTable("p").Row(new { id = 1 });
        });

        Assert.That(() => history.Up(), Throws.InstanceOf<ForeignKeyViolationException>().With.Property(nameof(ForeignKeyViolationException.Count)).EqualTo(2));

        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(3));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM p"), Is.EqualTo(2));
    }

    [Test]
    public void Column_that_is_added_and_changed_in_one_pass_is_no_reason_to_refuse_a_table_that_others_refer_to()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Create.Column("x").OnTable("p").AsInt32().Nullable().WithDefaultValue(3);
            m.Alter.DefaultConstraint().OnTable("p").OnColumn("x").To(4);
        });

        history.Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(3));
        database.Execute("INSERT INTO p(id) VALUES (5)");
        Assert.That(database.Scalar<long>("SELECT x FROM p WHERE id = 5"), Is.EqualTo(4));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Delete_index_that_names_a_constraint_of_a_table_that_others_refer_to_copies_it()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => m.Delete.Index("uq").OnTable("p"));

        history.Up();

        database.Execute("INSERT INTO p(id, u) VALUES (5, 'x'), (6, 'x')");
        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(3));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Copy_that_turns_out_to_be_needed_is_refused_where_other_tables_refer_to_the_table()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Execute.WithConnection((connection, _) => SetDefensive((Microsoft.Data.Sqlite.SqliteConnection)connection));
            Edits["default changed"](m);
        });

        Assert.That(
            () => history.Up(),
            Throws.InstanceOf<AlterationRefusedException>().With.Message.Contains("foreign keys are enforced").And.Message.Contains("\"c\""));

        Assert.That(DatabaseSnapshot.Of(database.Connection).DifferencesFrom(before).Where(line => !line.Contains("VersionInfo", StringComparison.Ordinal) && !line.Contains("UC_Version", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Copy_that_turns_out_to_be_needed_keeps_the_rows_of_a_table_that_none_refers_to()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Execute.WithConnection((connection, _) => SetDefensive((Microsoft.Data.Sqlite.SqliteConnection)connection));
            m.Alter.DefaultConstraint().OnTable("c").OnColumn("b").To(7);
            m.Delete.FromTable("p").Row(new { id = 1 });
        });

        history.Up();

        Assert.That(history.Alterations.Single().Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.Copy));
        Assert.That(database.Connection.Rows("SELECT id, pid, b FROM c"), Is.EqualTo(new[] { new object[] { 3L, 2L, 2L } }), "the others were deleted by the cascade");
        database.Execute("INSERT INTO c(id) VALUES (4)");
        Assert.That(database.Scalar<long>("SELECT b FROM c WHERE id = 4"), Is.EqualTo(7));
        Integrity.Check(database.Connection);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Foreign_key_to_the_table_itself_is_held_to_the_rows_that_the_whole_migration_leaves(bool isPutRight)
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, parent INT); INSERT INTO t VALUES (1, NULL), (2, 5)");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Create.ForeignKey("fk_t").FromTable("t").ForeignColumn("parent").ToTable("t").PrimaryColumn("id");
            m.Execute.Sql(isPutRight ? "UPDATE t SET parent = 1 WHERE parent = 5" : "UPDATE t SET parent = NULL WHERE parent = 6");
        });

        if (isPutRight)
        {
            history.Up();
            Assert.That(() => database.Execute("INSERT INTO t VALUES (3, 9)"), Throws.Exception.With.Message.Contains("FOREIGN KEY"));
        }
        else
        {
            Assert.That(() => history.Up(), Throws.InstanceOf<ForeignKeyViolationException>());
            Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'"), Does.Not.Contain("REFERENCES"));
        }
    }

    [Test]
    public void Default_of_a_column_whose_rows_have_no_parent_already_can_be_changed()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            Tables + "PRAGMA foreign_keys=OFF; ALTER TABLE d ADD COLUMN q INT DEFAULT 9 REFERENCES p(id); PRAGMA foreign_keys=ON");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => m.Alter.DefaultConstraint().OnTable("d").OnColumn("q").To(1));

        history.Up();

        Assert.That(database.Connection.Rows("SELECT q FROM d"), Is.EqualTo(new[] { new object[] { 9L }, [9L] }));
    }

    private static void SetDefensive(Microsoft.Data.Sqlite.SqliteConnection connection) =>
        raw.sqlite3_db_config(connection.Handle, DatabaseFolder.Defensive, 1, out _);
}
