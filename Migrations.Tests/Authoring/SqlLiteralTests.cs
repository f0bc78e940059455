using Microsoft.Data.Sqlite;
using Migrations.Core.Authoring;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

public sealed class SqlLiteralTests
{
    private static readonly object?[] Values =
    [
        null, DBNull.Value, true, false, (byte)7, (short)-7, 0, 80, -80, uint.MaxValue, long.MaxValue, long.MinValue, long.MinValue + 1,
        9007199254740993L, 12UL, 0d, 1d, -1.5, 0.1, 1e300, 5e-324, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity,
        123456789.125f, "", "it's", "'; DROP TABLE t --", "üñí☃\U0001F600", "line\r\nbreak", "42", 'x', '\'',
        Array.Empty<byte>(), new byte[] { 0, 255, 39 },
        new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        new DateTime(2026, 2, 3, 4, 5, 6), new DateTime(2026, 2, 3, 4, 5, 6, 789), new DateTime(638000000000000001), new DateTime(1, 1, 1),
        new DateTimeOffset(2026, 2, 3, 4, 5, 6, 7, TimeSpan.FromHours(-3.5)),
        new DateOnly(2026, 2, 3), new TimeOnly(4, 5), new TimeOnly(4, 5, 6, 7), new TimeSpan(1, 2, 3, 4, 5), TimeSpan.FromSeconds(-1),
        DayOfWeek.Friday,
    ];

    [TestCaseSource(nameof(Values))]
    public void Of_value_is_what_a_parameter_of_that_value_stores(object? value)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute("CREATE TABLE t (x)");
        using (SqliteCommand insert = database.Connection.CreateCommand())
        {
            insert.CommandText = "INSERT INTO t VALUES ($value)";
            insert.Parameters.AddWithValue("$value", value ?? DBNull.Value);
            insert.ExecuteNonQuery();
        }

        database.Execute($"INSERT INTO t VALUES ({SqlLiteral.Of(value)})");

        Assert.That(
            database.Scalar<string>("SELECT group_concat(typeof(x) || hex(x) || quote(x), ' | ') FROM t").Split(" | ").Distinct().Count(),
            Is.EqualTo(1),
            SqlLiteral.Of(value));
    }

    [TestCaseSource(nameof(Values))]
    public void Of_value_stands_after_DEFAULT(object? value)
    {
        using TestDatabase database = TestDatabase.InMemory();
        string literal = SqlLiteral.Of(value);
        database.Execute($"CREATE TABLE t (id INTEGER, x DEFAULT {literal}); INSERT INTO t (id) VALUES (1)");

        Assert.That(database.Scalar<long>($"SELECT x IS {literal} AND typeof(x) = typeof({literal}) FROM t"), Is.EqualTo(1));
    }

    [TestCase("0", "0", "integer")]
    [TestCase("12.50", "12.5", "real")]
    [TestCase("-0.001", "-0.001", "real")]
    [TestCase("79228162514264337593543950335", "79228162514264337593543950335.0", "text")]
    [TestCase("0.1234567890123456789", "0.1234567890123456789", "text")]
    public void Of_decimal_is_a_number_while_no_digit_is_lost(string value, string stored, string type)
    {
        using TestDatabase database = TestDatabase.InMemory();
        string literal = SqlLiteral.Of(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture));

        Assert.That(database.Rows($"SELECT CAST({literal} AS TEXT), typeof({literal})"), Is.EqualTo(new[] { new object?[] { stored, type } }));
    }

    [Test]
    public void Of_value_without_a_literal_is_refused()
    {
        Assert.That(() => SqlLiteral.Of("a\0b"), Throws.ArgumentException.With.Message.Contains("NUL character"));
        Assert.That(() => SqlLiteral.Of("\ud83d"), Throws.ArgumentException.With.Message.Contains("surrogate"));
        Assert.That(() => SqlLiteral.Of(double.NaN), Throws.ArgumentException.With.Message.Contains("NaN"));
        Assert.That(() => SqlLiteral.Of(ulong.MaxValue), Throws.ArgumentException.With.Message.Contains("18446744073709551615"));
        Assert.That(() => SqlLiteral.Of(new object()), Throws.ArgumentException.With.Message.Contains("System.Object"));
    }

    [Test]
    public void Describe_shows_text_that_has_no_literal_and_shortens_long_text()
    {
        Assert.That(SqlLiteral.Describe("a\0b"), Is.EqualTo("CAST(x'610062' AS TEXT)"));
        Assert.That(SqlLiteral.Describe(new string('x', 5000)), Has.Length.LessThan(300).And.EndsWith("..."));
        Assert.That(SqlLiteral.Describe("it's"), Is.EqualTo("'it''s'"));
    }
}
