using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Migrations.Runner;

namespace Migrations.Tests.Repository;

/// <summary>The code of docs/command-line.md, which a test compares with the page.</summary>
internal static class CommandLineCode
{
    public static void Application(HostApplicationBuilder builder)
    {
        builder.Services.AddDatabaseMigrator(new MailSetup().Configure).UpgradeOnStartup();
    }

    public sealed class MailSetup : IMigratorSetup
    {
        public void Configure(DatabaseMigratorOptions options)
        {
            options.ConnectionString = $"Data Source=mail.db;Password={Environment.GetEnvironmentVariable("MAIL_KEY")}";
            options.Assemblies.Add(typeof(MailSetup).Assembly);
            options.ApplicationId = 4711;
            options.ConnectionOpened = connection => connection.CreateCollation("LETTERS", StringComparer.CurrentCultureIgnoreCase.Compare);
        }
    }
}
