using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.History;

/// <summary>
/// The fingerprints of a module's migrations as they are now. The migrations are instances of their own, in a container that reaches no
/// database of the application's. Not safe for concurrent use.
/// </summary>
internal sealed class ModuleFingerprints : IDisposable
{
    private readonly MigrationModule module;
    private readonly ServiceProvider services;
    private readonly IServiceScope scope;
    private readonly IReadOnlyDictionary<long, IMigrationInfo> migrations;

    public ModuleFingerprints(MigratorSettings settings, MigrationModule module)
    {
        this.module = module;
        ServiceCollection collection = [];
        collection.AddModule(settings, module, connectionString: "", _ => { });

        // After the application's own configuration, which may name a database.
        collection.ConfigureRunner(runner => runner.WithGlobalConnectionString("Data Source=:memory:"));
        services = collection.BuildServiceProvider();
        scope = services.CreateScope();
        migrations = Load();
    }

    /// <summary>The versions that FluentMigrator finds; none where it, or a migration's constructor, fails.</summary>
    public IEnumerable<long> Versions => migrations.Keys;

    /// <summary>The fingerprint of a version; null where there is none, or no such migration.</summary>
    public string? Of(long version) =>
        migrations.TryGetValue(version, out IMigrationInfo? migration)
            ? MigrationFingerprint.Of(migration.Migration, scope.ServiceProvider)
            : null;

    /// <summary>The name that a version's migration bears now.</summary>
    public MigrationIdentity Identity(long version) => new(
        module.Name,
        version,
        migrations.TryGetValue(version, out IMigrationInfo? migration) ? migration.Description ?? migration.Migration.GetType().Name : "");

    public void Dispose()
    {
        scope.Dispose();
        services.Dispose();
    }

    private IReadOnlyDictionary<long, IMigrationInfo> Load()
    {
        try
        {
            return scope.ServiceProvider.GetRequiredService<IMigrationInformationLoader>().LoadMigrations();
        }
#pragma warning disable CA1031 // The constructors of migrations are the application's code; an upgrade reports what fails in them.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new Dictionary<long, IMigrationInfo>();
        }
    }
}
