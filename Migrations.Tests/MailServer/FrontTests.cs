using System.Net;
using MailServer;
using MailServer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner;
using Migrations.Tests.Hosting;
using NUnit.Framework;

namespace Migrations.Tests.MailServer;

/// <summary>The sample's web front, over loopback.</summary>
internal sealed class FrontTests
{
    private static readonly string AnyPort = new UriBuilder("http", IPAddress.Loopback.ToString(), 0).ToString();

    [Test]
    public async Task Front_answers_at_once_while_the_database_is_migrated_and_then_shows_it()
    {
        using MailFile file = new();
        file.MoveTo(3, seed: true);
        HeldLock elsewhere = new(file);
        await using WebApplication front = Front.Build(Serve(file));
        await front.StartAsync();
        using HttpClient client = Client(front);
        DatabaseReadiness readiness = front.Services.GetRequiredService<DatabaseReadiness>();
        await TestHosts.UntilAsync(() => readiness.Progress is not null);

        (HttpStatusCode early, string migrating) = await GetAsync(client, "/health");
        (HttpStatusCode wait, string waiting) = await GetAsync(client, "/");
        elsewhere.Dispose();
        await readiness.WaitUntilReadyAsync();
        (HttpStatusCode late, string ready) = await GetAsync(client, "/health");
        (HttpStatusCode open, string page) = await GetAsync(client, "/");
        await front.StopAsync();

        Assert.That((early, wait), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable)));
        Assert.That(migrating, Does.StartWith("migrating\nWaitingForLock"));
        Assert.That(waiting, Does.Contain("Mail server: migrating").And.Contain("WaitingForLock").And.Contain("refresh"));
        Assert.That((late, open), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(ready, Is.EqualTo("ready\nThe database is at version 33.\n"));
        Assert.That(page, Does.Contain("<td>user</td><td>4</td>").And.Contain("<td>33</td><td>32 "));
        Assert.That(page, Does.Match(@"<td>[^<]*mail\.db[^<]*backup</td>"));
    }

    [Test]
    public async Task Front_says_that_the_upgrade_failed_without_the_rows_and_goes_on()
    {
        using MailFile file = new();
        file.Spoil();
        await using WebApplication front = Front.Build(Serve(file));
        await front.StartAsync();
        using HttpClient client = Client(front);
        DatabaseReadiness readiness = front.Services.GetRequiredService<DatabaseReadiness>();
        await TestHosts.UntilAsync(() => readiness.State == ReadinessState.Failed);

        (HttpStatusCode code, string health) = await GetAsync(client, "/health");
        (HttpStatusCode pageCode, string page) = await GetAsync(client, "/");
        await front.StopAsync();

        Assert.That(readiness.Error?.ToString(), Does.Contain("SAME.example"));
        Assert.That((code, pageCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable)));
        Assert.That(health, Does.StartWith("failed\nMigration 33 ").And.Contain("was rolled back").And.Not.Contain("SAME.example"));
        Assert.That(page, Does.Contain("Mail server: failed").And.Not.Contain("SAME.example").And.Not.Contain("refresh"));
    }

    [Test]
    public async Task Front_that_is_told_to_exits_with_the_error()
    {
        using MailFile file = new();
        file.Spoil();
        using StringWriter output = new();
        using StringWriter error = new();

        int code = await Application.RunAsync([file.Path, "--serve", "--urls", AnyPort, "--exit-on-failure"], output, error).WaitAsync(TestHosts.Patience);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.ToString(), Does.Contain("SAME.example"));
    }

    [Test]
    public async Task Front_ends_without_an_error_when_it_is_interrupted()
    {
        using MailFile file = new();
        using CancellationTokenSource interrupt = new();
        using StringWriter output = new();
        using StringWriter error = new();

        Task<int> run = Application.RunAsync([file.Path, "--serve", "--urls", AnyPort], output, error, interrupt.Token);
        await TestHosts.UntilAsync(() => File.Exists(file.Path));
        await interrupt.CancelAsync();

        Assert.That(await run.WaitAsync(TestHosts.Patience), Is.Zero);
        Assert.That(error.ToString(), Is.Empty);
    }

    [Test]
    public async Task Page_encodes_names_of_the_database()
    {
        using MailFile file = new();
        file.MoveTo(History.Newest);
        file.Execute("CREATE TABLE \"<script>&\" (x)");
        await using WebApplication front = Front.Build(Serve(file));
        await front.StartAsync();
        using HttpClient client = Client(front);
        await front.Services.GetRequiredService<DatabaseReadiness>().WaitUntilReadyAsync();

        (_, string page) = await GetAsync(client, "/");
        await front.StopAsync();

        Assert.That(page, Does.Contain("<td>&lt;script&gt;&amp;</td>").And.Not.Contain("<script>"));
    }

    private static Arguments Serve(MailFile file) => Arguments.Parse([file.Path, "--serve", "--urls", AnyPort]);

    private static HttpClient Client(WebApplication front) => new() { BaseAddress = new(front.Urls.Single()) };

    private static async Task<(HttpStatusCode Code, string Text)> GetAsync(HttpClient client, string path)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
