using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Migrations.Runner;
using Migrations.Tests.MailServer;
using Migrations.Tests.Runner;
using NUnit.Framework;

namespace Migrations.Tests.Hosting;

/// <summary>Upgrades that a real host waits for.</summary>
internal sealed class UpgradeOnStartupTests
{
    [Test]
    public async Task Host_upgrades_before_services_that_are_registered_before_and_after()
    {
        using MailFile file = new();
        Journal journal = new();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddJournalService(journal, "before", file);
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        builder.Services.AddJournalService(journal, "after", file);
        using IHost host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.That(journal.Entries, Is.EqualTo(new[]
        {
            "starting before at 33", "starting after at 33", "start before at 33", "start after at 33",
        }));
    }

    [Test]
    public async Task Host_that_starts_services_concurrently_starts_none_before_the_upgrade()
    {
        using MailFile file = new();
        Journal journal = new();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        builder.Services.AddJournalService(journal, "before", file);
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        builder.Services.AddJournalService(journal, "after", file);
        using IHost host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.That(
            journal.Entries.Where(entry => entry.StartsWith("start ", StringComparison.Ordinal)),
            Is.EquivalentTo(["start before at 33", "start after at 33"]));
    }

    [Test]
    public async Task Web_application_listens_after_the_upgrade_only()
    {
        using MailFile file = new();
        HeldLock elsewhere = new(file);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        await using WebApplication app = builder.Build();
        app.MapGet("/", (DatabaseMigrator migrator) => migrator.GetStatus().State.ToString());
        DatabaseReadiness readiness = app.Services.GetRequiredService<DatabaseReadiness>();

        Task start = app.StartAsync();
        await TestHosts.UntilAsync(() => readiness.Progress?.Phase == UpgradePhase.WaitingForLock);
        Assert.That(app.Urls, Is.Empty);
        elsewhere.Dispose();
        await start;

        using HttpClient client = new() { BaseAddress = new(app.Urls.Single()) };
        Assert.That(await client.GetStringAsync(new Uri("/", UriKind.Relative)), Is.EqualTo("UpToDate"));
        await app.StopAsync();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Failure_comes_out_of_the_start_is_logged_and_starts_nothing(bool concurrently)
    {
        using MailFile file = new();
        using MailFile other = new();
        file.Spoil();
        Journal journal = new();
        using LogLines logs = new();
        HostApplicationBuilder builder = TestHosts.Builder(logs);
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = concurrently);
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        builder.Services.AddJournalService(journal, "other", other);
        using IHost host = builder.Build();
        DatabaseReadiness readiness = host.Services.GetRequiredService<DatabaseReadiness>();

        UpgradeFailedException? error = await Assert.CatchAsync<UpgradeFailedException>(() => host.RunAsync());

        Assert.That(journal.Entries.Where(entry => entry.StartsWith("start ", StringComparison.Ordinal)), Is.Empty);
        Assert.That(logs.Lines, Has.Some.Contains("Hosting failed to start"));
        Assert.That(readiness.State, Is.EqualTo(ReadinessState.Failed));
        Assert.That(readiness.Error, Is.SameAs(error));
    }

    [Test]
    public async Task Cancelling_the_start_cancels_the_upgrade()
    {
        using MailFile file = new();
        using HeldLock elsewhere = new(file);
        using CancellationTokenSource cancellation = new();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        using IHost host = builder.Build();
        DatabaseReadiness readiness = host.Services.GetRequiredService<DatabaseReadiness>();

        Task start = host.StartAsync(cancellation.Token);
        await TestHosts.UntilAsync(() => readiness.Progress is not null);
        await cancellation.CancelAsync();

        Assert.That(() => start, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(readiness.State, Is.EqualTo(ReadinessState.Failed));
        Assert.That(() => readiness.WaitUntilReadyAsync(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Stopping_the_application_while_it_starts_cancels_the_upgrade()
    {
        using MailFile file = new();
        using HeldLock elsewhere = new(file);
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        using IHost host = builder.Build();
        DatabaseReadiness readiness = host.Services.GetRequiredService<DatabaseReadiness>();

        Task start = host.StartAsync();
        await TestHosts.UntilAsync(() => readiness.Progress is not null);
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.That(() => start, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(readiness.State, Is.EqualTo(ReadinessState.Failed));
    }

    [Test]
    public void Timeout_of_the_start_cancels_the_upgrade()
    {
        using MailFile file = new();
        using HeldLock elsewhere = new(file);
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.Configure<HostOptions>(options => options.StartupTimeout = TimeSpan.FromMilliseconds(100));
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        using IHost host = builder.Build();
        long started = Stopwatch.GetTimestamp();

        Assert.That(() => host.StartAsync(), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TestHosts.Patience));
    }

    [Test]
    public async Task Several_databases_are_upgraded_in_the_order_of_registration()
    {
        using MailFile first = new();
        using MailFile second = new();
        using MailFile third = new();
        Journal journal = new();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator("second", options => Noted(options, second, "second")).UpgradeOnStartup();
        builder.Services.AddDatabaseMigrator(options => Noted(options, first, "first")).UpgradeOnStartup();
        builder.Services.AddDatabaseMigrator("third", options => Noted(options, third, "third")).UpgradeOnStartup();
        using IHost host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.That(journal.Entries.Distinct(), Is.EqualTo(new[] { "second", "first", "third" }));
        Assert.That(host.Services.GetRequiredKeyedService<DatabaseReadiness>("third").Result?.Migrations, Has.Count.EqualTo(33));

        void Noted(DatabaseMigratorOptions options, MailFile file, string name)
        {
            options.Use(file);
            options.ConnectionOpened = _ => journal.Add(name);
        }
    }

    [Test]
    public void Database_after_one_that_failed_is_left_alone_and_nobody_waits_for_it()
    {
        using MailFile spoilt = new();
        using MailFile second = new();
        spoilt.Spoil();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator("spoilt", options => options.Use(spoilt)).UpgradeOnStartup();
        builder.Services.AddDatabaseMigrator("second", options => options.Use(second)).UpgradeOnStartup();
        using IHost host = builder.Build();

        Assert.That(() => host.StartAsync(), Throws.TypeOf<UpgradeFailedException>());

        Assert.That(File.Exists(second.Path), Is.False);
        Assert.That(
            () => host.Services.GetRequiredKeyedService<DatabaseReadiness>("second").WaitUntilReadyAsync(),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Saying_twice_when_to_upgrade_is_refused()
    {
        DatabaseMigratorBuilder builder = new ServiceCollection().AddDatabaseMigrator("archive", _ => { }).UpgradeOnStartup();

        Assert.That(() => builder.UpgradeInBackground(), Throws.InvalidOperationException.With.Message.Contains("\"archive\""));
    }
}
