using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Migrations.Runner;

namespace Migrations.Tests.Repository;

/// <summary>The code of docs/shipping-in-an-app.md, which a test compares with the page, and others run.</summary>
internal static class ShippingInAnAppCode
{
    public static void Startup(HostApplicationBuilder builder)
    {
        builder.Services.AddDatabaseMigrator(options =>
        {
            options.ConnectionString = "Data Source=shop.db";
            options.Assemblies.Add(typeof(CreateOrder).Assembly);
        }).UpgradeOnStartup();
    }

    public static void Background(HostApplicationBuilder builder)
    {
        builder.Services.AddDatabaseMigrator(options =>
        {
            options.ConnectionString = "Data Source=shop.db";
            options.Assemblies.Add(typeof(CreateOrder).Assembly);
        }).UpgradeInBackground(stopHostOnFailure: true);
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
    }

    public static async Task<UpgradeResult> WithoutHostAsync()
    {
        await using DatabaseMigrator migrator = DatabaseMigrator.Create("Data Source=shop.db", typeof(CreateOrder).Assembly);
        UpgradeResult result = await migrator.UpgradeAsync();
        return result;
    }

    public static int LookFirst(DatabaseMigrator migrator)
    {
        DatabaseStatus status = migrator.GetStatus();
        if (!status.CanUpgrade)
        {
            Console.Error.WriteLine(status.Message);
            return 3;
        }

        return 0;
    }

    public static void Choose(DatabaseMigratorOptions options)
    {
        options.OutOfOrder = HistoryPolicy.Allow;
        options.EditedMigrations = HistoryPolicy.Refuse;

        options.Backup.Folder = "/var/backups/shop";
        options.Backup.Keep = 5;

        options.OnFailure = FailurePolicy.RestoreBackup;
    }

    public static void Hook(DatabaseMigratorOptions options)
    {
        options.ConnectionOpened = connection =>
        {
            connection.CreateFunction("slug", (string? title) => title?.ToLowerInvariant().Replace(' ', '-'), isDeterministic: true);
            connection.CreateCollation("names", (a, b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase));
        };
    }

    public static async Task<UpgradeResult> WatchedAsync(DatabaseMigrator migrator)
    {
        Progress<UpgradeProgress> progress = new(step => Console.WriteLine(step));
        using CancellationTokenSource interrupt = new();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupt.Cancel();
        };
        UpgradeResult result = await migrator.UpgradeAsync(progress, interrupt.Token);
        return result;
    }

    public static async Task<RestoreResult> BackAsync(DatabaseMigrator migrator)
    {
        DatabaseBackup backup = await migrator.BackupAsync();
        RestoreResult restored = await migrator.RestoreAsync(backup);
        Console.WriteLine($"What was there before is {restored.Previous?.Path}.");
        return restored;
    }

    public static async Task TellAsync(DatabaseMigrator migrator)
    {
        try
        {
            await migrator.UpgradeAsync();
        }
        catch (UpgradeFailedException e)
        {
            Console.Error.WriteLine($"{e.Failed}: {e.InnerException?.Message}");
            Console.Error.WriteLine($"applied before: {e.Applied.Count}, put back: {e.IsRestored}, backup: {e.BackupPath}");
            throw;
        }
    }

    public static async Task<BaselineResult> BaselineAsync(DatabaseMigrator migrator)
    {
        BaselineResult result = await migrator.BaselineAsync(version: 1);
        return result;
    }

    public static IServiceCollection AddMailQueue(this IServiceCollection services) =>
        services.Configure<DatabaseMigratorOptions>(options => options.Modules.Add("queue", typeof(CreateQueue).Assembly));

    public static IServiceCollection OwnRunner(IServiceCollection services)
    {
        services.AddFluentMigratorCore()
            .ConfigureRunner(runner => runner.AddSQLite().WithTableRebuild()
                .WithGlobalConnectionString("Data Source=shop.db")
                .ScanIn(typeof(CreateOrder).Assembly).For.Migrations());
        return services;
    }

    public sealed class DatabaseHealth(DatabaseReadiness readiness) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(readiness.State switch
            {
                ReadinessState.Ready => HealthCheckResult.Healthy(),
                ReadinessState.Failed => HealthCheckResult.Unhealthy(readiness.Error?.Message),
                _ => HealthCheckResult.Degraded(readiness.Progress?.ToString() ?? "waiting"),
            });
    }

    [Migration(1)]
    public sealed class CreateOrder : AutoReversingMigration
    {
        public override void Up() => Create.Table("order").WithColumn("id").AsInt64().PrimaryKey();
    }

    [Migration(1)]
    public sealed class CreateQueue : AutoReversingMigration
    {
        public override void Up() => Create.Table("queue_message").WithColumn("id").AsInt64().PrimaryKey();
    }
}
