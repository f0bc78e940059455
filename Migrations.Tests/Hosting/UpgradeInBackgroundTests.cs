using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Migrations.Runner;
using Migrations.Tests.MailServer;
using Migrations.Tests.Runner;
using NUnit.Framework;

namespace Migrations.Tests.Hosting;

/// <summary>Upgrades that a real host does not wait for.</summary>
internal sealed class UpgradeInBackgroundTests
{
    [Test]
    public async Task Host_starts_at_once_and_the_readiness_follows_the_upgrade()
    {
        using MailFile file = new();
        HeldLock elsewhere = new(file);
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeInBackground();
        using IHost host = builder.Build();
        DatabaseReadiness readiness = host.Services.GetRequiredService<DatabaseReadiness>();
        Assert.That(readiness.State, Is.EqualTo(ReadinessState.Waiting));

        await host.StartAsync();
        await TestHosts.UntilAsync(() => readiness.Progress?.Phase == UpgradePhase.WaitingForLock);
        Assert.That(readiness.State, Is.EqualTo(ReadinessState.Migrating));
        Task<UpgradeResult> ready = readiness.WaitUntilReadyAsync();
        Assert.That(ready.IsCompleted, Is.False);
        elsewhere.Dispose();

        Assert.That((await ready).Migrations, Has.Count.EqualTo(33));
        Assert.That(readiness.State, Is.EqualTo(ReadinessState.Ready));
        Assert.That(readiness.Result, Is.SameAs(await ready));
        Assert.That(readiness.Progress?.Count, Is.EqualTo(33));
        Assert.That(readiness.Error, Is.Null);
        await host.StopAsync();
    }

    [Test]
    public void Failure_stops_the_host_and_comes_out_of_its_run()
    {
        using MailFile file = new();
        file.Spoil();
        using LogLines logs = new();
        HostApplicationBuilder builder = TestHosts.Builder(logs);
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeInBackground();
        using IHost host = builder.Build();
        DatabaseReadiness readiness = host.Services.GetRequiredService<DatabaseReadiness>();

        Task run = host.RunAsync();

        Assert.That(() => run.WaitAsync(TestHosts.Patience), Throws.TypeOf<UpgradeFailedException>());
        Assert.That(readiness.Error, Is.TypeOf<UpgradeFailedException>());
        Assert.That(logs.Lines, Has.Some.Contains("the host is being stopped"));
    }

    [Test]
    public async Task Failure_that_is_told_not_to_leaves_the_host_running()
    {
        using MailFile file = new();
        file.Spoil();
        using LogLines logs = new();
        HostApplicationBuilder builder = TestHosts.Builder(logs);
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeInBackground(stopHostOnFailure: false);
        using IHost host = builder.Build();
        DatabaseReadiness readiness = host.Services.GetRequiredService<DatabaseReadiness>();

        await host.StartAsync();
        await TestHosts.UntilAsync(() => readiness.State == ReadinessState.Failed);
        await TestHosts.UntilAsync(() => logs.Lines.Any(line => line.Contains("the host goes on", StringComparison.Ordinal)));

        Assert.That(() => readiness.WaitUntilReadyAsync(), Throws.Exception.SameAs(readiness.Error));
        Assert.That(readiness.Result, Is.Null);
        Assert.That(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested, Is.False);
        await host.StopAsync();
    }

    [Test]
    public async Task Failure_of_one_database_leaves_the_next_one_its_turn_where_the_host_goes_on()
    {
        using MailFile spoilt = new();
        using MailFile second = new();
        spoilt.Spoil();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator("spoilt", options => options.Use(spoilt)).UpgradeInBackground(stopHostOnFailure: false);
        builder.Services.AddDatabaseMigrator("second", options => options.Use(second)).UpgradeInBackground();
        using IHost host = builder.Build();

        await host.StartAsync();
        UpgradeResult result = await host.Services.GetRequiredKeyedService<DatabaseReadiness>("second").WaitUntilReadyAsync();
        await host.StopAsync();

        Assert.That(result.Migrations, Has.Count.EqualTo(33));
    }

    [Test]
    public void Failure_that_stops_the_host_fails_those_that_wait_for_the_next_database()
    {
        using MailFile spoilt = new();
        using MailFile second = new();
        spoilt.Spoil();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator("spoilt", options => options.Use(spoilt)).UpgradeInBackground();
        builder.Services.AddDatabaseMigrator("second", options => options.Use(second)).UpgradeInBackground();
        using IHost host = builder.Build();
        Task waiting = host.Services.GetRequiredKeyedService<DatabaseReadiness>("second").WaitUntilReadyAsync();

        Assert.That(() => host.RunAsync(), Throws.TypeOf<UpgradeFailedException>());

        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(second.Path), Is.False);
    }

    [Test]
    public async Task Stopping_the_host_cancels_the_upgrade_and_is_no_failure()
    {
        using MailFile file = new();
        using HeldLock elsewhere = new(file);
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeInBackground();
        using IHost host = builder.Build();
        DatabaseReadiness readiness = host.Services.GetRequiredService<DatabaseReadiness>();
        await host.StartAsync();
        await TestHosts.UntilAsync(() => readiness.Progress is not null);

        await host.StopAsync().WaitAsync(TestHosts.Patience);

        Assert.That(readiness.State, Is.EqualTo(ReadinessState.Failed));
        Assert.That(readiness.Error, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Upgrades_in_the_background_begin_after_those_that_the_host_waits_for()
    {
        using MailFile waited = new();
        using MailFile background = new();
        HeldLock elsewhere = new(waited);
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator("background", options => options.Use(background)).UpgradeInBackground();
        builder.Services.AddDatabaseMigrator("waited", options => options.Use(waited)).UpgradeOnStartup();
        using IHost host = builder.Build();
        DatabaseReadiness first = host.Services.GetRequiredKeyedService<DatabaseReadiness>("waited");
        DatabaseReadiness second = host.Services.GetRequiredKeyedService<DatabaseReadiness>("background");

        Task start = host.StartAsync();
        await TestHosts.UntilAsync(() => first.Progress is not null);
        Assert.That(second.State, Is.EqualTo(ReadinessState.Waiting));
        elsewhere.Dispose();
        await start;

        Assert.That(first.State, Is.EqualTo(ReadinessState.Ready));
        await second.WaitUntilReadyAsync();
        await host.StopAsync();
    }

    [Test]
    public async Task Host_whose_start_fails_elsewhere_ends_the_upgrade_with_it()
    {
        using MailFile file = new();
        using HeldLock elsewhere = new(file);
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeInBackground();
        builder.Services.AddSingleton<IHostedService, FailingService>();
        IHost host = builder.Build();
        DatabaseReadiness readiness = host.Services.GetRequiredService<DatabaseReadiness>();

        Assert.That(() => host.StartAsync(), Throws.TypeOf<NotSupportedException>());
        await ((IAsyncDisposable)host).DisposeAsync();

        Assert.That(readiness.State, Is.EqualTo(ReadinessState.Failed));
    }

    [Test]
    public void Waiting_ends_with_its_own_token()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddDatabaseMigrator(_ => { }).UpgradeInBackground().Services.BuildServiceProvider();
        using CancellationTokenSource cancellation = new();
        Task waiting = services.GetRequiredService<DatabaseReadiness>().WaitUntilReadyAsync(cancellation.Token);

        cancellation.Cancel();

        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
    }
}
