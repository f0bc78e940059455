using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Hooks;

/// <summary>The ways in which a connection string names a file.</summary>
public sealed class PathTests
{
    [TestCase("with space.db")]
    [TestCase("größe-日本.db")]
    [TestCase("hash#1.db")]
    [TestCase("question?mode=memory.db")]
    [TestCase("per%20cent%.db")]
    [TestCase("it's \"quoted\".db")]
    [TestCase("semi;colon=x.db")]
    [TestCase("file.with.dots")]
    public async Task A_file_of_any_name_is_planned_upgraded_backed_up_and_restored(string name)
    {
        using DatabaseFolder file = new();
        string path = Path.Combine(file.Folder, name);

        await Upgrade(file, new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());

        Assert.That(File.Exists(path), Is.True);
        Assert.That(Directory.GetFiles(file.Folder).Select(Path.GetFileName), Has.All.StartsWith(name));
    }

    [TestCase("app.db", "app.db")]
    [TestCase("with%20space.db", "with space.db")]
    [TestCase("hash%231.db", "hash#1.db")]
    [TestCase("app.db?cache=private", "app.db")]
    [TestCase("app.db?cache=private#part", "app.db")]
    public async Task A_uri_names_the_same_file_to_SQLite_and_to_the_migrator(string end, string name)
    {
        using DatabaseFolder file = new();

        await Upgrade(file, new SqliteConnectionStringBuilder { DataSource = $"file:{file.Folder}/{end}", Pooling = false }.ToString());

        Assert.That(File.Exists(Path.Combine(file.Folder, name)), Is.True);
        Assert.That(Directory.GetFiles(file.Folder).Select(Path.GetFileName), Has.All.StartsWith(name));
    }

    [Test]
    public async Task A_relative_path_names_the_same_file_to_SQLite_and_to_the_migrator()
    {
        using DatabaseFolder file = new();
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(file.Folder, "rel.db"));

        await Upgrade(file, new SqliteConnectionStringBuilder { DataSource = relative, Pooling = false }.ToString());

        Assert.That(File.Exists(Path.Combine(file.Folder, "rel.db")), Is.True);
    }

    private static async Task Upgrade(DatabaseFolder file, string connectionString)
    {
        EmittedStep first = new(1, m => m.Execute.Sql("CREATE TABLE t (a); INSERT INTO t VALUES (1)"));
        EmittedStep second = new(2, m => m.Alter.Column("a").OnTable("t").AsInt32().NotNullable());
        await using (DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(first), options => options.ConnectionString = connectionString))
        {
            Assert.That(migrator.Plan().Migrations, Has.Count.EqualTo(1), migrator.GetStatus().Message);
            Assert.That(file.State(), Is.Empty);
            await migrator.UpgradeAsync();
        }

        await using DatabaseMigrator later = file.Migrator(EmittedAssembly.Of(first, second), options =>
        {
            options.ConnectionString = connectionString;
            options.Backup.Enabled = true;
        });
        Assert.That(later.Plan().Migrations.Single().Steps.Single().Rows, Is.EqualTo(1));
        UpgradeResult result = await later.UpgradeAsync();
        Assert.That(later.GetBackups().Select(backup => backup.Path), Is.EqualTo(new[] { result.BackupPath }));
        await later.RestoreAsync(result.Backup!);
        Assert.That(later.GetStatus().Modules.Single().NewestApplied, Is.EqualTo(1));
        using SqliteConnection connection = new(connectionString);
        connection.Open();
        Assert.That(connection.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(1));
    }
}
