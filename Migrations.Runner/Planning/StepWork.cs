using Migrations.Core;
using Migrations.Core.Alteration.Execution;

namespace Migrations.Runner.Planning;

/// <summary>What a step does to rows, as far as that can be known: as if it touched every row of its tables. Immutable.</summary>
/// <param name="Rows">How many rows of today are touched at most.</param>
/// <param name="Scanned">Rows that are read.</param>
/// <param name="Updated">Rows that are written where they are.</param>
/// <param name="Copied">Rows that are written to a new table.</param>
/// <param name="Bytes">How many bytes these writes are.</param>
/// <param name="Called">Calls of code in C#, which converts values.</param>
/// <param name="Sorted">Comparisons of rows while indexes are built.</param>
/// <param name="Disk">Bytes of the drive that it needs until its transaction is done, with the journal or log.</param>
internal readonly record struct StepWork(long Rows, long Scanned, long Updated, long Copied, long Bytes, long Called, double Sorted, long Disk)
{
    // An entry is taken out of one page and put into another, with neither in the cache: measured on a million rows.
    private const int UpdatesOfEntry = 6;

    // The key of an index with its rowid and lengths; what is longer is rare.
    private const int IndexedBytes = 24;

    /// <summary>All of it, of the same rows.</summary>
    public static StepWork operator +(StepWork left, StepWork right) => new(
        Math.Max(left.Rows, right.Rows),
        left.Scanned + right.Scanned,
        left.Updated + right.Updated,
        left.Copied + right.Copied,
        left.Bytes + right.Bytes,
        left.Called + right.Called,
        left.Sorted + right.Sorted,
        left.Disk + right.Disk);

    /// <summary>An alteration of a table.</summary>
    /// <param name="plan">The alteration.</param>
    /// <param name="size">How much there is of the table.</param>
    /// <param name="pageSize">The bytes of a page.</param>
    /// <param name="keys">How many indexes stand behind its UNIQUE and PRIMARY KEY, which a copy builds as well.</param>
    /// <param name="functions">How many functions in C# each row goes through.</param>
    public static StepWork Of(AlterationPlan plan, TableSize size, long pageSize, int keys, int functions)
    {
        bool isCopy = plan.Strategy == AlterationStrategy.Copy;
        StepWork indexes = Indexing(size, plan.Cost.Indexes.Count + (isCopy ? keys : 0));
        return indexes + Calling(size, functions) + plan.Cost.Access switch
        {
            RowAccess.None => default,
            RowAccess.Scan => Scanning(size),
            RowAccess.Rewrite when isCopy => Scanning(size) + Copying(size, pageSize),
            _ => Scanning(size) + Updating(size, pageSize),
        };
    }

    public static StepWork Calling(TableSize size, int functions) => default(StepWork) with { Called = functions * size.Rows };

    public static StepWork Scanning(TableSize size) => default(StepWork) with { Rows = size.Rows, Scanned = size.Rows };

    /// <summary>Pages are in the file and once more in the journal or log (lockingv3.html, section 5; wal.html, section 2.2).</summary>
    public static StepWork Updating(TableSize size, long pageSize) =>
        default(StepWork) with { Rows = size.Rows, Updated = size.Rows, Bytes = size.Pages * pageSize, Disk = size.Pages * pageSize };

    /// <summary>The entries of an index are written one by one, wherever they belong.</summary>
    public static StepWork UpdatingIndexes(TableSize size, int count) =>
        default(StepWork) with { Updated = UpdatesOfEntry * count * size.Rows, Disk = 2 * count * size.Rows * IndexedBytes };

    public static StepWork Copying(TableSize size, long pageSize) =>
        default(StepWork) with { Rows = size.Rows, Copied = size.Rows, Bytes = size.Pages * pageSize, Disk = 2 * size.Pages * pageSize };

    /// <summary>A sorter goes through temporary files of its own where it does not fit into memory.</summary>
    public static StepWork Indexing(TableSize size, int count) => default(StepWork) with
    {
        Sorted = count * size.Rows * Math.Log2(Math.Max(2, size.Rows)),
        Disk = 3 * count * size.Rows * IndexedBytes,
    };
}
