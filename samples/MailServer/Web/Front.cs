using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Migrations.Runner;

namespace MailServer.Web;

/// <summary>
/// The web front: it listens at once, upgrades meanwhile, and says how far that is. After a failure it stays and says so, unless it is
/// told to exit.
/// </summary>
internal static class Front
{
    public static async Task RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        await using WebApplication front = Build(arguments);
        await ((IHost)front).RunAsync(cancellationToken);
    }

    public static WebApplication Build(Arguments arguments)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        if (arguments.Urls is not null)
        {
            builder.WebHost.UseUrls(arguments.Urls);
        }

        // A line for each request would hide what the upgrade says.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddDatabaseMigrator(options => MailOptions.Set(options, arguments.File))
            .UpgradeInBackground(stopHostOnFailure: arguments.ExitOnFailure);

        WebApplication front = builder.Build();
        front.MapGet("/health", (HttpContext context, DatabaseReadiness readiness) =>
            Answer(context, "text/plain", readiness.State == ReadinessState.Ready, Health.Text(readiness)));
        front.MapGet("/", (HttpContext context, DatabaseReadiness readiness, DatabaseMigrator migrator) =>
        {
            DatabaseStatus? status = readiness.State == ReadinessState.Ready ? migrator.GetStatus() : null;
            string page = status is null
                ? StatusPage.NotReady(readiness)
                : StatusPage.Of(status, migrator.GetBackups(), new MailDatabase(arguments.File));
            return Answer(context, "text/html", status is { CanUpgrade: true }, page);
        });
        return front;
    }

    private static IResult Answer(HttpContext context, string type, bool isReady, string text)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(
            text, type, Encoding.UTF8, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
