using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Migrations.Tests.Support;

namespace Migrations.Tests.Hosting;

/// <summary>A hosted service that notes how many migrations the database holds when it is started.</summary>
internal sealed class JournalService(Journal journal, string name, string database) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Note("starting");

    public Task StartAsync(CancellationToken cancellationToken) => Note("start");

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task Note(string what)
    {
        journal.Add($"{what} {name} at {Versions()}");
        return Task.CompletedTask;
    }

    private long Versions()
    {
        using SqliteConnection connection = new($"Data Source={database};Pooling=false");
        connection.Open();
        return connection.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'VersionInfo'") == 0
            ? 0
            : connection.Scalar<long>("SELECT count(*) FROM VersionInfo");
    }
}
