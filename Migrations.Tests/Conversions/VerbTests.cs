using FluentMigrator;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Tests.Authoring;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Conversions;

/// <summary>The verbs that convert leave the table where it is, through FluentMigrator and without it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class VerbTests
{
    private const string Schema = """
        CREATE TABLE fired(what);
        CREATE TABLE user(id INTEGER PRIMARY KEY, email TEXT, quota INTEGER NOT NULL DEFAULT 12, state TEXT, note TEXT);
        INSERT INTO user VALUES (1, 'A@b.c', 15, 'open', 'x'), (2, 'D@e.f', 3, 'closed', NULL), (5, NULL, 0, NULL, 'z');
        CREATE TRIGGER fires AFTER UPDATE ON user BEGIN INSERT INTO fired VALUES ('update'); END;
        """;

    private static readonly object?[][] Converted =
        [[1L, "a@b.c", 100L, "0", 1L], [2L, "d@e.f", 20L, "1", null], [5L, null, 0L, null, 1L]];

    [Test]
    public void Verbs_of_the_builder_update_rows_in_one_pass()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        long root = database.Scalar<long>("SELECT rootpage FROM sqlite_schema WHERE name = 'user'");

        AlterationResult result = database.Connection.AlterTable("user", table => table
            .Convert("email", "lower(email)")
            .Convert<string?, long?>("note", text => text?.Length)
            .Rescale("quota", fromMax: 15, toMax: 100)
            .Map("state", ("open", 0), ("closed", 1))
            .AlterColumn("quota", column => column.Default(80)));

        Assert.That((result.RowsUpdated, result.RowsCopied, result.Plans.Single().Strategy), Is.EqualTo((3L, 0L, AlterationStrategy.InPlace)));
        AssertConverted(database, root);
    }

    [Test]
    public void Verbs_of_a_migration_update_rows_where_they_are()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        long root = database.Scalar<long>("SELECT rootpage FROM sqlite_schema WHERE name = 'user'");
        using MigrationRun runner = new(database, rebuildsTables: true);

        runner.Up(m =>
        {
            m.Update.Column("email").OnTable("user").Using("lower(email)");
            m.Update.Column("note").OnTable("user").Using<string?, long?>(text => text?.Length);
            m.Update.Column("quota").OnTable("user").Rescale(fromMax: 15, toMax: 100);
            m.Update.Column("state").OnTable("user").Map(("open", 0), ("closed", 1));
            m.Alter.DefaultConstraint().OnTable("user").OnColumn("quota").To(80);
        });

        AssertConverted(database, root);
    }

    [Test]
    public void Update_of_all_rows_joins_an_alteration_and_fires_nothing()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        long root = database.Scalar<long>("SELECT rootpage FROM sqlite_schema WHERE name = 'user'");
        using MigrationRun runner = new(database, rebuildsTables: true);

        runner.Up(m =>
        {
            m.Alter.Column("note").OnTable("user").AsString().NotNullable();
            m.Update.Table("user").Set(new { note = "all the same" }).AllRows();
        });

        Assert.That(database.Scalar<long>("SELECT count(*) FROM user WHERE note = 'all the same'"), Is.EqualTo(3));
        Assert.That(database.Rows("SELECT * FROM fired"), Is.Empty);
        Assert.That(database.Scalar<long>("SELECT rootpage FROM sqlite_schema WHERE name = 'user'"), Is.EqualTo(root));
        Assert.That(() => database.Execute("UPDATE user SET note = NULL"), Throws.Exception.With.Message.Contains("NOT NULL"));
    }

    [Test]
    public void Row_that_a_verb_can_not_convert_is_named_and_nothing_is_changed()
    {
        using TestDatabase database = TestDatabase.File().Execute(Schema);
        using MigrationRun runner = new(database, rebuildsTables: true);
        runner.Up(_ => { });
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        foreach (Action<Migration> up in (ReadOnlySpan<Action<Migration>>)
        [
            m => m.Update.Column("email").OnTable("user").Using<string?, string>(text => text!.ToUpperInvariant()), // NULL makes it throw.
            m => m.Update.Column("state").OnTable("user").Map(("open", 0)),
            m => m.Update.Column("email").OnTable("user").Rescale(fromMax: 15, toMax: 100),
            m => m.Update.Column("quota").OnTable("user").Using("nullif(quota, 3)"),
        ])
        {
            Assert.That(() => runner.Up(up), Throws.InstanceOf<RowsRefusedException>().With.Message.Contains("\"id\" = "));
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        }
    }

    [TestCase("5e-324", 0.0)]
    [TestCase("'15'", null)]
    [TestCase("x'3135'", null)]
    [TestCase("NULL", -1L)]
    public void Rescale_takes_numbers_and_NULL_and_nothing_else(string value, object? expected)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, {value})");

        Action alter = () => database.Connection.AlterTable("t", table => table.Rescale("v", 15, 1, nulls: -1));

        if (expected is null)
        {
            Assert.That(() => alter(), Throws.TypeOf<RowsRefusedException>());
        }
        else
        {
            alter();
            Assert.That(database.Rows("SELECT v FROM t").Single(), Is.EqualTo(new[] { expected }));
        }
    }

    private static void AssertConverted(TestDatabase database, long root)
    {
        Assert.That(database.Rows("SELECT id, email, quota, state, CAST(note AS INTEGER) FROM user"), Is.EqualTo(Converted));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM user WHERE note IS NULL OR typeof(note) = 'text'"), Is.EqualTo(3), "affinity holds");
        Assert.That(database.Rows("SELECT * FROM fired"), Is.Empty);
        Assert.That(database.Scalar<long>("SELECT rootpage FROM sqlite_schema WHERE name = 'user'"), Is.EqualTo(root), "the table is the one it was");
        Assert.That(database.Scalar<long>("INSERT INTO user(email) VALUES ('new') RETURNING quota"), Is.EqualTo(80));
        Integrity.Check(database.Connection);
    }
}
