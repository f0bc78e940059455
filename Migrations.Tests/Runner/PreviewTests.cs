using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

[TestFixture]
public sealed class PreviewTests
{
    [Test]
    public void Preview_of_several_migrations_shows_what_would_run_and_changes_nothing()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX ix ON t(a); INSERT INTO t VALUES (1, 'x'); CREATE VIEW v AS SELECT a FROM t;"
            + "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;");
        MigrationHistory history = new MigrationHistory(database.ConnectionString) { IsPreview = true }
            .Add(m => m.Alter.Table("t").AddColumn("b").AsString().Nullable())
            .Add(m => m.Rename.Column("b").OnTable("t").To("renamed"))
            .Add(m =>
            {
                m.Alter.Column("renamed").OnTable("t").AsInt32().NotNullable();
                m.Insert.IntoTable("t").Row(new { a = "y", renamed = 2 });
            });
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        history.Up();

        Assert.That(DatabaseSnapshot.Of(database.Connection).DifferencesFrom(before), Is.Empty);
        string log = string.Join('\n', history.Log.Lines);
        Assert.That(log, Does.Contain("ADD COLUMN").And.Contain("\"renamed\"").And.Contain("INSERT INTO \"t\""));
        Assert.That(log, Does.Contain("CREATE INDEX \"main\".ix"));
        Assert.That(history.Alterations.Select(alteration => alteration.Table), Is.EqualTo(new[] { "t", "t", "t" }));
    }

    [Test]
    public void Preview_of_a_file_that_is_not_there_does_not_create_it()
    {
        using TestDatabase database = TestDatabase.File();
        string path = database.Path + ".new";
        MigrationHistory history = new MigrationHistory($"Data Source={path}") { IsPreview = true }
            .Add(m => m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey());

        history.Up();

        Assert.That(File.Exists(path), Is.False);
        Assert.That(history.Log.Lines, Has.Some.Contains("CREATE TABLE \"t\""));
    }

    [Test]
    public void Preview_leaves_out_what_has_run()
    {
        using TestDatabase database = TestDatabase.File();
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
            .Add(m => m.Create.Table("first").WithColumn("id").AsInt32().PrimaryKey());
        history.Up();
        history.Add(m => m.Create.Table("second").WithColumn("id").AsInt32().PrimaryKey()).IsPreview = true;
        int logged = history.Log.Lines.Count;

        history.Up();

        string log = string.Join('\n', history.Log.Lines.Skip(logged));
        Assert.That(log, Does.Contain("\"second\"").And.Not.Contain("\"first\""));
        Assert.That(database.Scalar<long>("SELECT max(Version) FROM VersionInfo"), Is.EqualTo(1));
    }

    [Test]
    public void Preview_answers_questions_as_after_the_migrations_before()
    {
        using TestDatabase database = TestDatabase.File();
        bool? seen = null;
        MigrationHistory history = new MigrationHistory(database.ConnectionString) { IsPreview = true }
            .Add(m => m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey())
            .Add(m => seen = m.Schema.Table("t").Exists());

        history.Up();

        Assert.That(seen, Is.True);
    }

    [Test]
    public void Preview_does_not_run_code_or_reach_files()
    {
        using TestDatabase database = TestDatabase.File();
        string copy = database.Path + ".copy";
        bool ran = false;
        MigrationHistory history = new MigrationHistory(database.ConnectionString) { IsPreview = true }.Add(m =>
        {
            m.Execute.WithConnection((_, _) => ran = true);
            m.Execute.Sql($"ATTACH '{copy}' AS other");
        });

        history.Up();

        Assert.That(ran, Is.False);
        Assert.That(File.Exists(copy), Is.False);
        Assert.That(history.Log.Lines, Has.Some.Contains("not run in a preview"));
        Assert.That(history.Log.Lines, Has.Some.Contains("not tried"));
    }

    [Test]
    public void Preview_says_what_its_copy_of_the_schema_lacks()
    {
        using TestDatabase database = TestDatabase.File();
        database.Connection.CreateFunction("twice", (long value) => value * 2, isDeterministic: true);
        database.Execute("CREATE TABLE t(a INTEGER, b GENERATED ALWAYS AS (twice(a))); CREATE TABLE u(a); INSERT INTO u VALUES (1)");
        MigrationHistory history = new MigrationHistory(database.ConnectionString) { IsPreview = true }
            .Add(m => m.Alter.Column("a").OnTable("u").AsString().NotNullable());

        history.Up();

        Assert.That(history.Log.Lines, Has.Some.Contains("twice"));
        Assert.That(history.Alterations, Has.Count.EqualTo(1));
    }

    [Test]
    public void Preview_with_the_functions_registered_lacks_nothing()
    {
        using TestDatabase database = TestDatabase.File();
        database.Connection.CreateFunction("twice", (long value) => value * 2, isDeterministic: true);
        database.Execute("CREATE TABLE t(a INTEGER, b GENERATED ALWAYS AS (twice(a))); INSERT INTO t VALUES (1)");
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
        {
            IsPreview = true,
            Configure = options => options.ConnectionOpened =
                connection => connection.CreateFunction("twice", (long value) => value * 2, isDeterministic: true),
        };
        history.Add(m => m.Alter.Column("a").OnTable("t").AsInt64().NotNullable());

        history.Up();

        Assert.That(history.Log.Lines, Has.None.Contains("missing from the copy"));
        Assert.That(history.Alterations, Has.Count.EqualTo(1));
    }

    [Test]
    public void Preview_of_a_migration_that_would_fail_fails()
    {
        using TestDatabase database = TestDatabase.File();
        MigrationHistory history = new MigrationHistory(database.ConnectionString) { IsPreview = true }
            .Add(m => m.Delete.Column("a").FromTable("missing"));

        Assert.That(history.Up, Throws.InstanceOf<Migrations.Core.MigrationsException>().With.Message.Contains("missing"));
    }
}
