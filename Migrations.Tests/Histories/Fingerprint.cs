using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner.History;
using Migrations.Tests.Runner;

namespace Migrations.Tests.Histories;

/// <summary>Fingerprints of migrations that a test writes where it uses them.</summary>
internal static class Fingerprint
{
    public static string? Of(Action<Migration> up) => Of(new InlineMigration(up, null));

    public static string? Of(IMigration migration) => With(services => MigrationFingerprint.Of(migration, services));

    public static T With<T>(Func<IServiceProvider, T> ask)
    {
        ServiceCollection collection = [];
        collection.AddFluentMigratorCore().ConfigureRunner(runner => runner
            .AddSQLite()
            .WithTableRebuild()
            .WithGlobalConnectionString("Data Source=:memory:")
            .ScanIn(typeof(Fingerprint).Assembly).For.EmbeddedResources());
        using ServiceProvider services = collection.BuildServiceProvider();
        using IServiceScope scope = services.CreateScope();
        return ask(scope.ServiceProvider);
    }
}
