using System.Diagnostics;
using Migrations.Core;

namespace Migrations.Runner.Upgrade;

/// <summary>
/// Follows the migrations of one upgrade as they run: what is done, which one is running, and how far it is. Not safe for
/// concurrent use, as the upgrade itself is not.
/// </summary>
internal sealed class MigrationObserver(int count, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    : IProgress<AlterationProgress>
{
    private readonly List<MigrationResult> done = [];
    private readonly List<AlterationResult> alterations = [];
    private MigrationIdentity? current;
    private bool isUp;
    private long started;

    /// <summary>What has been committed.</summary>
    public IReadOnlyList<MigrationResult> Done => done;

    /// <summary>The migration that is running, or that has failed.</summary>
    public MigrationIdentity? Current => current;

    /// <summary>The statement of <see cref="Current"/> that failed first, or what it was to do; null where none has.</summary>
    public string? FailedStatement { get; private set; }

    /// <summary>The error of <see cref="FailedStatement"/>, as SQLite or this library raised it; null where none has failed.</summary>
    public Exception? FirstError { get; private set; }

    public CancellationToken CancellationToken => cancellationToken;

    public void Begin(MigrationIdentity migration, bool isUp)
    {
        cancellationToken.ThrowIfCancellationRequested();
        current = migration;
        this.isUp = isUp;
        alterations.Clear();
        FailedStatement = null;
        FirstError = null;
        started = Stopwatch.GetTimestamp();
        Report(null, null, null);
    }

    public void Altered(AlterationResult alteration) => alterations.Add(alteration);

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
        progress(new(UpgradePhase.Migrating, current, done.Count + 1, count, table, rowsDone, rows));

    public void End()
    {
        done.Add(new(current!, isUp, Stopwatch.GetElapsedTime(started), [.. alterations])); // Begin came first.
        current = null;
    }
}
