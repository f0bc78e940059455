using System.Diagnostics.CodeAnalysis;
using Migrations.Testing;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

/// <summary>Rows as records, classes and structs.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made of rows.")]
public sealed class QueryObjectTests
{
    [Test]
    public void Records_take_columns_by_the_names_of_their_parameters()
    {
        using MigratedDatabase database = Database();
        database.Insert("user", new { email = "a@b.c", spam_threshold = 12 }, new { email = "d@e.f", created = new DateTime(2026, 1, 31) });

        Assert.That(database.Query<User>("SELECT created, spam_threshold, email, id FROM user ORDER BY id"), Is.EqualTo(
        [
            new User(1, "a@b.c", 12, null),
            new User(2, "d@e.f", 10, new DateTime(2026, 1, 31)),
        ]));
    }

    [Test]
    public void What_a_record_inserts_it_reads_back()
    {
        using MigratedDatabase database = Database();
        User user = new(7, "a@b.c", 3, new DateTime(2026, 1, 31, 13, 0, 1));

        database.Insert("user", user);

        Assert.That(database.Single<User>("SELECT id, email, spam_threshold, created FROM user"), Is.EqualTo(user));
    }

    [Test]
    public void Classes_take_columns_by_properties_that_can_be_set_or_initialised()
    {
        using MigratedDatabase database = Database();

        Settable row = database.Single<Settable>("SELECT 'x' AS NAME, 5 AS first_number, 7 AS required_number");

        Assert.That((row.Name, row.FirstNumber, row.RequiredNumber, row.Untouched), Is.EqualTo(("x", 5, 7, "default")));
    }

