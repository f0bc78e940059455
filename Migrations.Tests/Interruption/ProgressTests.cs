using Migrations.Core;
using Migrations.Core.Changes;
using Migrations.Tests.Faults;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Interruption;

/// <summary>What an alteration says of itself while it runs.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ProgressTests
{
    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT)")]
    [TestCase("CREATE TABLE t(a INT, b TEXT, UNIQUE(b, a))")]
    [TestCase("CREATE TABLE t(a INT PRIMARY KEY, b TEXT) WITHOUT ROWID")]
    [TestCase("CREATE TABLE t(a INT, b TEXT, c AS (a * 2) STORED) STRICT", "CREATE TABLE t(a INT, b TEXT, c INT AS (a * 2) STORED) STRICT")]
    [TestCase("CREATE TABLE t(a INT, b TEXT); CREATE INDEX t_a ON t(a, b)")]
    public void Rows_of_a_copy_are_those_that_SQLite_has_read(string schema, string? other = null)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute(other ?? schema).Execute(
            "INSERT INTO t(a, b) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i, 'b' || i FROM n; DELETE FROM t WHERE a % 10 = 0");
        long calls = 0;
        List<string> wrong = [];
        Reports reports = new(report =>
        {
            // Looked at between two opcodes: the row in hand may have been converted and not yet counted.
            calls = report.RowsDone == 0 ? 0 : calls;
            if (report.RowsDone > 0 && (report.RowsDone > calls || report.RowsDone < calls - 1))
            {
                wrong.Add($"{report} after {calls} calls");
            }
        });
        FunctionConversion conversion = new(value =>
        {
            calls++;
            return value;
        });

        AlterationResult result = Alter(database, reports, new ConvertColumn("b", conversion));

        long[] done = [.. reports.OfCopies.Select(report => report.RowsDone!.Value)]; // Copies have it.
        Assert.That(wrong, Is.Empty);
        Assert.That(done, Is.Ordered);
        Assert.That(done, Has.Length.GreaterThan(10));
        Assert.That(done[0], Is.Zero);
        Assert.That(done[^1], Is.EqualTo(2250).And.EqualTo(result.RowsCopied));
        Assert.That(reports.OfCopies.Select(report => report.Rows), Is.All.EqualTo(2250));
        Assert.That(reports.All.Select(report => report.Table), Is.All.EqualTo("t"));
    }

    [Test]
    public void Every_step_of_the_plan_is_reported_once_in_its_order_between_long_statements()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        Reports reports = new();

        AlterationResult result = database.Alter(new AlterationOptions { Progress = reports, ReportInterval = TimeSpan.FromDays(1) });

        string[] purposes = [.. result.Plans.SelectMany(plan => plan.Steps).Select(step => step.Purpose)];
        string copy = reports.OfCopies.First().Purpose;
        Assert.That(
            reports.All.Select(report => report.Purpose).Where(purposes.Contains),
            Is.EqualTo(purposes.SelectMany(purpose => purpose == copy ? new[] { purpose, purpose } : [purpose])));
    }

    [Test]
    public void Empty_table_is_reported_as_none_of_none()
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute("CREATE TABLE t(a)");
        Reports reports = new();

        Alter(database, reports, new SetNullability("a", false));

        Assert.That(reports.OfCopies.Select(report => report.ToString()), Is.Not.Empty.And.All.EndsWith("0 of 0 rows"));
    }

    [Test]
    public void Exception_of_the_receiver_comes_out_untouched_from_any_report([Values] TestDatabaseKind kind, [Values(0, 1)] int milliseconds)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(kind);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        int thrown = 0;
        foreach (int place in Enumerable.Range(0, 400).Where(place => place < 30 || place % 40 == 0))
        {
            InvalidTimeZoneException failure = new("the receiver's own");
            Reports reports = null!; // Assigned on the next line, before it is used.
            reports = new(_ => { if (reports.All.Count > place) { throw failure; } });
            Exception? error = null;
            try
            {
                database.Alter(new AlterationOptions { Progress = reports, ReportInterval = TimeSpan.FromMilliseconds(milliseconds) });
            }
            catch (InvalidTimeZoneException exception)
            {
                error = exception;
            }

            if (error is null)
            {
                break;
            }

            thrown++;
            Assert.That(error, Is.SameAs(failure));
            Assert.That(reports.All, Has.Count.EqualTo(place + 1));
            FaultAssert.NothingHappened(database.Database, before);
        }

        Assert.That(thrown, Is.GreaterThan(8));
    }

    [Test]
    public void Receiver_that_throws_an_error_of_SQLite_is_not_taken_for_SQLite()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        Microsoft.Data.Sqlite.SqliteException failure = new("the receiver's own", raw.SQLITE_BUSY);
        Reports reports = new(report => { if (report.RowsDone > 0) { throw failure; } });

        Exception? error = Assert.Catch(() => database.Alter(new AlterationOptions { Progress = reports, ReportInterval = TimeSpan.Zero }));

        Assert.That(error, Is.SameAs(failure));
    }

    [Test]
    public void Handler_of_the_application_is_left_alone_where_nothing_is_watched()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        int looks = 0;
        raw.sqlite3_progress_handler(
            database.Database.Connection.Handle,
            100,
            _ =>
            {
                looks++;
                return 0;
            },
            null);

        database.Alter(new AlterationOptions());

        int during = looks;
        database.Database.Scalar<long>("SELECT count(*) FROM item WHERE size > 5");
        Assert.That(during, Is.GreaterThan(100));
        Assert.That(looks, Is.GreaterThan(during));
        raw.sqlite3_progress_handler(database.Database.Connection.Handle, 0, null, null);
    }

    private static AlterationResult Alter(TestDatabase database, Reports reports, params TableChange[] changes) =>
        Migrations.Core.Alteration.TableAlterer.Alter(
            database.Connection, "t", changes, new AlterationOptions { Mode = RebuildMode.AlwaysCopy, Progress = reports, ReportInterval = TimeSpan.Zero });
}
