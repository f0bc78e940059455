using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators;
using FluentMigrator.Runner.Generators.SQLite;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Migrations.Tests.Runner.Scanned;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

[TestFixture]
public sealed class RegistrationTests
{
    [Test]
    public void Without_add_sqlite_it_is_added()
    {
        using TestDatabase database = TestDatabase.File();
        MigrationHistory history = new(database.ConnectionString) { AddDatabase = _ => { } };
        history.Add(m => m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey()).Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM VersionInfo"), Is.EqualTo(1));
    }

    [Test]
    public void Another_selected_database_is_left_to_its_processor()
    {
        MigrationHistory history = new("Host=nowhere;Database=x")
        {
            IsPreview = true,
            ConfigureServices = services =>
            {
                services.AddScoped<IMigrationProcessor>(provider => new ConnectionlessProcessor(
                    new OneGenerator(new SQLiteGenerator()),
                    NullLogger.Instance,
                    provider.GetRequiredService<IOptionsSnapshot<ProcessorOptions>>(),
                    ["other"]));
                services.Configure<SelectingProcessorAccessorOptions>(options => options.ProcessorId = "other");
            },
        };
        history.Add(m => m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey());

        history.Run(runner => Assert.That(runner.Processor, Is.TypeOf<ConnectionlessProcessor>()));
        history.Run(runner =>
        {
            using IMigrationScope scope = runner.BeginScope();
            scope.Complete();
        });
    }

    [Test]
    public void Shared_memory_database_is_migrated_while_another_connection_keeps_it()
    {
        string connectionString = $"Data Source={TestContext.CurrentContext.Test.ID};Mode=Memory;Cache=Shared";
        using SqliteConnection keeper = new(connectionString);
        keeper.Open();
        new MigrationHistory(connectionString)
            .Add(m => m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey().WithColumn("a").AsString().Nullable())
            .Add(m => m.Alter.Column("a").OnTable("t").AsString().NotNullable())
            .Up();

        Assert.That(keeper.Scalar<long>("SELECT \"notnull\" FROM pragma_table_info('t') WHERE name = 'a'"), Is.EqualTo(1));
    }

    [Test]
    public void Memory_database_lives_as_long_as_the_runner()
    {
        MigrationHistory history = new("Data Source=:memory:");
        history.Add(m => m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey().WithColumn("a").AsString().Nullable())
            .Add(m => m.Alter.Column("a").OnTable("t").AsString().NotNullable());

        history.Run(runner =>
        {
            runner.MigrateUp();
            Assert.That(runner.Processor.TableExists(null, "t"), Is.True);
        });
    }

    [Test]
    public void Settings_of_the_connection_string_are_kept()
    {
        using TestDatabase database = TestDatabase.File().Execute(
            "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(pid REFERENCES p ON DELETE CASCADE); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)");
        new MigrationHistory(database.ConnectionString + ";Foreign Keys=False")
            .Add(m => m.Delete.FromTable("p").AllRows())
            .Up();

        Assert.That(database.Scalar<long>("SELECT count(*) FROM c"), Is.EqualTo(1), "enforcement was off");
    }

    [Test]
    public void Tags_profiles_and_maintenance_alter_tables([Values("strict", "other")] string tag)
    {
        using TestDatabase database = TestDatabase.File();
        ServiceCollection services = new();
        services.AddFluentMigratorCore()
            .ConfigureRunner(builder => builder.AddSQLite().WithGlobalConnectionString(database.ConnectionString).WithTableRebuild()
                .ScanIn(typeof(FirstMigration).Assembly).For.All())
            .Configure<TypeFilterOptions>(options => options.Namespace = typeof(FirstMigration).Namespace)
            .Configure<RunnerOptions>(options =>
            {
                options.Tags = [tag];
                options.Profile = "development";
            });
        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        using (IServiceScope scope = provider.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
        }

        Assert.That(
            database.Rows("SELECT name, \"notnull\", dflt_value FROM pragma_table_info('t')"),
            Is.EqualTo(new object?[][] { ["id", 1L, null], ["a", tag == "strict" ? 1L : 0L, "'maintained'"], ["c", 1L, "'profile'"] }));
    }

    [Test]
    public void Given_connection_needs_no_connection_string()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE p(id INTEGER PRIMARY KEY, a); INSERT INTO p VALUES (1, 'x')");
        using ServiceProvider provider = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder => builder.WithTableRebuild(options => options.Connection = database.Connection))
            .BuildServiceProvider(validateScopes: true);
        using (IServiceScope scope = provider.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<IMigrationProcessor>().Process(
                new DeleteColumnExpression { TableName = "p", ColumnNames = { "a" } });
            Assert.That(scope.ServiceProvider.GetRequiredService<IMigrationProcessor>().ColumnExists(null, "p", "a"), Is.False);
        }

        Assert.That(database.Rows("SELECT * FROM p"), Is.EqualTo(new object[][] { [1L] }));
    }

    private sealed class OneGenerator(IMigrationGenerator generator) : IGeneratorAccessor
    {
        public IMigrationGenerator Generator => generator;
    }
}
