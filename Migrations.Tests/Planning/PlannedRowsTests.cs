using FluentMigrator;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Planning;

/// <summary>How many rows a planned alteration will meet, as far as that can be known today.</summary>
public sealed class PlannedRowsTests
{
    private const string Books = "CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT);";

    [TestCase("ALTER TABLE t RENAME TO u", 2L)]
    [TestCase("ALTER TABLE t RENAME TO x; ALTER TABLE x RENAME TO u", 2L)]
    [TestCase("ALTER TABLE t RENAME TO u; CREATE TABLE t (a)", 2L)]
    [TestCase("ALTER TABLE t RENAME TO x; ALTER TABLE other RENAME TO u; ALTER TABLE x RENAME TO other", 3L)]
    [TestCase("CREATE TABLE u (a)", null)]
    [TestCase("DROP TABLE t; CREATE TABLE u (a)", null)]
    [TestCase("DROP TABLE t; CREATE TABLE t (a); ALTER TABLE t RENAME TO u", null)]
    [TestCase("CREATE TABLE u (a); INSERT INTO u SELECT a FROM t; DROP TABLE t", null)]
    public void Rows_are_those_of_the_table_of_today_whatever_scripts_do_before(string script, long? rows)
    {
        using DatabaseFolder file = new();
        file.Execute(Books + "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2); CREATE TABLE other (a); INSERT INTO other VALUES (1), (2), (3)");

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Execute.Sql(script)),
            new EmittedStep(2, AlterU));

        Assert.That(plan.Migrations[1].Steps.Single().Rows, Is.EqualTo(rows));
    }

    [Test]
    public void Rows_follow_alterations_and_renames_of_earlier_migrations()
    {
        using DatabaseFolder file = new();
        file.Execute(Books + "CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t(a) VALUES (1), (2)");

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Alter.Column("a").OnTable("t").AsInt32().NotNullable()),
            new EmittedStep(2, m =>
            {
                m.Alter.Column("a").OnTable("t").AsString().NotNullable();
                m.Rename.Table("t").To("u");
            }),
            new EmittedStep(3, AlterU),
            new EmittedStep(4, m =>
            {
                m.Rename.Table("u").To("T");
                m.Rename.Table("T").To("U");
            }),
            new EmittedStep(5, AlterU));

        Assert.That(plan.Migrations.SelectMany(migration => migration.Steps).Count(), Is.GreaterThan(5));
        Assert.That(plan.Migrations.SelectMany(migration => migration.Steps).Select(step => step.Rows), Has.All.EqualTo(2));
    }

    [Test]
    public void Rows_of_a_table_that_is_deleted_and_made_again_are_not_told()
    {
        using DatabaseFolder file = new();
        file.Execute(Books + "CREATE TABLE u (a); INSERT INTO u VALUES (1)");

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Delete.Table("u")),
            new EmittedStep(2, m => m.Create.Table("u").WithColumn("a").AsString().Nullable()),
            new EmittedStep(3, AlterU));

        Assert.That(plan.Migrations[2].Steps.Single().Rows, Is.Null);
    }

    private static void AlterU(Migration migration) => migration.Alter.Column("a").OnTable("u").AsString(20).NotNullable();
}
