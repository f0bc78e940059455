using FluentMigrator;
using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

[TestFixture]
public sealed class AlterColumnTests
{
    private const string Users =
        "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE NOT NULL DEFAULT 'nobody', age TEXT, CHECK (length(name) > 0));"
        + "INSERT INTO users(id, name, age) VALUES (1, 'Ann', '30'), (2, 'Bob', '40');";

    [Test]
    public void Alter_column_to_not_null_refuses_null_and_keeps_default_and_collation()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users);
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
            .Add(m => m.Alter.Column("age").OnTable("users").AsString().NotNullable());

        history.Up();

        Assert.That(() => database.Execute("INSERT INTO users(name) VALUES ('x')"), Throws.Exception.Message.Contains("users.age"));
        Assert.That(database.Scalar<string>("INSERT INTO users(age) VALUES ('1') RETURNING name"), Is.EqualTo("nobody"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM users WHERE name = 'ANN'"), Is.EqualTo(1));
    }

    [Test]
    public void Alter_column_without_nullability_and_default_changes_neither()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users);
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
            .Add(m =>
            {
                m.Alter.Column("name").OnTable("users").AsCustom("VARCHAR(50)");
                m.Alter.Column("age").OnTable("users").AsCustom("VARCHAR(3)");
            });

        history.Up();

        Assert.That(
            database.Rows("SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('users')"),
            Is.EqualTo(new object?[][] { ["id", "INTEGER", 0L, null], ["name", "VARCHAR(50)", 1L, "'nobody'"], ["age", "VARCHAR(3)", 0L, null] }));
        Assert.That(history.Alterations, Has.Count.EqualTo(1), "neighbouring changes of one table are one alteration");
    }

    [Test]
    public void Alter_column_over_null_is_refused_and_leaves_version_and_schema()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users + "INSERT INTO users(id, name) VALUES (3, 'Cy');");
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Create.Table("other").WithColumn("id").AsInt32().PrimaryKey();
            m.Alter.Column("age").OnTable("users").AsString().NotNullable();
        });
        string before = database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'users'");

        Assert.That(history.Up, Throws.TypeOf<RowsRefusedException>().With.Property(nameof(RowsRefusedException.Count)).EqualTo(1));
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'users'"), Is.EqualTo(before));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'other'"), Is.Zero);
        Assert.That(database.Scalar<long>("SELECT count(*) FROM VersionInfo"), Is.Zero);
    }

    [Test]
    public void Add_column_not_null_with_existing_rows_fills_them_in_one_alteration()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users);
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
            .Add(m => m.Alter.Table("users").AddColumn("state").AsString(10).SetExistingRowsTo("old").NotNullable());

        history.Up();

        Assert.That(database.Rows("SELECT state FROM users"), Is.EqualTo(new object[][] { ["old"], ["old"] }));
        Assert.That(() => database.Execute("INSERT INTO users(name) VALUES ('x')"), Throws.Exception.Message.Contains("users.state"));
        Assert.That(history.Alterations, Has.Count.EqualTo(1));
    }

    [Test]
    public void Add_column_with_computed_default_gives_existing_rows_a_value()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users);
        new MigrationHistory(database.ConnectionString)
            .Add(m => m.Alter.Table("users").AddColumn("at").AsDateTime().NotNullable().WithDefault(SystemMethods.CurrentUTCDateTime)
                .AddColumn("uid").AsGuid().NotNullable().WithDefault(SystemMethods.NewGuid))
            .Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM users WHERE at GLOB '20??-*'"), Is.EqualTo(2));
        database.Execute("INSERT INTO users(name) VALUES ('Dee')");
        Assert.That(Guid.TryParse(database.Scalar<string>("SELECT uid FROM users WHERE name = 'Dee'"), out _), Is.True);
    }

    [Test]
    public void Add_column_unique_makes_one_index()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users);
        new MigrationHistory(database.ConnectionString)
            .Add(m => m.Alter.Table("users").AddColumn("code").AsString().Nullable().Unique("ux_code"))
            .Up();

        Assert.That(database.Rows("SELECT name, origin FROM pragma_index_list('users')"), Is.EqualTo(new object[][] { ["ux_code", "c"] }));
        Assert.That(() => database.Execute("UPDATE users SET code = 'a'"), Throws.Exception.Message.Contains("UNIQUE"));
    }

    [Test]
    public void Alter_column_default_applies_to_new_rows_only()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users);
        new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Alter.Column("age").OnTable("users").AsString().WithDefaultValue("18");
            m.Delete.DefaultConstraint().OnTable("users").OnColumn("name");
        }).Up();

        database.Execute("INSERT INTO users(name) VALUES ('x')");
        Assert.That(database.Rows("SELECT age FROM users ORDER BY id"), Is.EqualTo(new object[][] { ["30"], ["40"], ["18"] }));
        Assert.That(() => database.Execute("INSERT INTO users(age) VALUES ('1')"), Throws.Exception.Message.Contains("users.name"));
    }

    [Test]
    public void Alter_column_to_identity_numbers_rows_without_reuse()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users);
        new MigrationHistory(database.ConnectionString)
            .Add(m => m.Alter.Column("id").OnTable("users").AsInt64().PrimaryKey().Identity())
            .Up();

        database.Execute("DELETE FROM users WHERE id = 2; INSERT INTO users(name) VALUES ('x')");
        Assert.That(database.Scalar<long>("SELECT max(id) FROM users"), Is.EqualTo(3));
    }

    [Test]
    public void Alter_column_to_primary_key_beside_another_is_refused()
    {
        using TestDatabase database = TestDatabase.File().Execute(Users);
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
            .Add(m => m.Alter.Column("name").OnTable("users").AsString().PrimaryKey());

        Assert.That(history.Up, Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("another primary key"));
    }

    [Test]
    public void Alter_column_of_attached_database_changes_that_database()
    {
        using TestDatabase database = TestDatabase.File().Attach("other");
        database.Execute("CREATE TABLE other.t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO other.t VALUES (1, 'x'); CREATE TABLE t(a)");
        MigrationHistory history = new MigrationHistory(database.ConnectionString) { Configure = options => options.Connection = database.Connection };
        history.Add(m => m.Alter.Column("a").OnTable("t").InSchema("other").AsString().NotNullable().WithDefaultValue("Default"));

        history.Up();

        Assert.That(database.Rows("SELECT \"notnull\", dflt_value FROM pragma_table_info('t', 'other') WHERE name = 'a'"), Is.EqualTo(new object[][] { [1L, "'Default'"] }));
        Assert.That(database.Scalar<string>("SELECT a FROM other.t"), Is.EqualTo("x"));
        Assert.That(history.Ask(processor => processor.DefaultValueExists("other", "t", "a", "Default")), Is.True);
        Assert.That(database.Connection.State, Is.EqualTo(System.Data.ConnectionState.Open));
    }
}
