namespace Migrations.Runner;

/// <summary>
/// Whether the database that a host upgrades at its start may be used: for health endpoints, for middleware that answers 503
/// meanwhile, and for services that wait. A singleton beside the <see cref="DatabaseMigrator"/>, with the same key. Safe for
/// concurrent use; reads nothing from the database.
/// </summary>
public sealed class DatabaseReadiness
{
    private readonly TaskCompletionSource<UpgradeResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock changing = new();
    private ReadinessState state;
    private UpgradeProgress? progress;
    private UpgradeResult? result;
    private Exception? error;

    internal DatabaseReadiness()
    {
    }

    /// <summary>How far the upgrade is. <see cref="ReadinessState.Ready"/> and <see cref="ReadinessState.Failed"/> stay.</summary>
    /// <value>At first <see cref="ReadinessState.Waiting"/>.</value>
    public ReadinessState State
    {
        get
        {
            lock (changing)
            {
                return state;
            }
        }
    }

    /// <summary>What the upgrade reported last, null where it has reported nothing, as when nothing was pending.</summary>
    public UpgradeProgress? Progress
    {
        get
        {
            lock (changing)
            {
                return progress;
            }
        }
    }

    /// <summary>What the upgrade did, null unless <see cref="ReadinessState.Ready"/>.</summary>
    public UpgradeResult? Result
    {
        get
        {
            lock (changing)
            {
                return result;
            }
        }
    }

    /// <summary>Why the upgrade failed, null unless <see cref="ReadinessState.Failed"/>. Its message may hold values of rows: it is for logs.</summary>
    public Exception? Error
    {
        get
        {
            lock (changing)
            {
                return error;
            }
        }
    }

    /// <summary>Waits until the database may be used.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the upgrade.</param>
    /// <returns>What the upgrade did.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the upgrade was, because the host stops.</exception>
    /// <exception cref="Core.MigrationsException">The upgrade failed: see <see cref="Error"/>, which is thrown whatever its type.</exception>
    public Task<UpgradeResult> WaitUntilReadyAsync(CancellationToken cancellationToken = default) =>
        completion.Task.WaitAsync(cancellationToken);

    internal void Begin() => Change(() => state = ReadinessState.Migrating);

    internal void Report(UpgradeProgress reported) => Change(() => progress = reported);

    internal void Complete(UpgradeResult upgraded)
    {
        Change(() => (state, result) = (ReadinessState.Ready, upgraded));
        completion.TrySetResult(upgraded);
    }

    internal void Fail(Exception exception)
    {
        Change(() => (state, error) = (ReadinessState.Failed, exception));
        completion.TrySetException(exception);

        // Nobody has to wait; an exception that nobody saw is no event of its own.
        _ = completion.Task.Exception;
    }

    private void Change(Action change)
    {
        lock (changing)
        {
            change();
        }
    }
}
