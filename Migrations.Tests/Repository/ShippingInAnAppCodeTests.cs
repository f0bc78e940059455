using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

/// <summary>The code of docs/shipping-in-an-app.md does what the page says.</summary>
internal sealed class ShippingInAnAppCodeTests
{
    private static readonly EmittedStep Create = EmittedStep.Sql(1, "CREATE TABLE \"order\" (id INTEGER PRIMARY KEY, title TEXT COLLATE names)", "DROP TABLE \"order\"");

    [Test]
    public async Task Upgrade_is_watched_backed_up_and_restored()
    {
        using TestDatabase database = TestDatabase.File();
        await using DatabaseMigrator migrator = Migrator(database, Create);

        UpgradeResult result = await ShippingInAnAppCode.WatchedAsync(migrator);
        RestoreResult restored = await ShippingInAnAppCode.BackAsync(migrator);

        Assert.That(result.Migrations, Has.Exactly(1).Items);
        Assert.That(restored.Previous?.Path, Does.Exist);
        Assert.That(ShippingInAnAppCode.LookFirst(migrator), Is.Zero);
    }

    [Test]
    public async Task Hook_gives_functions_and_collations_to_migrations()
    {
        using TestDatabase database = TestDatabase.File();
        await using DatabaseMigrator migrator = Migrator(
            database, Create, EmittedStep.Sql(2, "INSERT INTO \"order\" (title) SELECT slug('Two Words'); CREATE INDEX by_title ON \"order\" (title)"));

        await migrator.UpgradeAsync();

        Assert.That(database.Scalar<string>("SELECT title FROM \"order\""), Is.EqualTo("two-words"));
    }

    [Test]
    public async Task Failure_is_told_and_all_is_put_back()
    {
        using TestDatabase database = TestDatabase.File();
        await using (DatabaseMigrator older = Migrator(database, Create))
        {
            await older.UpgradeAsync();
        }

        await using DatabaseMigrator migrator = Migrator(
            database, Create, EmittedStep.Sql(2, "CREATE TABLE item (id INTEGER)"), EmittedStep.Sql(3, "INSERT INTO nowhere VALUES (1)"));

        UpgradeFailedException? failure = await Assert.ThrowsAsync<UpgradeFailedException>(() => ShippingInAnAppCode.TellAsync(migrator));

        Assert.That(failure!.IsRestored, Is.True);
        Assert.That(failure.InnerException?.Message, Does.Contain("nowhere"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'item'"), Is.Zero);
    }

    [Test]
    public async Task Database_without_a_history_is_not_upgraded_and_can_be_declared()
    {
        using TestDatabase database = TestDatabase.File();
        database.Execute("CREATE TABLE \"order\" (id INTEGER PRIMARY KEY, title TEXT)");
        EmittedStep create = EmittedStep.Sql(1, "CREATE TABLE \"order\" (id INTEGER PRIMARY KEY, title TEXT)");
        await using DatabaseMigrator migrator = Migrator(database, create);

        Assert.That(ShippingInAnAppCode.LookFirst(migrator), Is.EqualTo(3));
        Assert.That((await ShippingInAnAppCode.BaselineAsync(migrator)).Migrations, Has.Exactly(1).Items);
        Assert.That(ShippingInAnAppCode.LookFirst(migrator), Is.Zero);
    }

    [Test]
    public void Hosts_have_what_the_page_adds()
    {
        HostApplicationBuilder startup = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ShippingInAnAppCode.Startup(startup);
        startup.Services.AddMailQueue();
        HostApplicationBuilder background = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ShippingInAnAppCode.Background(background);
        using IHost host = background.Build();
        using ServiceProvider services = startup.Services.BuildServiceProvider();
        DatabaseMigratorOptions options = new();
        foreach (IConfigureOptions<DatabaseMigratorOptions> configure in services.GetServices<IConfigureOptions<DatabaseMigratorOptions>>())
        {
            configure.Configure(options);
        }

        Assert.That(options.Modules.Select(module => module.Name), Is.EqualTo(new[] { "queue" }));
        Assert.That(options.ConnectionString, Is.EqualTo("Data Source=shop.db"));
        Assert.That(
            ActivatorUtilities.CreateInstance<ShippingInAnAppCode.DatabaseHealth>(host.Services).CheckHealthAsync(new()).Result.Status,
            Is.EqualTo(HealthStatus.Degraded));
    }

    private static DatabaseMigrator Migrator(TestDatabase database, params EmittedStep[] steps)
    {
        DatabaseMigratorOptions options = new();
        ShippingInAnAppCode.Choose(options);
        ShippingInAnAppCode.Hook(options);
        options.ConnectionString = database.ConnectionString;
        options.Assemblies.Add(EmittedAssembly.Of(steps));
        options.Backup.Folder = Path.GetDirectoryName(database.Path);
        return DatabaseMigrator.Create(options);
    }
}
