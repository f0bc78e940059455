using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>Says where an alteration is, to whoever wants to know.</summary>
internal sealed class AlterationReport(string table, IProgress<AlterationProgress>? progress)
{
    // c3ref/c_stmtstatus_counter.html: the rows that a full scan has gone past.
    private const int FullScanSteps = 1;

    private string purpose = "begin the transaction";
    private sqlite3_stmt? writing;
    private long? done;
    private long? rows;

    public void Begin(string step, long? rowsToWrite = null)
    {
        purpose = step;
        writing = null;
        rows = rowsToWrite;
        done = rowsToWrite is null ? null : 0;
        Report();
    }

    /// <summary>Names the statement that is about to copy or convert all rows of the table, which SQLite counts.</summary>
    public void Writing(sqlite3_stmt statement) => writing = statement;

    public void Written(long count)
    {
        writing = null;
        done = count;
        Report();
    }

    /// <summary>Reports within a statement.</summary>
    public void Elapsed()
    {
        if (writing is not null && done is { } before && rows is { } all)
        {
            // A statement that had to begin again counts from the start.
            done = Math.Clamp(raw.sqlite3_stmt_status(writing, FullScanSteps, 0), before, all);
        }

        Report();
    }

    private void Report() => progress?.Report(new(table, purpose, done, rows));
}
