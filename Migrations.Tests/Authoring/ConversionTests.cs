using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

/// <summary>What a conversion's SQL gives, by SQLite's own account.</summary>
public sealed class ConversionTests
{
    [Test]
    public void Map_swaps_values_and_keeps_NULL()
    {
        using TestDatabase database = Filled("TEXT", "'open'", "'closed'", "NULL");
        SqlConversion map = Sql(new MapConversion([("open", "closed"), ("closed", "open")]));

        Assert.That(Converted(database, map), Is.EqualTo(new object?[] { "closed", "open", null }));
        Assert.That(Unconvertible(database, map), Is.Empty);
    }

    [Test]
    public void Map_other_value_is_unconvertible()
    {
        using TestDatabase database = Filled("TEXT", "'open'", "'Open'", "''", "x'6f70656e'", "NULL");
        SqlConversion map = Sql(new MapConversion([("open", 0)]));

        Assert.That(Unconvertible(database, map), Is.EqualTo(new object?[] { "Open", "", "open"u8.ToArray() }));
    }

    [Test]
    public void Map_of_a_NOCASE_column_tells_cases_apart()
    {
        using TestDatabase database = Filled("TEXT COLLATE NOCASE", "'open'", "'OPEN'");
        SqlConversion map = Sql(new MapConversion([("open", 0)]));

        Assert.That(Unconvertible(database, map), Is.EqualTo(new object?[] { "OPEN" }));
    }

    [Test]
    public void Map_of_NULL_gives_its_value()
    {
        using TestDatabase database = Filled("INTEGER", "NULL", "1");
        SqlConversion map = Sql(new MapConversion([(null, -1), (1, null)]));

        Assert.That(Converted(database, map), Is.EqualTo(new object?[] { -1L, null }));
        Assert.That(Unconvertible(database, map), Is.Empty);
    }

    [Test]
    public void Map_of_NULL_alone_refuses_all_else()
    {
        using TestDatabase database = Filled("INTEGER", "NULL", "1");

        Assert.That(Unconvertible(database, Sql(new MapConversion([(null, 0)]))), Is.EqualTo(new object?[] { 1L }));
    }

    [Test]
    public void Map_compares_by_the_column_affinity()
    {
        using TestDatabase text = Filled("TEXT", "1", "2");
        using TestDatabase number = Filled("INTEGER", "'1'", "2");
        SqlConversion fromNumbers = Sql(new MapConversion([(1, "one"), (2, "two")]));
        SqlConversion fromText = Sql(new MapConversion([("1", "one"), ("2", "two")]));

        Assert.That(Converted(text, fromNumbers), Is.EqualTo(new object?[] { "one", "two" }));
        Assert.That(Converted(number, fromText), Is.EqualTo(new object?[] { "one", "two" }));
        Assert.That(Unconvertible(text, fromNumbers), Is.Empty);
        Assert.That(Unconvertible(number, fromText), Is.Empty);
    }

    [Test]
    public void Map_with_a_value_twice_or_none_is_at_fault()
    {
        Assert.That(new MapConversion([("a", 1), ("a", 2)]).Faults, Is.EqualTo(new[] { "The mapping says twice what 'a' becomes." }));
        Assert.That(new MapConversion([]).Faults, Is.EqualTo(new[] { "The mapping has no values." }));
        Assert.That(new MapConversion([("a", new object())]).Faults.Single(), Does.Contain("System.Object"));
    }

    [Test]
    public void Reverse_of_a_map_is_there_when_it_is_one_to_one()
    {
        using TestDatabase database = Filled("INTEGER", "0", "1", "NULL");
        ColumnConversion? back = new MapConversion([("open", 0), ("closed", 1)]).Reverse();

        Assert.That(back, Is.Not.Null);
        Assert.That(Converted(database, Sql(back!)), Is.EqualTo(new object?[] { "open", "closed", null }));
        Assert.That(new MapConversion([("open", 0), ("new", 0)]).Reverse(), Is.Null);
        Assert.That(new MapConversion([("open", null), ("closed", 1)]).Reverse(), Is.Null, "the NULLs that were there can't be told apart");
        Assert.That(new MapConversion([(null, "none"), ("x", null)]).Reverse(), Is.Not.Null);
    }

    [TestCase(Rounding.None, new object[] { 66.66666666666667, -66.66666666666667, 50.0, 0.0, 3.3333333333333335 })]
    [TestCase(Rounding.Truncate, new object[] { 66L, -66L, 50L, 0L, 3L })]
    [TestCase(Rounding.Nearest, new object[] { 67L, -67L, 50L, 0L, 3L })]
    [TestCase(Rounding.Floor, new object[] { 66L, -67L, 50L, 0L, 3L })]
    [TestCase(Rounding.Ceiling, new object[] { 67L, -66L, 50L, 0L, 4L })]
    public void Rescale_rounds_as_asked(Rounding rounding, object[] expected)
    {
        using TestDatabase database = Filled("", "10", "-10", "7.5", "0", "0.5");

        Assert.That(Converted(database, Sql(new RescaleConversion(15, 100, rounding, nulls: null))), Is.EqualTo(expected));
    }

