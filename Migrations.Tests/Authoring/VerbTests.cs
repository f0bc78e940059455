using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

/// <summary>Which expressions each verb adds, and what they become on the way down.</summary>
public sealed class VerbTests
{
    [Test]
    public void Alter_DefaultConstraint_is_FluentMigrators_own_expression()
    {
        var expression = (AlterDefaultConstraintExpression)Single(m => m.Alter.DefaultConstraint().OnTable("user").InSchema("aux").OnColumn("x").To(80));

        Assert.That(
            (expression.SchemaName, expression.TableName, expression.ColumnName, expression.DefaultValue),
            Is.EqualTo(("aux", "user", "x", (object)80)));
    }

    [Test]
    public void Alter_DefaultConstraint_takes_null_a_function_and_an_expression()
    {
        Assert.That(Default(m => m.Alter.DefaultConstraint().OnTable("user").OnColumn("x").To(null)), Has.Property("Value").EqualTo("NULL"));
        Assert.That(
            Default(m => m.Alter.DefaultConstraint().OnTable("user").OnColumn("x").To(SystemMethods.CurrentUTCDateTime)),
            Is.EqualTo(SystemMethods.CurrentUTCDateTime));
        Assert.That(
            Default(m => m.Alter.DefaultConstraint().OnTable("user").OnColumn("x").ToExpression("random()")),
            Has.Property("Value").EqualTo("(random())"));

        static object Default(Action<Migration> up) => ((AlterDefaultConstraintExpression)Single(up)).DefaultValue;
    }

    [Test]
    public void Create_CheckConstraint_carries_the_change_and_reverses_to_its_deletion()
    {
        var create = (CreateCheckConstraintExpression)Single(m => m.Create.CheckConstraint("ck").OnTable("user").InSchema("aux").WithExpression("quota >= 0"));
        var delete = (DeleteCheckConstraintExpression)create.Reverse();

        Assert.That((create.SchemaName, create.TableName), Is.EqualTo(("aux", "user")));
        Assert.That(create.Change, Is.EqualTo(new AddCheck(new SqlIdentifier("ck"), "quota >= 0")));
        Assert.That((delete.SchemaName, delete.TableName), Is.EqualTo(("aux", "user")));
        Assert.That(delete.Change, Is.EqualTo(new DropCheck(new SqlIdentifier("ck"), Expression: null)));
        Assert.That(((CreateCheckConstraintExpression)delete.Reverse()).Change, Is.EqualTo(create.Change));
    }

    [Test]
    public void Delete_CheckConstraint_is_not_reversible()
    {
        var delete = (DeleteCheckConstraintExpression)Single(m => m.Delete.CheckConstraint("ck").FromTable("user"));

        Assert.That(delete.Change, Is.EqualTo(new DropCheck(new SqlIdentifier("ck"), Expression: null)));
        Assert.That(() => delete.Reverse(), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("Delete.CheckConstraint of user: ck"));
    }

    [Test]
    public void Update_Column_carries_the_conversion()
    {
        var sql = (ConvertColumnExpression)Single(m => m.Update.Column("email").OnTable("user").InSchema("aux").Using("lower(email)"));
        var function = (ConvertColumnExpression)Single(m => m.Update.Column("created").OnTable("user").Using<string, long>(long.Parse));
        var rescale = (ConvertColumnExpression)Single(m => m.Update.Column("x").OnTable("user").Rescale(fromMax: 15, toMax: 100));

        Assert.That((sql.SchemaName, sql.TableName), Is.EqualTo(("aux", "user")));
        Assert.That(sql.Change, Is.EqualTo(new ConvertColumn("email", new SqlConversion("lower(email)"))));
        Assert.That(() => sql.Reverse(), Throws.InstanceOf<NotSupportedException>());
        Assert.That(((FunctionConversion)((ConvertColumn)function.Change).Conversion).Function("17"), Is.EqualTo(17L));
        Assert.That(() => function.Reverse(), Throws.InstanceOf<NotSupportedException>());
        Assert.That(rescale.Change.ToString(), Does.Contain("(\"x\" * 100.0 / 15.0)"));
        Assert.That(((ConvertColumnExpression)rescale.Reverse()).Change.ToString(), Does.Contain("(\"x\" * 15.0 / 100.0)"));
    }

    [Test]
    public void Update_Column_Map_reverses_when_it_is_one_to_one()
    {
        var map = (ConvertColumnExpression)Single(m => m.Update.Column("state").OnTable("order").Map(("open", 0), ("closed", 1)));
        var merge = (ConvertColumnExpression)Single(m => m.Update.Column("state").OnTable("order").Map(("open", 0), ("new", 0)));

        Assert.That(map.ToString(), Is.EqualTo("Update.Column of order: state map 'open' to 0, 'closed' to 1"));
        Assert.That(map.Reverse().ToString(), Is.EqualTo("Update.Column of order: state map 0 to 'open', 1 to 'closed'"));
        Assert.That(() => merge.Reverse(), Throws.InstanceOf<NotSupportedException>());
    }

    [Test]
    public void Validation_names_what_is_missing()
    {
        using TestDatabase database = TestDatabase.InMemory();
        using MigrationRun runner = new(database);

        Assert.That(
            runner.Validate(m => m.Create.CheckConstraint("ck").OnTable("user")),
            Is.EqualTo(new[] { "Create.CheckConstraint: The constraint's expression is missing." }));
        Assert.That(
            runner.Validate(m => m.Delete.CheckConstraint("ck")),
            Is.EqualTo(new[] { "Delete.CheckConstraint does not say which table it is about." }));
        Assert.That(
            runner.Validate(m => m.Update.Column("x").OnTable("user")),
            Is.EqualTo(new[] { "Update.Column: What becomes of the values is missing: say Using, Map or Rescale." }));
        Assert.That(
            runner.Validate(m => m.Update.Column("x").OnTable("user").Map()),
            Is.EqualTo(new[] { "Update.Column: The mapping has no values." }));
        Assert.That(
            runner.Validate(m => m.Alter.DefaultConstraint().OnTable("user").OnColumn("x")),
            Is.EqualTo(new[] { "Alter.DefaultConstraint of user.x does not say the default: say To." }));
        Assert.That(
            runner.Validate(m => m.Alter.TableBatch("user", batch => batch.MoveColumn("x"))),
            Is.EqualTo(new[] { "MoveColumn: Where to is missing: say First, Last, After or Before." }));
        Assert.That(
            runner.Validate(m => m.Execute.RefuseRows("user", "", "why")),
            Is.EqualTo(new[] { "Execute.RefuseRows needs a table, a query and a reason." }));
        Assert.That(runner.Validate(m => m.Alter.TableBatch("user", batch => batch.AlterColumn("x"))), Has.Exactly(1).Items);
        Assert.That(runner.Validate(m => m.Create.CheckConstraint("ck").OnTable("user").WithExpression("1")), Is.Empty);
    }

    [Test]
    public void Verbs_of_another_database_are_not_collected()
    {
        using TestDatabase database = TestDatabase.InMemory();
        using MigrationRun runner = new(database);

        Assert.That(
            runner.Collect(m => m.IfDatabase("postgres").Create.CheckConstraint("ck").OnTable("user").WithExpression("1")), Is.Empty);
    }

    private static IMigrationExpression Single(Action<Migration> up)
    {
        using TestDatabase database = TestDatabase.InMemory();
        using MigrationRun runner = new(database);
        return runner.Collect(up).Single();
    }
}
