using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Hooks;

/// <summary>Databases in memory that the application shares and keeps alive.</summary>
public sealed class MemoryTests
{
    private static int count;

    [TestCase("Data Source={0};Mode=Memory;Cache=Shared")]
    [TestCase("Data Source=file:{0}?mode=memory&cache=shared")]
    public async Task A_shared_database_is_planned_upgraded_and_taken_back_without_a_file(string form)
    {
        string name = NewName();
        string connectionString = string.Format(CultureInfo.InvariantCulture, form, name);
        using SqliteConnection application = new(connectionString);
        application.Open();
        List<string> opened = [];
        DatabaseMigratorOptions options = new() { ConnectionString = connectionString, ConnectionOpened = connection => opened.Add(connection.DataSource) };
        options.Assemblies.Add(EmittedAssembly.Of(
            new EmittedStep(1, m => m.Execute.Sql("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x')"), m => m.Delete.Table("t")),
            new EmittedStep(
                2,
                m => m.Alter.Column("a").OnTable("t").AsString(50).NotNullable(),
                m => m.Alter.Column("a").OnTable("t").AsString().Nullable())));
        await using DatabaseMigrator migrator = DatabaseMigrator.Create(options);
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.New));
        Assert.That(migrator.Plan().Migrations, Has.Count.EqualTo(2));

        UpgradeResult result = await migrator.UpgradeAsync();

        Assert.That(result.Migrations, Has.Count.EqualTo(2));
        Assert.That(result.BackupPath, Is.Null);
        Assert.That(application.Rows("SELECT * FROM t"), Is.EqualTo(new[] { new object[] { 1L, "x" } }));
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(migrator.Plan("", 1).Migrations.Single().Steps.Single().Rows, Is.EqualTo(1));
        await migrator.MigrateToAsync(1);
        Assert.That(application.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'"), Does.Not.Contain("NOT NULL"));
        await migrator.MigrateToAsync(0);
        Assert.That(application.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 't'"), Is.Zero);
        Assert.That(opened, Is.Not.Empty);
        Assert.That(new[] { Environment.CurrentDirectory, AppContext.BaseDirectory }.SelectMany(folder => Directory.GetFiles(folder, $"*{name}*")), Is.Empty);
    }

    [Test]
    public async Task A_failed_migration_in_a_shared_database_is_rolled_back()
    {
        string connectionString = $"Data Source={NewName()};Mode=Memory;Cache=Shared";
        using SqliteConnection application = new(connectionString);
        application.Open();
        await using DatabaseMigrator migrator = DatabaseMigrator.Create(connectionString, EmittedAssembly.Of(
            (1, m => m.Execute.Sql("CREATE TABLE kept (a)")),
            (2, m => m.Execute.Sql("CREATE TABLE lost (a); CREATE TABLE lost (a)"))));

        await Assert.ThatAsync(() => migrator.UpgradeAsync(), Throws.InstanceOf<UpgradeFailedException>());

        Assert.That(application.Rows("SELECT name FROM sqlite_schema WHERE name IN ('kept', 'lost')").Select(row => row[0]), Is.EqualTo(new[] { "kept" }));
        Assert.That(migrator.GetStatus().Modules.Single().NewestApplied, Is.EqualTo(1));
    }

    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=")]
    [TestCase("Data Source=x;Mode=Memory")]
    [TestCase("Data Source=x;Mode=Memory;Cache=Private")]
    [TestCase("Data Source=file::memory:")]
    [TestCase("Data Source=file:x?mode=memory")]
    [TestCase("Data Source=file:x?mode=memory&cache=private")]
    public void A_private_database_is_refused_by_the_options(string connectionString) =>
        Assert.That(
            () => DatabaseMigrator.Create(connectionString, EmittedAssembly.Of((1, _ => { }))),
            Throws.ArgumentException.With.Message.Contains("gone with its connection").And.Message.Contains("Cache=Shared"));

    private static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"shared{Environment.ProcessId}_{Interlocked.Increment(ref count)}");
}