    [Test]
    public void Structs_are_made_by_their_constructor_or_their_properties()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Single<PointRecord>("SELECT 1 AS x, 2 AS y"), Is.EqualTo(new PointRecord(1, 2)));
        Point point = database.Single<Point>("SELECT 1 AS x, 2 AS y");
        Assert.That((point.X, point.Y), Is.EqualTo((1, 2)));
    }

    [Test]
    public void The_constructor_with_most_parameters_for_which_there_are_columns_is_taken()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Single<Several>("SELECT 1 AS a").How, Is.EqualTo("one"));
        Assert.That(database.Single<Several>("SELECT 1 AS a, 2 AS b").How, Is.EqualTo("two"));
        Assert.That(database.Single<Several>("SELECT 5 AS later").How, Is.EqualTo("none"));
        Assert.That(database.Single<Several>("SELECT 1 AS a, 5 AS later").Later, Is.EqualTo(5));
    }

    [Test]
    public void A_parameter_without_a_column_takes_its_default()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Single<Optional>("SELECT 1 AS a"), Is.EqualTo(new Optional(1)));
        Assert.That(database.Single<Optional>("SELECT 1 AS a, 'y' AS b, 4 AS day"), Is.EqualTo(new Optional(1, "y", DayOfWeek.Thursday)));
    }

    [Test]
    public void A_constructor_parameter_without_a_column_is_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<User>("SELECT id, email FROM user"), Throws.InvalidOperationException.With.Message.EqualTo(
            "No column is given for constructor parameter \"SpamThreshold\", \"Created\" of User. The columns: \"id\", \"email\"." + Environment.NewLine
            + "SELECT id, email FROM user"));
    }

    [Test]
    public void A_column_without_a_place_is_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<User>("SELECT id, email, spam_threshold, created, quota FROM user"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column \"quota\" has no place in User: its constructor parameters and properties that can be set are \"Id\", \"Email\", \"SpamThreshold\", \"Created\"."));
        Assert.That(() => database.Query<Settable>("SELECT 1 AS required_number, 2 AS fixed_number"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column \"fixed_number\" has no place in Settable"));
        Assert.That(() => database.Query<Empty>("SELECT 1 AS a"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column \"a\" has no place in Empty: it has neither constructor parameters nor properties that can be set."));
    }

    [Test]
    public void A_required_property_without_a_column_is_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<Settable>("SELECT 'x' AS name"), Throws.InvalidOperationException.With.Message.StartsWith(
            "No column is given for property \"RequiredNumber\" of Settable, which is required. The columns: \"name\"."));
        Assert.That(database.Single<SetsRequired>("SELECT 5 AS other").Number, Is.EqualTo(1));
    }

    [Test]
    public void Two_columns_of_one_name_are_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<PointRecord>("SELECT 1 AS x, 2 AS X, 3 AS y"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Several columns are named \"x\". Give them names of their own with AS, so that each has its place in PointRecord."));
    }

    [Test]
    public void Names_that_differ_by_underscores_mean_the_nearest_column()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Single<PointRecord>("SELECT 1 AS _x, 2 AS Y"), Is.EqualTo(new PointRecord(1, 2)));
        Assert.That(() => database.Query<PointRecord>("SELECT 1 AS x, 3 AS x_, 2 AS y"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column \"x_\" has no place in PointRecord"));
        Assert.That(() => database.Query<PointRecord>("SELECT 1 AS _x, 3 AS x_, 2 AS y"), Throws.InvalidOperationException.With.Message.StartsWith(
            "No column is given for constructor parameter \"X\" of PointRecord."));
    }

    [Test]
    public void A_value_that_does_not_fit_names_column_and_place()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<PointRecord>("SELECT 1 AS x, 2.5 AS y"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Row 1: Column \"y\" holds 2.5, a REAL, which constructor parameter \"Y\" of PointRecord, int, can't be without loss."));
        Assert.That(() => database.Query<Point>("SELECT 1 AS x, NULL AS y"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Row 1: Column \"y\" is NULL, which property \"Y\" of Point, int, can't be. Ask for int?."));
    }

    [Test]
    public void A_place_that_no_column_can_become_is_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<Holder>("SELECT 1 AS row"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column \"row\" can't become constructor parameter \"Row\" of Holder, which is User."));
    }

    [Test]
    public void Classes_that_can_not_be_made_are_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<Closed>("SELECT 1 AS a"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Closed has no public constructor, so a row can't become one."));
        Assert.That(() => database.Query<Shape>("SELECT 1 AS a"), Throws.InvalidOperationException.With.Message.StartsWith("A row can't become Shape."));
    }

    [Test]
    public void An_exception_of_a_constructor_or_property_comes_as_it_is()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<Careful>("SELECT -1 AS a"), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => database.Query<Careful>("SELECT 1 AS a, 'x' AS name"), Throws.TypeOf<NotSupportedException>());
    }

    private static MigratedDatabase Database() => MigratedDatabase.After<Users>(In(DatabaseStorage.Memory));

    private sealed record User(int Id, string Email, int SpamThreshold, DateTime? Created);

    private sealed record Optional(int A, string B = "x", DayOfWeek Day = DayOfWeek.Monday);

    private readonly record struct PointRecord(int X, int Y);

    private struct Point
    {
        public int X { get; set; }

        public int Y { get; init; }
    }

    private sealed class Settable
    {
        public string? Name { get; set; }

        public int FirstNumber { get; init; }

        public required int RequiredNumber { get; init; }

        public int FixedNumber { get; }

        public string Untouched { get; private set; } = "default";
    }

    private sealed class SetsRequired
    {
        [SetsRequiredMembers]
        public SetsRequired() => Number = 1;

        public required int Number { get; init; }

        public int Other { get; init; }
    }

    private sealed class Several
    {
        public Several() => How = "none";

        public Several(int a) => How = $"one{a}"[..3];

        public Several(int a, int b) => How = $"two{a}{b}"[..3];

        public string How { get; }

        public int Later { get; set; }
    }

    private sealed class Empty;

    private sealed record Holder(User Row);

    private sealed class Closed
    {
        private Closed()
        {
        }

        public int A { get; set; }
    }

    private abstract class Shape
    {
        public int A { get; set; }
    }

    private sealed class Careful
    {
        public Careful(int a)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(a);
            A = a;
        }

        public int A { get; }

        public string Name
        {
            get => "";
            set => throw new NotSupportedException(value);
        }
    }
}