    [Test]
    public void Rescale_nearest_takes_halves_away_from_zero()
    {
        using TestDatabase database = Filled("", "1", "-1", "3");

        Assert.That(
            Converted(database, Sql(new RescaleConversion(2, 1, Rounding.Nearest, nulls: null))),
            Is.EqualTo(new object?[] { 1L, -1L, 2L }));
    }

    [Test]
    public void Rescale_keeps_NULL_unless_a_value_is_given()
    {
        using TestDatabase database = Filled("", "NULL", "15");

        Assert.That(Converted(database, Sql(new RescaleConversion(15, 100, Rounding.None, nulls: null))), Is.EqualTo(new object?[] { null, 100.0 }));
        Assert.That(Converted(database, Sql(new RescaleConversion(15, 100, Rounding.Truncate, nulls: 0))), Is.EqualTo(new object?[] { 0L, 100L }));
        Assert.That(Converted(database, Sql(new RescaleConversion(15, 100, Rounding.Floor, nulls: 0.5))), Is.EqualTo(new object?[] { 0.5, 100L }));
    }

    [Test]
    public void Rescale_of_what_is_no_number_or_too_large_is_unconvertible()
    {
        using TestDatabase database = Filled("", "'7'", "'abc'", "x'31'", "NULL", "3", "9223372036854775807", "9e999");

        Assert.That(
            Unconvertible(database, Sql(new RescaleConversion(15, 100, Rounding.Floor, nulls: null))),
            Is.EqualTo(new object?[] { "7", "abc", "1"u8.ToArray(), long.MaxValue, double.PositiveInfinity }));
        Assert.That(
            Unconvertible(database, Sql(new RescaleConversion(15, 100, Rounding.None, nulls: null))),
            Is.EqualTo(new object?[] { "7", "abc", "1"u8.ToArray() }));
    }

    [Test]
    public void Rescale_from_0_is_at_fault()
    {
        Assert.That(new RescaleConversion(0, 100, Rounding.None, nulls: null).Faults, Is.EqualTo(new[] { "fromMax must be a number other than 0." }));
        Assert.That(new RescaleConversion(1, double.NaN, (Rounding)9, double.NaN).Faults.Count(), Is.EqualTo(3));
    }

    [Test]
    public void Reverse_of_rescale_is_there_without_rounding_and_with_NULL_kept()
    {
        using TestDatabase database = Filled("", "50", "100");

        Assert.That(
            Converted(database, Sql(new RescaleConversion(15, 100, Rounding.None, nulls: null).Reverse()!)),
            Is.EqualTo(new object?[] { 7.5, 15.0 }));
        Assert.That(new RescaleConversion(15, 100, Rounding.Nearest, nulls: null).Reverse(), Is.Null);
        Assert.That(new RescaleConversion(15, 100, Rounding.None, nulls: 0).Reverse(), Is.Null);
    }

    [Test]
    public void Function_takes_typed_values_and_stores_as_parameters_do()
    {
        Func<object?, object?> length = Function(new ClrConversion<string?, int?>(text => text?.Length));
        Func<object?, object?> date = Function(new ClrConversion<long, DateOnly>(day => new DateOnly(2026, 1, 1).AddDays((int)day)));

        Assert.That(length("abc"), Is.EqualTo(3L));
        Assert.That(length(null), Is.Null);
        Assert.That(() => length(7L), Throws.InstanceOf<InvalidCastException>().With.Message.EqualTo("7 is not a String."));
        Assert.That(date(31L), Is.EqualTo("2026-02-01"));
        Assert.That(() => date(null), Throws.InstanceOf<InvalidCastException>());
    }

    [Test]
    public void Using_nothing_is_at_fault() =>
        Assert.That(new ExpressionConversion(" ").Faults, Is.EqualTo(new[] { "The expression of the new value is empty." }));

    private static TestDatabase Filled(string type, params string[] values) => TestDatabase.InMemory()
        .Execute($"CREATE TABLE t (id INTEGER PRIMARY KEY, \"c d\" {type})")
        .Execute($"INSERT INTO t (\"c d\") VALUES {string.Join(", ", values.Select(value => $"({value})"))}");

    private static SqlConversion Sql(ColumnConversion conversion) => (SqlConversion)conversion.ForSqlite("c d");

    private static Func<object?, object?> Function(ColumnConversion conversion) =>
        ((FunctionConversion)conversion.ForSqlite("c d")).Function;

    private static object?[] Converted(TestDatabase database, SqlConversion conversion) =>
        [.. database.Rows($"SELECT {conversion.Expression} FROM t ORDER BY id").Select(row => row[0])];

    private static object?[] Unconvertible(TestDatabase database, SqlConversion conversion) =>
        [.. database.Rows($"SELECT \"c d\" FROM t WHERE {conversion.Unconvertible} ORDER BY id").Select(row => row[0])];
}
