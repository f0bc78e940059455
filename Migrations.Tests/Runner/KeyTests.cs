using System.Data;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

[TestFixture]
public sealed class KeyTests
{
    private const string Family =
        "CREATE TABLE p(id INTEGER PRIMARY KEY, code TEXT); CREATE TABLE c(id INTEGER PRIMARY KEY, pid INTEGER, note TEXT);"
        + "INSERT INTO p VALUES (1, 'a'), (2, 'b'); INSERT INTO c VALUES (10, 1, 'x'), (11, 2, 'y');";

    [Test]
    public void Create_foreign_key_on_existing_table_is_enforced_and_named()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
            m.Create.ForeignKey("fk_c_p").FromTable("c").ForeignColumn("pid").ToTable("p").PrimaryColumn("id").OnDelete(Rule.Cascade));

        history.Up();

        Assert.That(history.Ask(processor => processor.ConstraintExists(null, "c", "FK_C_P")), Is.True);
        database.Execute("DELETE FROM p WHERE id = 1");
        Assert.That(database.Rows("SELECT id FROM c"), Is.EqualTo(new object[][] { [11L] }));
        Assert.That(() => database.Execute("INSERT INTO c VALUES (12, 9, 'z')"), Throws.Exception.Message.Contains("FOREIGN KEY"));
    }

    [Test]
    public void Create_foreign_key_with_orphans_is_refused_and_changes_nothing()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family + "PRAGMA foreign_keys=OFF; INSERT INTO c VALUES (12, 9, 'z');");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
            m.Create.ForeignKey("fk_c_p").FromTable("c").ForeignColumn("pid").ToTable("p").PrimaryColumn("id"));

        Assert.That(history.Up, Throws.InstanceOf<MigrationsException>().With.Message.Contains("\"c\""));
        Assert.That(database.Rows("SELECT * FROM pragma_foreign_key_list('c')"), Is.Empty);
        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(3));
    }

    [Test]
    public void Delete_foreign_key_by_name_and_by_columns_drops_it()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(a REFERENCES p(id), b, CONSTRAINT named FOREIGN KEY (b) REFERENCES p(id));"
            + "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1);");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Delete.ForeignKey("named").OnTable("c");
            m.Delete.ForeignKey().FromTable("c").ForeignColumn("a").ToTable("p").PrimaryColumn("id");
        });

        history.Up();

        Assert.That(database.Rows("SELECT * FROM pragma_foreign_key_list('c')"), Is.Empty);
        Assert.That(history.Alterations, Has.Count.EqualTo(1));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(1));
    }

    [Test]
    public void Delete_foreign_key_that_is_not_there_is_refused()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => m.Delete.ForeignKey("nowhere").OnTable("c"));

        Assert.That(history.Up, Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("nowhere"));
    }

    [Test]
    public void Auto_reversing_column_with_inline_foreign_key_goes_up_and_down()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).AddReversing(m =>
            m.Alter.Table("c").AddColumn("other").AsInt32().Nullable().ForeignKey("fk_other", "p", "id"));
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        history.Up();
        Assert.That(database.Rows("SELECT \"from\" FROM pragma_foreign_key_list('c')"), Is.EqualTo(new object[][] { ["other"] }));
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'c'"), Does.Contain("fk_other"));

        history.Down(0);
        Assert.That(DatabaseSnapshot.Of(database.Connection).ExceptObjects("VersionInfo", "UC_Version").DifferencesFrom(before), Is.Empty);
    }

    [Test]
    public void Auto_reversing_table_with_inline_foreign_key_to_itself_goes_up_and_down()
    {
        using TestDatabase database = TestDatabase.File();
        MigrationHistory history = new MigrationHistory(database.ConnectionString).AddReversing(m => m.Create.Table("tree")
            .WithColumn("id").AsInt32().PrimaryKey().WithColumn("parent").AsInt32().Nullable().ForeignKey("fk_parent", "tree", "id"));

        history.Up();
        database.Execute("INSERT INTO tree VALUES (1, NULL), (2, 1)");
        history.Down(0);

        Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'tree'"), Is.Zero);
    }

    [Test]
    public void Unique_constraint_made_and_deleted_by_name_holds_in_between()
    {
        using TestDatabase database = TestDatabase.File().Execute(Family);
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
            .Add(m => m.Create.UniqueConstraint("uc_code").OnTable("p").Column("code"))
            .Add(m => m.Delete.UniqueConstraint("UC_CODE").FromTable("p"));

        history.Run(runner => runner.MigrateUp(1));
        Assert.That(history.Ask(processor => processor.ConstraintExists("", "p", "uc_code")), Is.True);
        Assert.That(() => database.Execute("UPDATE p SET code = 'a'"), Throws.Exception.Message.Contains("UNIQUE"));

        history.Up();
        Assert.That(() => database.Execute("UPDATE p SET code = 'a'"), Throws.Nothing);
        Assert.That(history.Alterations, Is.Empty, "an index needs no alteration of the table");
    }

    [Test]
    public void Delete_unique_constraint_written_in_the_table_drops_it()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            "CREATE TABLE t(a, b UNIQUE, CONSTRAINT ua UNIQUE (a)); INSERT INTO t VALUES (1, 1), (2, 2)");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Delete.UniqueConstraint("ua").FromTable("t");
            m.Delete.UniqueConstraint().FromTable("t").Column("b");
        });

        history.Up();

        Assert.That(() => database.Execute("UPDATE t SET a = 1, b = 1"), Throws.Nothing);
        Assert.That(history.Alterations, Has.Count.EqualTo(1));
    }

    [Test]
    public void Primary_key_is_created_and_deleted()
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t(a INTEGER NOT NULL, b TEXT NOT NULL); INSERT INTO t VALUES (1, 'x'), (2, 'x')");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(
            m => m.Create.PrimaryKey("pk_t").OnTable("t").Columns("a", "b"),
            m => m.Delete.PrimaryKey("pk_t").FromTable("t"));

        history.Up();
        Assert.That(() => database.Execute("INSERT INTO t VALUES (1, 'x')"), Throws.Exception.Message.Contains("UNIQUE"));
        Assert.That(history.Ask(processor => processor.ConstraintExists(null, "t", "pk_t")), Is.True);

        history.Down(0);
        Assert.That(() => database.Execute("INSERT INTO t VALUES (1, 'x')"), Throws.Nothing);
    }

    [Test]
    public void Delete_primary_key_without_a_name_in_the_table_drops_it()
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t(a TEXT PRIMARY KEY, b); INSERT INTO t VALUES ('x', 1)");
        new MigrationHistory(database.ConnectionString).Add(m => m.Delete.PrimaryKey("PK_t").FromTable("t")).Up();

        Assert.That(() => database.Execute("INSERT INTO t VALUES ('x', 2)"), Throws.Nothing);
    }

    [Test]
    public void Add_column_as_identity_numbers_the_rows_that_are_there()
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t(a TEXT); INSERT INTO t VALUES ('x'), ('y'); DELETE FROM t WHERE a = 'x'");
        new MigrationHistory(database.ConnectionString).Add(m => m.Alter.Table("t").AddColumn("id").AsInt64().PrimaryKey().Identity()).Up();

        Assert.That(database.Rows("SELECT id, a FROM t"), Is.EqualTo(new object[][] { [2L, "y"] }));
        Assert.That(database.Scalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 't'"), Is.EqualTo(2));
    }

    [Test]
    public void Delete_table_that_rows_refer_to_with_cascade_is_refused()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(pid REFERENCES p ON DELETE CASCADE); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => m.Delete.Table("p"));

        Assert.That(history.Up, Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("\"c\" (\"pid\") ON DELETE CASCADE: 1 rows"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(1));
    }

    [Test]
    public void Delete_table_after_its_referring_table_is_deleted_succeeds()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(pid REFERENCES p ON DELETE CASCADE); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);");
        new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Delete.Table("c");
            m.Delete.Table("p");
        }).Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name IN ('p', 'c')"), Is.Zero);
    }

    [Test]
    public void AddUnique_in_a_batch_is_a_constraint_and_outside_an_index()
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b); INSERT INTO t VALUES (1, 'x', 'y');");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Alter.TableBatch("t", batch => batch.AddUnique(["a"], "uq_a"));
            m.Create.UniqueConstraint("uq_b").OnTable("t").Column("b");
        });

        history.Up();

        Assert.That(database.Rows("SELECT name, origin FROM pragma_index_list('t') ORDER BY seq DESC"),
            Is.EqualTo(new object[][] { ["sqlite_autoindex_t_1", "u"], ["uq_b", "c"] }));
        Assert.That(() => database.Execute("INSERT INTO t VALUES (2, 'x', 'z')"), Throws.Exception.Message.Contains("UNIQUE"));
        Assert.That(() => database.Execute("INSERT INTO t VALUES (2, 'z', 'y')"), Throws.Exception.Message.Contains("UNIQUE"));
    }
}
