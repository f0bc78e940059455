using System.Globalization;
using Migrations.Testing;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

/// <summary>Columns as single values.</summary>
public sealed class QueryValueTests
{
    private readonly MigratedDatabase database = MigratedDatabase.Before<Users>(In(DatabaseStorage.Memory));

    private enum State : byte
    {
        Open = 1,
        Closed = 2,
    }

    [OneTimeTearDown]
    public void Drop() => database.Dispose();

    [Test]
    public void Integers_are_read_as_every_type_that_holds_them()
    {
        Read<bool>("1", true);
        Read<bool>("0", false);
        Read<sbyte>("-128", sbyte.MinValue);
        Read<byte>("255", byte.MaxValue);
        Read<short>("-32768", short.MinValue);
        Read<ushort>("65535", ushort.MaxValue);
        Read<int>("-2147483648", int.MinValue);
        Read<uint>("4294967295", uint.MaxValue);
        Read<long>("-9223372036854775807 - 1", long.MinValue);
        Read<ulong>("9223372036854775807", long.MaxValue);
        Read<float>("16777216", 16777216f);
        Read<double>("9007199254740992", 9007199254740992d);
        Read<decimal>("9223372036854775807", long.MaxValue);
        Read<State>("2", State.Closed);
        Read<DayOfWeek>("5", DayOfWeek.Friday);
        Read<object>("7", 7L);
    }

    [Test]
    public void Reals_are_read_as_types_that_hold_them_exactly()
    {
        Read<double>("0.1", 0.1);
        Read<double>("9e999", double.PositiveInfinity);
        Read<float>("0.5", 0.5f);
        Read<decimal>("0.1", 0.1m);
        Read<object>("7.0", 7d);
    }

    [Test]
    public void Text_is_read_as_what_it_says()
    {
        Read<string>("''", "");
        Read<string>("'a' || char(0) || 'b'", "a\0b");
        Read<char>("'x'", 'x');
        Read<decimal>("'-1.50'", -1.50m);
        Read<Guid>("'0F8FAD5B-D9CB-469F-A165-70867728950E'", new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"));
        Read<DateTime>("'2026-01-31 13:00:00.25'", new DateTime(2026, 1, 31, 13, 0, 0, 250));
        Read<DateTime>("datetime(0, 'unixepoch')", DateTime.UnixEpoch);
        Read<DateTime>("'2026-01-31T13:00:00Z'", new DateTime(2026, 1, 31, 13, 0, 0));
        Read<DateTimeOffset>("'2026-01-31 13:00:00+02:00'", new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.FromHours(2)));
        Read<DateOnly>("'2026-01-31'", new DateOnly(2026, 1, 31));
        Read<TimeOnly>("'13:05:01.5'", new TimeOnly(13, 5, 1, 500));
        Read<TimeSpan>("'1.02:03:04'", new TimeSpan(1, 2, 3, 4));
        Read<object>("'abc'", "abc");
        Assert.That(database.Single<DateTime>("SELECT '2026-01-31T13:00:00Z'").Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [Test]
    public void Blobs_are_read_as_bytes_and_Guids()
    {
        Read<byte[]>("x'00ff'", [0, 255]);
        Read<byte[]>("x''", []);
        Read<Guid>("x'00112233445566778899aabbccddeeff'", new Guid(Convert.FromHexString("00112233445566778899AABBCCDDEEFF")));
        Read<object>("x'01'", new byte[] { 1 });
    }

    [Test]
    public void NULL_is_read_where_the_type_takes_it()
    {
        Read<string?>("NULL", null);
        Read<byte[]?>("NULL", null);
        Read<object?>("NULL", null);
        Read<int?>("NULL", null);
        Read<State?>("NULL", null);
        Read<DateTime?>("NULL", null);
        Read<int?>("5", 5);
        Read<State?>("1", State.Open);
    }

    [Test]
    public void What_is_written_by_a_parameter_is_read_back()
    {
        Back(true);
        Back(State.Open);
        Back(byte.MaxValue);
        Back(long.MinValue);
        Back(0.1f);
        Back(double.Epsilon);
        Back(123456789.123456789m);
        Back('ß');
        Back("text");
        Back(Guid.NewGuid());
        Back(new DateTime(2026, 1, 31, 13, 0, 0).AddTicks(1));
        Back(new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.FromHours(-3)).AddTicks(1));
        Back(new DateOnly(1, 1, 1));
        Back(TimeOnly.MaxValue);
        Back(TimeSpan.MinValue);
        Back(TimeSpan.FromTicks(1));
    }

    [Test]
    public void Nothing_is_read_that_would_lose_or_hide_something()
    {
        Refused<int>("5.5", "holds 5.5, a REAL, which int can't be without loss. Ask for double, or for object.");
        Refused<long>("66.0", "holds 66.0, a REAL, which long can't be without loss.");
        Refused<bool>("1.0", "holds 1.0, a REAL, which bool");
        Refused<State>("1.0", "holds 1.0, a REAL, which State");
        Refused<byte>("300", "holds 300, an INTEGER, which byte can't be without loss. Ask for long, or for object.");
        Refused<uint>("-1", "holds -1, an INTEGER, which uint");
        Refused<bool>("2", "holds 2, an INTEGER, which bool");
        Refused<State>("256", "holds 256, an INTEGER, which State");
        Refused<double>("9007199254740993", "holds 9007199254740993, an INTEGER, which double");
        Refused<float>("0.1", "holds 0.1, a REAL, which float");
        Refused<decimal>("1e300", "holds 1E+300, a REAL, which decimal");
        Refused<string>("5", "holds 5, an INTEGER, which string");
        Refused<char>("5", "holds 5, an INTEGER, which char");
        Refused<DateTime>("2461072", "holds 2461072, an INTEGER, which DateTime");
        Refused<DateTime>("2461072.5", "holds 2461072.5, a REAL, which DateTime");
        Refused<int>("'abc'", "holds 'abc', a TEXT, which int can't be without loss. Ask for string, or for object.");
        Refused<int>("'5'", "holds '5', a TEXT, which int");
        Refused<double>("'1.5'", "holds '1.5', a TEXT, which double");
        Refused<bool>("'true'", "holds 'true', a TEXT, which bool");
        Refused<char>("'xy'", "holds 'xy', a TEXT, which char");
        Refused<decimal>("'1,5'", "holds '1,5', a TEXT, which decimal");
        Refused<Guid>("'nothing'", "holds 'nothing', a TEXT, which Guid");
        Refused<DateTime>("'31.1.2026'", "holds '31.1.2026', a TEXT, which DateTime");
        Refused<DateTime>("'2026-01-31 13:00:00+02:00'", "holds '2026-01-31 13:00:00+02:00', a TEXT, which DateTime");
        Refused<DateOnly>("'2026-01-31 13:00:00'", "which DateOnly");
        Refused<State>("'Open'", "holds 'Open', a TEXT, which State");
        Refused<byte[]>("'abc'", "holds 'abc', a TEXT, which byte[]");
        Refused<string>("x'41'", "holds x'41', a BLOB, which string can't be without loss. Ask for byte[], or for object.");
        Refused<Guid>("x'41'", "holds x'41', a BLOB, which Guid");
    }

    [Test]
    public void NULL_is_refused_where_the_type_does_not_take_it()
    {
        Refused<int>("NULL", "is NULL, which int can't be. Ask for int?.");
        Refused<State>("NULL", "is NULL, which State can't be. Ask for State?.");
        Refused<DateTime>("NULL", "is NULL, which DateTime can't be. Ask for DateTime?.");
    }

    [Test]
    public void An_error_names_the_row_the_column_and_the_query()
    {
        Assert.That(
            () => database.Query<byte>("SELECT column1 AS quota FROM (VALUES (1), (300))"),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Row 2: Column \"quota\" holds 300, an INTEGER, which byte can't be without loss. Ask for long, or for object." + Environment.NewLine
                + "SELECT column1 AS quota FROM (VALUES (1), (300))"));
    }

