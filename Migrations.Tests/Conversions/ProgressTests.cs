using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Faults;
using Migrations.Tests.Interruption;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Conversions;

/// <summary>What an UPDATE says of itself while it runs, and how it stops.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ProgressTests
{
    private const string Rows =
        "INSERT INTO t(a, b) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i, 'b' || i FROM n; DELETE FROM t WHERE a % 10 = 0";

    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT)")]
    [TestCase("CREATE TABLE t(a INT, b TEXT, UNIQUE(a))")]
    [TestCase("CREATE TABLE t(a INT PRIMARY KEY, b TEXT) WITHOUT ROWID")]
    [TestCase("CREATE TABLE t(a INT, b TEXT, c INT AS (a * 2) STORED) STRICT")]
    [TestCase("CREATE TABLE t(a INT, b TEXT REFERENCES p(name), c INT); CREATE TABLE p(name TEXT PRIMARY KEY)")]
    public void Rows_of_an_update_are_those_that_SQLite_has_gone_through(string schema)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = OFF").Execute(schema).Execute(Rows);
        database.Execute(schema.Contains(" p(", StringComparison.Ordinal) ? "INSERT INTO p SELECT b FROM t" : "SELECT 1");
        long calls = 0;
        List<string> wrong = [];
        Reports reports = new(report =>
        {
            if (report.RowsDone > calls + 1 || (report.RowsDone > 0 && report.RowsDone < calls - 1))
            {
                wrong.Add($"{report} after {calls} calls");
            }
        });
        FunctionConversion conversion = new(value =>
        {
            calls++;
            return value;
        });

        AlterationResult result = Alter(database, reports, new ConvertColumn("b", conversion), new SetDefault("a", "1"));

        long[] done = [.. reports.OfCopies.Select(report => report.RowsDone!.Value)]; // These have it.
        Assert.That(wrong, Is.Empty);
        Assert.That(done, Is.Ordered);
        Assert.That(done, Has.Length.GreaterThan(10));
        Assert.That(done[0], Is.Zero);
        Assert.That(done[^1], Is.EqualTo(2250).And.EqualTo(result.RowsUpdated));
        Assert.That(reports.OfCopies.Select(report => report.Rows), Is.All.EqualTo(2250));
        Assert.That(reports.OfCopies.Select(report => report.Purpose).Distinct().Single(), Does.StartWith("convert values"));
    }

    [Test]
    public void Update_within_enforced_foreign_keys_is_reported_to_its_end()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(
            $"PRAGMA foreign_keys = OFF; CREATE TABLE p(name TEXT PRIMARY KEY); CREATE TABLE t(a INT, b TEXT REFERENCES p(name)); {Rows}; INSERT INTO p SELECT b FROM t; PRAGMA foreign_keys = ON; BEGIN");
        Reports reports = new();

        Alter(database, reports, new ConvertColumn("b", new SqlConversion("'b' || (a + (a % 10 < 9))")));

        Assert.That(reports.OfCopies.Select(report => report.RowsDone), Is.Ordered);
        Assert.That(reports.OfCopies.Last().RowsDone, Is.EqualTo(2250));
        database.Execute("COMMIT");
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Empty_table_is_reported_as_none_of_none()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a, b)");
        Reports reports = new();

        Alter(database, reports, new ConvertColumn("b", new SqlConversion("a")));

        Assert.That(reports.OfCopies.Select(report => report.ToString()), Is.Not.Empty.And.All.EndsWith("0 of 0 rows"));
    }

    [Test]
    public void Cancelled_in_the_middle_of_an_update_interrupts_it_and_undoes_it([Values] TestDatabaseKind kind, [Values] bool byFunction)
    {
        using TestDatabase database = TestDatabase.Open(kind).Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT); CREATE TEMP TRIGGER tr AFTER UPDATE ON t BEGIN SELECT RAISE(ABORT, 'fired'); END").Execute(Rows);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        using CancellationTokenSource source = new();
        int calls = 0;
        object? Called(object? value)
        {
            if (++calls == 100)
            {
                source.Cancel();
            }

            return value;
        }

        database.Connection.CreateFunction("called", (string value) => (string?)Called(value));
        Conversion conversion = byFunction ? new FunctionConversion(Called) : new SqlConversion("called(b)");

        Assert.That(
            () => TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("b", conversion)], new AlterationOptions { CancellationToken = source.Token }),
            Throws.TypeOf<OperationCanceledException>());

        Assert.That(calls, Is.InRange(100, 1100));
        FaultAssert.NothingHappened(database, before);
        Assert.That(() => database.Execute("UPDATE t SET a = 1"), Throws.Exception.With.Message.Contains("fired"));
    }

    [Test]
    public void Receiver_that_throws_in_the_middle_of_an_update_undoes_it()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT)").Execute(Rows);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        InvalidTimeZoneException failure = new("the receiver's own");
        Reports reports = new(report => { if (report.RowsDone is > 500 and < 2000) { throw failure; } });

        Assert.That(Assert.Catch(() => Alter(database, reports, new ConvertColumn("b", new SqlConversion("upper(b)")))), Is.SameAs(failure));

        FaultAssert.NothingHappened(database, before);
    }

    private static AlterationResult Alter(TestDatabase database, Reports reports, params TableChange[] changes) => TableAlterer.Alter(
        database.Connection, "t", changes, new AlterationOptions { Mode = RebuildMode.NeverCopy, Progress = reports, ReportInterval = TimeSpan.Zero });
}
