using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Migrations.Runner.Hosting;

/// <summary>
/// The hosted service that upgrades: first those databases that the host waits for, then the others on a task of its own,
/// which ends with the host.
/// </summary>
internal sealed class StartupUpgrades(
    IEnumerable<StartupUpgrade> upgrades,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    ILogger<StartupUpgrades> logger) : IHostedLifecycleService, IAsyncDisposable, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task? starting;
    private Task background = Task.CompletedTask;
    private ExceptionDispatchInfo? failure;

    public Task StartingAsync(CancellationToken cancellationToken) => starting = UpgradeAllAsync(cancellationToken);

    // Hosts of older ASP.NET Core call this only.
    public Task StartAsync(CancellationToken cancellationToken) => starting ?? StartingAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Before any service is stopped, so that the rollback does not have to wait for the last request.
    public Task StoppingAsync(CancellationToken cancellationToken) => stopping.CancelAsync();

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await background.WaitAsync(cancellationToken).ConfigureAwait(false);
        failure?.Throw();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A host whose start failed is disposed without being stopped.
    public void Dispose()
    {
        stopping.Cancel();
        if (background.IsCompleted)
        {
            stopping.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await background.ConfigureAwait(false);
        stopping.Dispose();
    }

    private async Task UpgradeAllAsync(CancellationToken cancellationToken)
    {
        // All migrators first: faults of options come out of the host's start, also those of a database in the background.
        ImmutableArray<RunningUpgrade> all =
        [
            .. upgrades.Select(upgrade => new RunningUpgrade(upgrade, Get<DatabaseMigrator>(upgrade.Name), Get<DatabaseReadiness>(upgrade.Name))),
        ];
        try
        {
            foreach (RunningUpgrade upgrade in all.Where(upgrade => upgrade.Asked.Blocks))
            {
                await upgrade.RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            // A service that starts at the same time may wait for one of the others.
            foreach (RunningUpgrade upgrade in all.Where(upgrade => upgrade.Readiness.State == ReadinessState.Waiting))
            {
                upgrade.Readiness.Fail(new OperationCanceledException("The upgrade of another database failed, and the host does not start."));
            }

            throw;
        }

        background = Task.Run(() => UpgradeInBackgroundAsync(all.Where(upgrade => !upgrade.Asked.Blocks)), CancellationToken.None);
    }

    private async Task UpgradeInBackgroundAsync(IEnumerable<RunningUpgrade> rest)
    {
        foreach (RunningUpgrade upgrade in rest)
        {
            try
            {
                await upgrade.RunAsync(failure is null ? stopping.Token : new(canceled: true)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (failure is not null || stopping.IsCancellationRequested)
            {
                HostingMessages.Cancelled(logger);
            }
            catch (Exception e) when (!upgrade.Asked.StopsHostOnFailure)
            {
                HostingMessages.FailedAndGoesOn(logger, e);
            }
            catch (Exception e)
            {
                HostingMessages.FailedAndStops(logger, e);
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }

        if (failure is not null)
        {
            await StopHostAsync().ConfigureAwait(false);
        }
    }

    // A host that is stopped while it starts says that its start was cancelled, and the reason is lost.
    private async Task StopHostAsync()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(() => started.TrySetResult()).ConfigureAwait(false))
        await using (stopping.Token.Register(() => started.TrySetResult()).ConfigureAwait(false))
        {
            await started.Task.ConfigureAwait(false);
        }

        lifetime.StopApplication();
    }

    private T Get<T>(string? name)
        where T : notnull => name is null ? services.GetRequiredService<T>() : services.GetRequiredKeyedService<T>(name);
}