    [Test]
    public void One_value_takes_one_column()
    {
        Assert.That(() => database.Query<int?>("SELECT 1 AS a, 2 AS b"), Throws.InvalidOperationException.With.Message.EqualTo(
            "int? takes one column, and the query gives 2: \"a\", \"b\"." + Environment.NewLine + "SELECT 1 AS a, 2 AS b"));
    }

    [Test]
    public void Types_that_no_row_can_become_are_refused()
    {
        foreach (Action query in new Action[]
        {
            () => database.Query<int[]>("SELECT 1"),
            () => database.Query<string[]>("SELECT 1"),
            () => database.Query<IDisposable>("SELECT 1"),
            () => database.Query<Action>("SELECT 1"),
            () => database.Query<(int, int)?>("SELECT 1, 2"),
            () => database.Query<nint>("SELECT 1"),
            () => database.Query<Stream>("SELECT 1"),
        })
        {
            Assert.That(query, Throws.InvalidOperationException.With.Message.StartsWith("A row can't become "));
        }
    }

    [Test]
    public void A_query_without_rows_gives_none_and_still_needs_fitting_columns()
    {
        Assert.That(database.Query<int>("SELECT 1 WHERE 0"), Is.Empty);
        Assert.That(() => database.Query<int>("SELECT 1, 2 WHERE 0"), Throws.InvalidOperationException);
    }

    [Test]
    public void A_statement_without_columns_is_refused()
    {
        Assert.That(() => database.Query<int>("CREATE TEMP TABLE t (a)"), Throws.InvalidOperationException.With.Message.StartsWith(
            "The statement returns no columns; it has been run. Execute is for statements without rows."));
    }

    [Test]
    public void Several_results_are_refused_and_statements_without_rows_are_none()
    {
        Assert.That(() => database.Query<int>("SELECT 1; SELECT 2"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Several statements return rows. Ask for them one by one."));
        Assert.That(database.Query<int>("CREATE TEMP TABLE one (a); INSERT INTO one VALUES (4); SELECT a FROM one; DROP TABLE one"), Is.EqualTo([4]));
        Assert.That(() => database.Query<int>("SELECT 1; DROP TABLE nowhere"), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>());
    }

    [Test]
    public void Culture_does_not_matter()
    {
        CultureInfo was = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Read<decimal>("'1.5'", 1.5m);
            Refused<int>("5.5", "holds 5.5, a REAL");
        }
        finally
        {
            CultureInfo.CurrentCulture = was;
        }
    }

    private void Read<T>(string expression, T expected)
    {
        IReadOnlyList<T> rows = database.Query<T>($"SELECT {expression}");
        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That(rows[0], Is.EqualTo(expected), expression);
        Assert.That(rows[0], expected is null ? Is.Null : Is.TypeOf(expected.GetType()), expression);
    }

    private void Back<T>(T value) => Assert.That(database.Single<T>("SELECT @value", new { value }), Is.EqualTo(value));

    private void Refused<T>(string expression, string reason) => Assert.That(
        () => database.Query<T>($"SELECT {expression} AS c"),
        Throws.InvalidOperationException.With.Message.Contains(reason).And.Message.StartsWith("Row 1: Column \"c\" "),
        expression);
}
