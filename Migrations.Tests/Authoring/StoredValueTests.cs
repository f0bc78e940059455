using Migrations.Core.Authoring;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

public sealed class StoredValueTests
{
    [Test]
    public void To_null_is_null_only_where_the_type_can_be_null()
    {
        Assert.That(StoredValue.To<string>(null), Is.Null);
        Assert.That(StoredValue.To<long?>(null), Is.Null);
        Assert.That(StoredValue.To<object>(DBNull.Value), Is.Null);
        Assert.That(() => StoredValue.To<long>(null), Throws.InstanceOf<InvalidCastException>().With.Message.EqualTo("NULL is not a Int64."));
    }

    [Test]
    public void To_integer_type_takes_integers_in_its_range_and_whole_reals()
    {
        Assert.That(StoredValue.To<long>(7L), Is.EqualTo(7L));
        Assert.That(StoredValue.To<int?>(7L), Is.EqualTo(7));
        Assert.That(StoredValue.To<int>(7d), Is.EqualTo(7));
        Assert.That(() => StoredValue.To<int>(1L << 40), Throws.InstanceOf<InvalidCastException>());
        Assert.That(() => StoredValue.To<byte>(-1L), Throws.InstanceOf<InvalidCastException>());
        Assert.That(() => StoredValue.To<long>(7.5), Throws.InstanceOf<InvalidCastException>());
        Assert.That(() => StoredValue.To<long>("7"), Throws.InstanceOf<InvalidCastException>().With.Message.EqualTo("'7' is not a Int64."));
    }

    [Test]
    public void To_bool_takes_0_and_1()
    {
        Assert.That(StoredValue.To<bool>(1L), Is.True);
        Assert.That(StoredValue.To<bool>(0L), Is.False);
        Assert.That(() => StoredValue.To<bool>(2L), Throws.InstanceOf<InvalidCastException>());
    }

    [Test]
    public void To_double_takes_integers_that_it_can_hold()
    {
        Assert.That(StoredValue.To<double>(7L), Is.EqualTo(7d));
        Assert.That(StoredValue.To<double?>(0.1), Is.EqualTo(0.1));
        Assert.That(() => StoredValue.To<double>((1L << 53) + 1), Throws.InstanceOf<InvalidCastException>());
        Assert.That(() => StoredValue.To<float>(0.1), Throws.InstanceOf<InvalidCastException>());
    }

    [Test]
    public void To_string_takes_no_number()
    {
        Assert.That(StoredValue.To<string>("x"), Is.EqualTo("x"));
        Assert.That(() => StoredValue.To<string>(7L), Throws.InstanceOf<InvalidCastException>().With.Message.EqualTo("7 is not a String."));
        Assert.That(() => StoredValue.To<string>(new byte[] { 1 }), Throws.InstanceOf<InvalidCastException>());
    }

    [Test]
    public void To_object_gives_the_stored_value()
    {
        Assert.That(StoredValue.To<object>(7L), Is.EqualTo(7L));
        Assert.That(StoredValue.To<object>("x"), Is.EqualTo("x"));
    }

    [TestCase("2026-02-03")]
    [TestCase("2026-02-03 04:05")]
    [TestCase("2026-02-03T04:05:06.0070001")]
    [TestCase("2026-02-03 04:05:06Z")]
    public void To_date_and_time_takes_a_time_string_of_SQLite(string text) =>
        Assert.That(StoredValue.To<DateTime>(text).Date, Is.EqualTo(new DateTime(2026, 2, 3)));

    [TestCase("04:05")]
    [TestCase("1/2")]
    [TestCase("03.02.2026")]
    [TestCase("2026-02-30")]
    [TestCase("2026-02-03 04:05:06+02:00")]
    [TestCase("")]
    public void To_date_and_time_takes_nothing_that_depends_on_today_or_the_machine(string text) =>
        Assert.That(() => StoredValue.To<DateTime>(text), Throws.InstanceOf<InvalidCastException>());

    [Test]
    public void To_type_takes_what_From_stored()
    {
        AssertRoundTrip(new DateTime(638000000000000001));
        AssertRoundTrip(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 7, TimeSpan.FromHours(-3.5)));
        AssertRoundTrip(new DateOnly(2026, 2, 3));
        AssertRoundTrip(new TimeOnly(4, 5, 6, 7));
        AssertRoundTrip(new TimeSpan(1, 2, 3, 4, 5));
        AssertRoundTrip(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"));
        AssertRoundTrip(79228162514264337593543950335m);
        AssertRoundTrip(0.1m);
        AssertRoundTrip(DayOfWeek.Friday);
        AssertRoundTrip('ü');
        AssertRoundTrip(true);
    }

    private static void AssertRoundTrip<T>(T value)
        where T : struct => Assert.That(StoredValue.To<T>(StoredValue.From(value)), Is.EqualTo(value));
}
