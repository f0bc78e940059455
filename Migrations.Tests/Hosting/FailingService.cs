using Microsoft.Extensions.Hosting;

namespace Migrations.Tests.Hosting;

/// <summary>A hosted service that can't be started.</summary>
internal sealed class FailingService : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
