using FluentMigrator;
using FluentMigrator.Runner.Constraints;

namespace Migrations.Tests.Status;

#pragma warning disable CA1812 // Made by FluentMigrator.

/// <summary>Classes at the borders of what FluentMigrator takes for a migration.</summary>
internal static class AwkwardMigrations
{
    [Tags("marked")]
    public interface IMarked;

    public abstract class Step : Migration
    {
        public override void Up() => Create.Table(GetType().Name).WithColumn("id").AsInt64().PrimaryKey();

        public override void Down() => Delete.Table(GetType().Name);
    }

    [Migration(1)]
    public sealed class Plain : Step;

    [Migration(2, "in words")]
    public class Described : Step;

    // The attribute is not inherited.
    public sealed class Derived : Described;

    [Migration(3)]
    public abstract class Abstract : Step;

    [Migration(4)]
    [Tags("a")]
    public sealed class TaggedA : Step;

    [Migration(5)]
    [Tags("a", "b")]
    public sealed class TaggedBoth : Step;

    [Migration(6)]
    [Tags(TagBehavior.RequireAny, "a", "b")]
    public sealed class TaggedAny : Step;

    [Migration(7)]
    public sealed class TaggedByInterface : Step, IMarked;

    [Tags("a")]
    public abstract class TaggedBase : Step;

    [Migration(8)]
    public sealed class TaggedByBase : TaggedBase;

#pragma warning disable MA0010, RCS1203 // What an attribute of an attribute without usage inherits is part of the test.
    public sealed class OwnAttribute(int version) : MigrationAttribute(version * 100L, TransactionBehavior.None, "own");

    [Own(9)]
    public sealed class WithOwnAttribute : Step;

    [AttributeUsage(AttributeTargets.Class, Inherited = true)]
    public sealed class InheritedAttribute() : MigrationAttribute(10);

    [Inherited]
    public abstract class InheritsFrom : Step;

    public sealed class Inherits : InheritsFrom;

    [Profile("test")]
    public sealed class ForProfile : Step;

    [Maintenance(MigrationStage.AfterAll)]
    public sealed class ForMaintenance : Step;

    [Migration(11)]
    public sealed class NoMigration;

    [Migration(12)]
    public sealed class AutoReversing : AutoReversingMigration
    {
        public override void Up() => Create.Table("t12").WithColumn("id").AsInt64().PrimaryKey();
    }

    [Migration(13)]
    public sealed class Open<T> : Step
    {
        public T? Value { get; set; }
    }

    [Migration(2)]
    public sealed class AgainTwo : Step;

    [Migration(4)]
    [Tags("b")]
    public sealed class AgainFourForB : Step;

    [Migration(14)]
    [Own(14)]
    public sealed class TwoVersions : Step;

    [Migration(-5)]
    public sealed class Negative : Step;

    [Migration(20)]
    [CurrentVersionMigrationConstraint(2)]
    public sealed class WhenAtTwo : Step;

    public sealed class NeverAttribute() : MigrationConstraintAttribute(_ => false);

    [Migration(21)]
    [Never]
    public sealed class HeldBack : Step;
}
