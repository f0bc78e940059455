using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Migrations.Core;

namespace Migrations.Runner.Upgrade;

/// <summary>
/// Follows the migrations of one upgrade as they run: what is done, which one is running, and how far it is; tells progress, log
/// and trace, the latter two only where there is a logger. Not safe for concurrent use, as the upgrade itself is not.
/// </summary>
internal sealed class MigrationObserver(int count, Action<UpgradeProgress> progress, ILogger? logger, CancellationToken cancellationToken)
    : IProgress<AlterationProgress>
{
    private readonly List<MigrationResult> done = [];
    private readonly List<AlterationResult> alterations = [];
    private Activity? span;
    private long started;

    /// <summary>What has been committed.</summary>
    public IReadOnlyList<MigrationResult> Done => done;

    /// <summary>The migration that is running, or that has failed.</summary>
    public MigrationIdentity? Current { get; private set; }

    /// <summary>The place of <see cref="Current"/> among the migrations of this upgrade, from 1.</summary>
    public int Number => done.Count + 1;

    /// <summary>How many migrations this upgrade runs.</summary>
    public int Count => count;

    /// <summary>Whether the running migration is applied, not taken back.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether the running migration is rolled back as a whole when it fails.</summary>
    public bool IsInTransaction { get; private set; }

    /// <summary>The statement of <see cref="Current"/> that failed first, or what it was to do; null where none has.</summary>
    public string? FailedStatement { get; private set; }

    /// <summary>The error of <see cref="FailedStatement"/>, as SQLite or this library raised it; null where none has failed.</summary>
    public Exception? FirstError { get; private set; }

    public CancellationToken CancellationToken => cancellationToken;

    private string Direction => IsUp ? "up" : "down";

    public void Begin(MigrationIdentity migration, bool isUp, bool isInTransaction)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Current = migration;
        IsUp = isUp;
        IsInTransaction = isInTransaction;
        alterations.Clear();
        FailedStatement = null;
        FirstError = null;
        started = Stopwatch.GetTimestamp();
        if (logger is not null)
        {
            span = Tracing.Begin(migration, isUp);
            UpgradeLog.MigrationStarted(logger, migration, Number, count, Direction);
        }

        Report(null, null, null);
    }

    public void Altered(AlterationResult alteration)
    {
        alterations.Add(alteration);
        if (logger is not null)
        {
            Tracing.Add(alteration);
            UpgradeLog.Altered(logger, alteration.Table, Tracing.StrategyOf(alteration), alteration.RowsCopied, alteration.RowsUpdated, alteration.Duration);
        }
    }

    /// <summary>Notes what failed; only the first failure counts, whatever comes of it.</summary>
    public void Failed(string statement, Exception error)
    {
        if (FirstError is null)
        {
            FailedStatement = statement;
            FirstError = error;
        }
    }

    void IProgress<AlterationProgress>.Report(AlterationProgress value) => Report(value.Table, value.RowsDone, value.Rows);

    /// <summary>Reports where the running migration is.</summary>
    public void Report(string? table, long? rowsDone, long? rows) =>
        progress(new(UpgradePhase.Migrating, Current, Number, count, table, rowsDone, rows));

    /// <summary>The running migration is committed.</summary>
    public void End()
    {
        MigrationIdentity migration = Current!; // Begin came first.
        TimeSpan duration = Stopwatch.GetElapsedTime(started);
        if (logger is not null)
        {
            UpgradeLog.MigrationDone(logger, migration, Direction, duration);
        }

        done.Add(new(migration, IsUp, duration, [.. alterations]));
        Current = null;
        span?.Dispose();
        span = null;
    }

    /// <summary>The running migration has failed; it stays <see cref="Current"/>.</summary>
    public void Fail(Exception error)
    {
        span.Fail(error);
        span?.Dispose();
        span = null;
    }

    /// <summary>Takes back what was reported as done since, because it shared the transaction that failed.</summary>
    public void Forget(int doneBefore) => done.RemoveRange(doneBefore, done.Count - doneBefore);
}
