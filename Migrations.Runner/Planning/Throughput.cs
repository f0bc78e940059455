using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;

namespace Migrations.Runner.Planning;

/// <summary>
/// How fast this machine works on rows, measured on some thousand rows of a temporary database with a small page cache, so that pages are
/// written to a file. Immutable.
/// </summary>
internal sealed class Throughput
{
    private const int Rows = 2_000;
    private const int Repetitions = 3;
    private const int RowBytes = 100;

    // What a measurement of warm rows leaves out: pages that are read from a drive, foreign keys, the final check, flushing.
    private const double Margin = 2.5;

    private static readonly Lazy<Throughput> Measured = new(Measure);

    private readonly double scan;
    private readonly double update;
    private readonly double copy;
    private readonly double call;
    private readonly double compare;

    private Throughput(double scan, double update, double copy, double call, double compare)
    {
        this.scan = scan;
        this.update = update;
        this.copy = copy;
        this.call = call;
        this.compare = compare;
    }

    /// <summary>Measured when it is asked for first, which takes a few hundredths of a second.</summary>
    public static Throughput OfThisMachine => Measured.Value;

    /// <summary>About how long some work takes.</summary>
    public TimeSpan TimeOf(StepWork work)
    {
        // Long rows cost by their bytes, short ones by their number.
        double writes = work.Updated + work.Copied == 0 ? 0 : Math.Max(1, (double)work.Bytes / (work.Updated + work.Copied) / RowBytes);
        return TimeSpan.FromSeconds(
            Margin * ((work.Scanned * scan) + (writes * ((work.Updated * update) + (work.Copied * copy))) + (work.Called * call) + (work.Sorted * compare)));
    }

    /// <summary>About how long it takes to copy a database page by page.</summary>
    public TimeSpan TimeOfBackup(long bytes) => TimeSpan.FromSeconds(bytes / (double)RowBytes * scan);

    private static Throughput Measure()
    {
        // An empty name makes a temporary file that is nobody else's (inmemorydb.html, "Temporary Databases").
        using SqliteConnection connection = new("Data Source=;Pooling=False");
        connection.Open();
        connection.Execute(
            "PRAGMA cache_size=50; CREATE TABLE a (id INTEGER PRIMARY KEY, n INT, t TEXT);"
            + $"WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < {Rows}) INSERT INTO a SELECT i, i * 7919 % {Rows}, hex(zeroblob({(RowBytes / 2) - 8})) || i FROM r;"
            + "CREATE TABLE b (id INTEGER PRIMARY KEY, n INT, t TEXT)");
        connection.CreateFunction("called", (string? text) => text);
        return new(
            Time(connection, "SELECT count(*) FROM a WHERE n > -1 AND t IS NOT NULL") / Rows,
            Time(connection, "UPDATE a SET n = n + 1") / Rows,
            Time(connection, "INSERT INTO b SELECT * FROM a", "DELETE FROM b") / Rows,
            Time(connection, "SELECT count(called(t)) FROM a") / Rows,
            Time(connection, "CREATE INDEX i ON a (n)", "DROP INDEX i") / (Rows * Math.Log2(Rows)));
    }

    // The quickest of some: what else the machine does makes it only slower.
    private static double Time(SqliteConnection connection, string sql, string? undo = null)
    {
        double quickest = double.MaxValue;
        for (int i = 0; i < Repetitions; i++)
        {
            quickest = Math.Min(quickest, Once(connection, sql));
            if (undo is not null)
            {
                connection.Execute(undo);
            }
        }

        return quickest;
    }

    private static double Once(SqliteConnection connection, string sql)
    {
        long started = Stopwatch.GetTimestamp();
        connection.Execute(sql);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
