using FluentMigrator.Runner;
using MailServer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Migrations.Runner;
using Migrations.Tests.MailServer;
using Migrations.Tests.Runner;
using NUnit.Framework;

namespace Migrations.Tests.Hosting;

/// <summary>What the container holds, and what it makes of options.</summary>
internal sealed class RegistrationTests
{
    [Test]
    public void Start_with_faults_of_options_names_all_of_them_in_one_message()
    {
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator("archive", options =>
        {
            options.Backup.Keep = 0;
            options.LockTimeout = TimeSpan.FromDays(-1);
        });
        using IHost host = builder.Build();

        Assert.That(() => host.StartAsync(), Throws.TypeOf<OptionsValidationException>()
            .With.Message.Contains("archive: ConnectionString is empty")
            .And.Message.Contains("Assemblies and Modules are empty")
            .And.Message.Contains("Backup.Keep is 0")
            .And.Message.Contains("LockTimeout is "));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Start_with_faults_of_options_upgrades_no_other_database(bool blocks)
    {
        using MailFile file = new();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        DatabaseMigratorBuilder second = builder.Services.AddDatabaseMigrator("second", _ => { });
        _ = blocks ? second.UpgradeOnStartup() : second.UpgradeInBackground();
        using IHost host = builder.Build();

        Assert.That(() => host.StartAsync(), Throws.TypeOf<OptionsValidationException>());

        Assert.That(File.Exists(file.Path), Is.False);
    }

    [Test]
    public void Migrator_asked_for_without_a_host_is_validated_too()
    {
        using ServiceProvider services = new ServiceCollection().AddDatabaseMigrator(_ => { }).Services.BuildServiceProvider();

        Assert.That(services.GetRequiredService<DatabaseMigrator>, Throws.TypeOf<OptionsValidationException>());
    }

    [Test]
    public void Options_can_depend_on_other_services()
    {
        using MailFile file = new();
        HostApplicationBuilder builder = TestHosts.Builder();
        builder.Configuration["Database"] = file.Path;
        builder.Services.AddDatabaseMigrator((services, options) =>
        {
            options.Use(file);
            options.ConnectionString = $"Data Source={services.GetRequiredService<IConfiguration>()["Database"]}";
        });
        builder.Services.AddDatabaseMigrator("named", (services, options) =>
        {
            options.Use(file);
            options.ConnectionString = $"Data Source={services.GetRequiredService<IConfiguration>()["Database"]}-named";
        });
        using IHost host = builder.Build();

        Assert.That(host.Services.GetRequiredService<DatabaseMigrator>().GetStatus().Database, Is.EqualTo(file.Path));
        Assert.That(host.Services.GetRequiredKeyedService<DatabaseMigrator>("named").GetStatus().Database, Is.EqualTo(file.Path + "-named"));
    }

    [Test]
    public void Library_adds_its_module_through_the_options()
    {
        using MailFile file = new();
        ServiceCollection collection = [];
        collection.Configure<DatabaseMigratorOptions>(options => options.Modules.Add("mail", typeof(RevisionAttribute).Assembly));
        collection.AddDatabaseMigrator(options => options.ConnectionString = $"Data Source={file.Path}");
        using ServiceProvider services = collection.BuildServiceProvider();

        Assert.That(services.GetRequiredService<DatabaseMigrator>().GetStatus().Modules.Single().Module, Is.EqualTo("mail"));
    }

    [Test]
    public void Migrator_is_one_for_each_name_and_ends_with_the_container()
    {
        using MailFile file = new();
        ServiceCollection collection = [];
        collection.AddDatabaseMigrator(options => options.Use(file));
        collection.AddDatabaseMigrator("archive", options => options.Use(file));
        DatabaseMigrator plain;
        DatabaseMigrator keyed;
        using (ServiceProvider services = collection.BuildServiceProvider())
        {
            plain = services.GetRequiredService<DatabaseMigrator>();
            keyed = services.GetRequiredKeyedService<DatabaseMigrator>("archive");
            Assert.That(services.GetRequiredService<DatabaseMigrator>(), Is.SameAs(plain));
            Assert.That(services.GetRequiredKeyedService<DatabaseMigrator>("archive"), Is.SameAs(keyed).And.Not.SameAs(plain));
        }

        Assert.That(() => plain.UpgradeAsync(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => keyed.UpgradeAsync(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Migrator_logs_where_the_application_does()
    {
        using MailFile file = new();
        using LogLines logs = new();
        HostApplicationBuilder builder = TestHosts.Builder(logs);
        builder.Services.AddDatabaseMigrator(options => options.Use(file)).UpgradeOnStartup();
        using IHost host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.That(logs.Lines, Has.Some.Contains("R32_LowerCaseAgain").Or.Some.Contains("32 "));
    }

    [Test]
    public void Second_migrator_of_one_name_is_refused()
    {
        ServiceCollection services = [];
        services.AddDatabaseMigrator(_ => { });
        services.AddDatabaseMigrator("archive", _ => { });

        Assert.That(() => services.AddDatabaseMigrator(_ => { }), Throws.InvalidOperationException.With.Message.Contains("give each of several databases a name"));
        Assert.That(() => services.AddDatabaseMigrator("archive", _ => { }), Throws.InvalidOperationException.With.Message.Contains("\"archive\""));
        Assert.That(() => services.AddDatabaseMigrator("", _ => { }), Throws.ArgumentException);
    }

    [Test]
    public void Fluent_migrators_own_runner_is_not_put_into_the_application_s_container()
    {
        using ServiceProvider services = new ServiceCollection().AddDatabaseMigrator(_ => { }).Services.BuildServiceProvider();

        Assert.That(services.GetService<IMigrationRunner>(), Is.Null);
    }
}
