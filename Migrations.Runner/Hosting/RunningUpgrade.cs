namespace Migrations.Runner.Hosting;

/// <summary>The upgrade of one database at a host's start, and what is told of it meanwhile.</summary>
internal sealed record RunningUpgrade(StartupUpgrade Asked, DatabaseMigrator Migrator, DatabaseReadiness Readiness)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Readiness.Begin();
        try
        {
            Readiness.Complete(await Migrator.UpgradeAsync(new ReadinessProgress(Readiness), cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            Readiness.Fail(e);
            throw;
        }
    }
}
