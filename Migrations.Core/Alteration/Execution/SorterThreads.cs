using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// Lets SQLite sort in several threads for one statement (pragma.html, threads). Each of them holds as many bytes as the connection's page
/// cache may, so there are only as many as stay within a bound. Where SQLite was built without threads, it ignores their number.
/// </summary>
internal sealed class SorterThreads(AlterationSession session)
{
    /// <summary>What the threads of a sort may hold together.</summary>
    public const long MaxBytes = 64L << 20;

    // sqlite3.h: SQLITE_LIMIT_WORKER_THREADS
    private const int WorkerThreads = 11;

    // Measured: one makes the building of an index a quarter faster, three a third, and more are no faster.
    private const int Most = 3;

    /// <summary>Runs a statement in which only SQLite's own code compares values; the connection's own number of threads stands again after it.</summary>
    public void Execute(string sql)
    {
        // The sorter asks the main database, whichever one it sorts for.
        long wanted = Math.Min(Math.Min(Most, Environment.ProcessorCount - 1), MaxBytes / Math.Max(1, PageCache.BytesOf(session, "main")));
        int before = Limit(-1);
        Limit((int)Math.Max(before, wanted));
        try
        {
            session.Execute(sql);
        }
        finally
        {
            Limit(before);
        }
    }

    // A connection that was closed meanwhile has no number to set back, and its error is the first one.
    private int Limit(int value) => session.Connection.Handle is { } handle ? raw.sqlite3_limit(handle, WorkerThreads, value) : 0;
}
