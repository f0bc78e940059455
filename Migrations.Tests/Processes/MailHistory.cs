using FluentMigrator.Runner;
using MailServer;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Migrations.Tests.Processes;

/// <summary>The mail server's migrations run by FluentMigrator's own runner: no lock, no backup, and nothing that is under test.</summary>
internal static class MailHistory
{
    public static long Newest { get; } = RevisionAttribute.VersionOf(History.Newest);

    /// <summary>Brings a file from where it is to each version in turn.</summary>
    public static IEnumerable<long> Steps(string file, long to)
    {
        using ServiceProvider services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner
                .AddSQLite()
                .WithTableRebuild()
                .WithGlobalConnectionString(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString())
                .ScanIn(typeof(RevisionAttribute).Assembly).For.Migrations())
            .BuildServiceProvider();
        using IServiceScope scope = services.CreateScope();
        IMigrationRunner runner = scope.ServiceProvider.GetRequiredService<IMigrationRunner>();
        for (long version = 1; version <= to; version++)
        {
            runner.MigrateUp(version);
            yield return version;
        }
    }
}
