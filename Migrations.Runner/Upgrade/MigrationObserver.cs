using System.Diagnostics;
using Migrations.Core;

namespace Migrations.Runner.Upgrade;

/// <summary>
/// Follows the migrations of one upgrade as they run: what is done, which one is running, and how far it is. Not safe for
/// concurrent use, as the upgrade itself is not.
/// </summary>
internal sealed class MigrationObserver(int count, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
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

    public CancellationToken CancellationToken => cancellationToken;

    public void Begin(MigrationIdentity migration, bool isUp)
    {
        cancellationToken.ThrowIfCancellationRequested();
        current = migration;
        this.isUp = isUp;
        alterations.Clear();
        started = Stopwatch.GetTimestamp();
        Report(null, null, null);
    }

    public void Altered(AlterationResult alteration) => alterations.Add(alteration);

    /// <summary>Reports where the running migration is.</summary>
    public void Report(string? table, long? rowsDone, long? rows) =>
        progress(new(UpgradePhase.Migrating, current, done.Count + 1, count, table, rowsDone, rows));

    public void End()
    {
        done.Add(new(current!, isUp, Stopwatch.GetElapsedTime(started), [.. alterations])); // Begin came first.
        current = null;
    }
}
