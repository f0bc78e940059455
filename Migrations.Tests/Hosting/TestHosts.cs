using MailServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Migrations.Runner;
using Migrations.Tests.MailServer;
using Migrations.Tests.Runner;

namespace Migrations.Tests.Hosting;

/// <summary>Hosts and databases to try them with.</summary>
internal static class TestHosts
{
    /// <summary>How long a test waits for what must come at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static HostApplicationBuilder Builder(LogLines? logs = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs);
        }

        return builder;
    }

    /// <summary>The mail server's history for a file, without backups.</summary>
    public static void Use(this DatabaseMigratorOptions options, MailFile file)
    {
        options.ConnectionString = $"Data Source={file.Path}";
        options.Assemblies.Add(typeof(RevisionAttribute).Assembly);
        options.Backup.Enabled = false;
    }

    /// <summary>A service that notes when it is started.</summary>
    public static IServiceCollection AddJournalService(this IServiceCollection services, Journal journal, string name, MailFile file) =>
        services.AddSingleton<IHostedService>(new JournalService(journal, name, file.Path));

    /// <summary>Makes the upgrade of the file fail in its last migration, which finds names that differ only in case.</summary>
    public static void Spoil(this MailFile file)
    {
        file.MoveTo(History.Newest - 1);
        file.Execute("INSERT INTO relay (created_at, name) VALUES ('2020-01-01', 'Same.example'), ('2020-01-01', 'SAME.example')");
    }

    /// <summary>Waits until something is so, which must be soon.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
