using FluentMigrator;
using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Infrastructure;
using FluentMigrator.Infrastructure.Extensions;
using FluentMigrator.Runner;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

[TestFixture]
public sealed class IndexTests
{
    private const string Table = "CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 0), (1, 0), (2, 1);";

    [Test]
    public void Filter_of_another_database_is_kept([Values("SqlServerIndexFilter", "PostgresIndexFilter")] string key)
    {
        using TestDatabase database = TestDatabase.File().Execute(Table);
        new MigrationHistory(database.ConnectionString).Add(m => Create(m, unique: true, key, "b = 1")).Up();

        Assert.That(() => database.Execute("INSERT INTO t VALUES (1, 0)"), Throws.Nothing);
        Assert.That(() => database.Execute("INSERT INTO t VALUES (2, 1)"), Throws.Exception.Message.Contains("UNIQUE"));
    }

    [Test]
    public void Included_columns_are_refused([Values("SqlServerIncludes", "PostgresIncludes")] string key)
    {
        using TestDatabase database = TestDatabase.File().Execute(Table);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m => Create(m, unique: false, key, new List<string> { "b" }));

        Assert.That(history.Up, Throws.TypeOf<MigrationRefusedException>().With.Message.Contains(key));
    }

    [Test]
    public void Loose_compatibility_skips_nothing()
    {
        using TestDatabase database = TestDatabase.File().Execute(Table);
        MigrationHistory history = new(database.ConnectionString)
        {
            AddDatabase = builder => builder.AddSQLite(compatibilityMode: FluentMigrator.Runner.CompatibilityMode.LOOSE),
        };
        history.Add(m => m.Alter.Column("b").OnTable("t").AsInt32().NotNullable());
        history.Up();
        history.Add(m => m.Create.Sequence("s"));

        Assert.That(() => database.Execute("INSERT INTO t VALUES (1, NULL)"), Throws.Exception.Message.Contains("t.b"));
        Assert.That(history.Up, Throws.Exception);
        Assert.That(database.Scalar<long>("SELECT max(Version) FROM VersionInfo"), Is.EqualTo(1));
    }

    [Test]
    public void Index_of_a_changed_table_is_made_and_dropped_within_its_alteration()
    {
        using TestDatabase database = TestDatabase.File().Execute(Table + "CREATE INDEX ix ON t(b);");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Delete.Index("ix").OnTable("t");
            m.Delete.Column("b").FromTable("t");
            m.Create.Index("ix_a").OnTable("t").OnColumn("a").Descending();
        });

        history.Up();

        Assert.That(history.Alterations, Has.Count.EqualTo(1));
        Assert.That(database.Rows("SELECT name FROM pragma_index_list('t')"), Is.EqualTo(new object[][] { ["ix_a"] }));
        Assert.That(database.Rows("SELECT * FROM t"), Is.EqualTo(new object[][] { [1L], [1L], [2L] }));
    }

    [Test]
    public void Data_statements_keep_their_place_between_alterations()
    {
        using TestDatabase database = TestDatabase.File().Execute(Table);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Execute.Sql("CREATE TABLE seen AS SELECT 'before' AS moment, count(*) AS n FROM pragma_table_info('t')");
            m.Alter.Table("t").AddColumn("c").AsInt32().NotNullable().WithDefaultValue(5);
            m.Execute.Sql("INSERT INTO seen SELECT 'between', count(*) FROM pragma_table_info('t')");
            m.Delete.Column("a").FromTable("t");
            m.Delete.Column("b").FromTable("t");
            m.Execute.WithConnection((connection, transaction) =>
            {
                using System.Data.IDbCommand command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "INSERT INTO seen SELECT 'after', count(*) FROM pragma_table_info('t')";
                command.ExecuteNonQuery();
            });
        });

        history.Up();

        Assert.That(
            database.Rows("SELECT moment, n FROM seen"), Is.EqualTo(new object[][] { ["before", 2L], ["between", 3L], ["after", 1L] }));
        Assert.That(history.Alterations, Has.Count.EqualTo(2));
    }

    [Test]
    public void Update_of_all_rows_within_an_alteration_is_part_of_it_and_alone_fires_triggers()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            Table + "CREATE TABLE log(x); CREATE TRIGGER tr AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (new.a); END;");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Alter.Column("a").OnTable("t").AsString().NotNullable();
            m.Update.Table("t").Set(new { b = 9 }).AllRows();
            m.Alter.Column("b").OnTable("t").AsInt32().NotNullable();
        });

        history.Up();
        Assert.That(history.Alterations, Has.Count.EqualTo(1));
        Assert.That(database.Rows("SELECT DISTINCT b FROM t"), Is.EqualTo(new object[][] { [9L] }));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM log"), Is.Zero);

        history.Add(m => m.Update.Table("t").Set(new { b = 8 }).AllRows()).Up();
        Assert.That(database.Scalar<long>("SELECT count(*) FROM log"), Is.EqualTo(3));
    }

    [Test]
    public void Batch_is_one_alteration()
    {
        using TestDatabase database = TestDatabase.File().Execute(Table);
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
            m.Alter.TableBatch("t", batch => batch.DropColumn("a").RenameColumn("b", "c")));

        history.Up();

        Assert.That(history.Alterations, Has.Count.EqualTo(1));
        Assert.That(database.Rows("SELECT c FROM t"), Is.EqualTo(new object[][] { [0L], [0L], [1L] }));
    }

    [Test]
    public void Rename_table_and_column_follow_into_views()
    {
        using TestDatabase database = TestDatabase.File().Execute(Table + "CREATE VIEW v AS SELECT a FROM t;");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).AddReversing(m =>
        {
            m.Rename.Column("a").OnTable("t").To("x");
            m.Rename.Table("t").To("u");
        });

        history.Up();
        Assert.That(database.Rows("SELECT x FROM u"), Has.Count.EqualTo(3));
        Assert.That(database.Rows("SELECT * FROM v"), Has.Count.EqualTo(3));

        history.Down(0);
        Assert.That(database.Rows("SELECT a, b FROM t"), Has.Count.EqualTo(3));
        Assert.That(database.Rows("SELECT * FROM v"), Has.Count.EqualTo(3));
    }

    private static void Create(Migration migration, bool unique, string key, object value)
    {
        ICreateIndexOnColumnSyntax index = migration.Create.Index("ix").OnTable("t").OnColumn("a").Ascending();
        if (unique)
        {
            index.WithOptions().Unique();
        }

        ((ISupportAdditionalFeatures)index.WithOptions()).SetAdditionalFeature(key, value);
    }
}
