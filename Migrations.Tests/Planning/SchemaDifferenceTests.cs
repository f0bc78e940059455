using Migrations.Runner;
using Migrations.Runner.Planning;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Planning;

/// <summary>What a plan shows of CREATE statements.</summary>
public sealed class SchemaDifferenceTests
{
    private const string Schema =
        "CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT); CREATE TABLE same (a);"
        + "CREATE INDEX ia ON t (a); CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END; INSERT INTO t VALUES (1, 'x', 2)";

    [Test]
    public void Tables_are_compared_line_by_line_whatever_they_are_called_now()
    {
        using DatabaseFolder file = new();
        file.Execute(Schema);

        UpgradePlan plan = file.Plan(new EmittedStep(1, m =>
        {
            m.Alter.Column("b").OnTable("t").AsString(20).NotNullable();
            m.Rename.Table("t").To("u");
        }));

        SchemaDifference table = plan.Migrations.Single().Differences.Single(difference => difference.Object == "table \"u\"");
        Assert.That(
            table.Lines.Select(line => line.Replace("main.", "", StringComparison.Ordinal)),
            Has.One.Match("^- CREATE TABLE t").And.One.Match("^\\+ CREATE TABLE \"u\"").And.One.StartsWith("-     b INT").And.One.Match("^\\+     b .*NOT NULL").And.None.Match("^[+-].* a TEXT"));
        Assert.That(plan.ToString(), Does.Contain("-- table \"u\":"));
    }

    [Test]
    public void Objects_that_come_and_go_are_shown_and_others_are_not()
    {
        using DatabaseFolder file = new();
        file.Execute(Schema);

        UpgradePlan plan = file.Plan(
            EmittedStep.Sql(1, "CREATE VIEW v AS SELECT a FROM t; CREATE TABLE n (x, y)"),
            EmittedStep.Sql(2, "DROP INDEX ia; DROP TRIGGER tr; CREATE INDEX ia ON t (a, b)"),
            EmittedStep.Sql(3, "UPDATE t SET a = 'y'"),
            EmittedStep.Sql(4, "DROP TABLE t"));

        Assert.That(
            plan.Migrations.Select(migration => string.Join("; ", migration.Differences.Select(difference => difference.Object))),
            Is.EqualTo(new[] { "view \"v\"; table \"n\"", "trigger \"tr\"; index \"ia\"", "", "table \"t\"; index \"ia\"" }));
        Assert.That(plan.Migrations[1].Differences[1].Lines, Is.EqualTo(new[] { "- CREATE INDEX ia ON t (a)", "+ CREATE INDEX ia ON t (a, b)" }));
        Assert.That(plan.Migrations[0].Differences.SelectMany(difference => difference.Lines), Has.All.StartsWith("+ "));
        Assert.That(plan.Migrations[3].Differences.SelectMany(difference => difference.Lines), Has.All.StartsWith("- "));
    }

    [Test]
    public void A_text_of_several_lines_stays_a_comment()
    {
        using DatabaseFolder file = new();
        file.Execute(Schema);

        UpgradePlan plan = file.Plan(EmittedStep.Sql(1, "CREATE TABLE n (x DEFAULT 'one\ntwo; DROP TABLE t');"));

        file.Execute(plan.ToString());
        Assert.That(file.Rows("SELECT * FROM t"), Has.Count.EqualTo(1));
    }
}
