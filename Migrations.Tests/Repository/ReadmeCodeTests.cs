using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

internal sealed class ReadmeCodeTests
{
    [Test]
    public void Migrations_of_the_readme_do_what_it_says()
    {
        using TestDatabase database = UserDatabase();
        Up(database, new ReadmeCode.TightenUser(), new ReadmeCode.Verbs());

        Assert.That(database.Rows("SELECT id, domain_id, email, quota, spam_threshold, state FROM user ORDER BY id"), Is.EqualTo(new object?[][]
        {
            [1L, 1L, "ann@example.org", 5120L, 100L, "active"],
            [2L, 1L, "bob@example.org", 1024000L, 80L, "active"],
        }));
        Assert.That(
            () => database.Execute("INSERT INTO user (domain_id, email) VALUES (9, 'c@example.org')"),
            Throws.TypeOf<SqliteException>().With.Message.Contains("FOREIGN KEY"));
        Assert.That(
            () => database.Execute("INSERT INTO user (domain_id, email) VALUES (1, 'BOB@example.org')"),
            Throws.TypeOf<SqliteException>().With.Message.Contains("UNIQUE"));
        Assert.That(
            () => database.Execute("UPDATE user SET quota = -1"),
            Throws.TypeOf<SqliteException>().With.Message.Contains("ck_user_quota"));
    }

    [Test]
    public void Down_of_the_readme_gives_back_the_schema()
    {
        using TestDatabase database = UserDatabase();
        IReadOnlyList<object?[]> before = Columns(database);
        Up(database, new ReadmeCode.TightenUser());
        Assert.That(Columns(database), Is.Not.EqualTo(before));

        Run(database, runner => runner.Down(new ReadmeCode.TightenUser()));

        Assert.That(Columns(database), Is.EqualTo(before));
        Assert.That(database.Rows("SELECT * FROM pragma_foreign_key_list('user')"), Is.Empty);
    }

    [Test]
    public void Guard_of_the_readme_stops_before_anything_is_changed()
    {
        using TestDatabase database = UserDatabase();
        Up(database, new ReadmeCode.TightenUser());
        database.Execute("UPDATE user SET quota = -1 WHERE id = 2");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.That(
            () => Up(database, new ReadmeCode.Verbs()),
            Throws.InstanceOf<Exception>().With.Message.Contains("a quota must not be negative").And.Message.Contains("bob@example.org"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Alteration_of_the_readme_without_FluentMigrator_does_what_it_says()
    {
        using TestDatabase database = UserDatabase();
        database.Execute("UPDATE user SET quota = 7");
        AlterationResult result = ReadmeCode.WithoutFluentMigrator(database.Path!); // A database of a file has a path.

        Assert.That(result.RowsCopied, Is.EqualTo(2));
        Assert.That(database.Rows("SELECT * FROM user WHERE email = 'ANN@example.org'"), Is.EqualTo(new object?[][]
        {
            [1L, 1L, "Ann@Example.org", "", 7L, 15L],
        }));
        database.Execute("PRAGMA foreign_keys = ON; DELETE FROM domain");
        Assert.That(database.Scalar<long>("SELECT count(*) FROM user"), Is.Zero);
    }

    [Test]
    public void Host_of_the_readme_has_a_migrator_for_the_file()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ReadmeCode.Host(builder);
        using IHost host = builder.Build();

        Assert.That(host.Services.GetRequiredService<DatabaseMigrator>().GetBackups(), Is.Empty);
        Assert.That(host.Services.GetServices<IHostedService>(), Has.Exactly(1).Items);
        Assert.That(
            host.Services.GetRequiredService<IOptions<DatabaseMigratorOptions>>().Value.ConnectionString, Is.EqualTo("Data Source=mail.db"));
    }

    [Test]
    public void Test_of_the_readme_passes() => ReadmeCode.TestOfAStep();

    private static TestDatabase UserDatabase()
    {
        TestDatabase database = TestDatabase.File();
        Up(database, new ReadmeCode.CreateUser());
        return database.Execute("""
            INSERT INTO domain VALUES (1, 'example.org');
            INSERT INTO user VALUES (1, 1, 'Ann@Example.org', 5, 15), (2, 1, 'bob@example.org', NULL, NULL);
            """);
    }

    private static IReadOnlyList<object?[]> Columns(TestDatabase database) => database.Rows("SELECT * FROM pragma_table_xinfo('user')");

    private static void Up(TestDatabase database, params IEnumerable<IMigration> migrations) => Run(database, runner =>
    {
        foreach (IMigration migration in migrations)
        {
            runner.Up(migration);
        }
    });

    private static void Run(TestDatabase database, Action<IMigrationRunner> steps)
    {
        using ServiceProvider services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner.AddSQLite().WithTableRebuild().WithGlobalConnectionString(database.ConnectionString))
            .BuildServiceProvider();
        using IServiceScope scope = services.CreateScope();
        steps(scope.ServiceProvider.GetRequiredService<IMigrationRunner>());
    }
}
