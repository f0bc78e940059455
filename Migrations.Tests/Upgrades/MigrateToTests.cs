using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Upgrades;

internal sealed class MigrateToTests
{
    private static MigrationAssembly Numbered(params long[] versions)
    {
        MigrationAssembly migrations = new();
        foreach (long version in versions)
        {
            migrations.Add(version, $"CREATE TABLE t{version}(a); INSERT INTO t{version} VALUES (1)", $"DROP TABLE t{version}");
        }

        return migrations;
    }

    [Test]
    public async Task MigrateToAsync_downAndUp_tellsFromAndTo()
    {
        using UpgradeFile file = new();
        await using DatabaseMigrator migrator = file.Migrator(Numbered(10, 20, 30).Build());
        await migrator.UpgradeAsync();

        UpgradeResult down = await migrator.MigrateToAsync(10);
        UpgradeResult up = await migrator.MigrateToAsync(20);
        UpgradeResult again = await migrator.MigrateToAsync(20);
        UpgradeResult all = await migrator.MigrateToAsync(0);

        Assert.That(down.Migrations.Select(result => (result.Migration.Version, result.IsUp)), Is.EqualTo([(30L, false), (20L, false)]));
        Assert.That((down.From[0].Version, down.To[0].Version), Is.EqualTo((30L, 10L)));
        Assert.That(up.Migrations.Select(result => (result.Migration.Version, result.IsUp)), Is.EqualTo([(20L, true)]));
        Assert.That((up.From[0].Version, up.To[0].Version), Is.EqualTo((10L, 20L)));
        Assert.That(again.Migrations, Is.Empty);
        Assert.That(again.BackupPath, Is.Null);
        Assert.That((all.From[0].Version, all.To[0].Version), Is.EqualTo((20L, 0L)));
        Assert.That(down.Backup!.Versions[0].Version, Is.EqualTo(30));
        Assert.That(file.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name LIKE 't_0'"), Is.Zero);
    }

    [TestCase(15, "the nearest ones are 10 M10 and 20 M20")]
    [TestCase(5, "the first one is 10 M10")]
    [TestCase(99, "the newest one is 30 M30")]
    [TestCase(-1, "the first one is 10 M10")]
    public void MigrateToAsync_ofAnUnknownVersion_namesTheNearestOnes(long version, string nearest)
    {
        using UpgradeFile file = new();
        using DatabaseMigrator migrator = file.Migrator(Numbered(10, 20, 30).Build());

        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => _ = migrator.MigrateToAsync(version))!;

        Assert.That(error.Message, Does.Contain(nearest));
        Assert.That(file.Files, Is.Empty);
    }

    [Test]
    public void MigrateToAsync_ofAnUnknownModule_namesTheModules()
    {
        using UpgradeFile file = new();
        using DatabaseMigrator migrator = file.Migrator(Numbered(10).Build(), options => options.Modules.Add("blog", Numbered(1).Build()));

        ArgumentException error = Assert.Throws<ArgumentException>(() => _ = migrator.MigrateToAsync("wiki", 1))!;

        Assert.That(error.Message, Does.Contain("\"wiki\"").And.Contain("\"blog\"").And.Contain("application's own"));
    }

    [Test]
    public async Task MigrateToAsync_ofAModule_leavesTheOthers()
    {
        using UpgradeFile file = new();
        await using DatabaseMigrator migrator = file.Migrator(Numbered(10, 20).Build(), options => options.Modules.Add("blog", Numbered(1, 2).Build()));
        await migrator.UpgradeAsync();

        UpgradeResult result = await migrator.MigrateToAsync("BLOG", 1);

        Assert.That(result.From.Select(version => version.ToString()), Is.EqualTo(["blog 2", "20"]));
        Assert.That(result.To.Select(version => version.ToString()), Is.EqualTo(["blog 1", "20"]));
        Assert.That(migrator.GetStatus().Modules.Select(module => module.NewestApplied), Is.EqualTo([1L, 20L]));
    }

    [Test]
    public async Task MigrateToAsync_inAnOlderApplication_isRefused([Values] HistoryPolicy policy)
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(Numbered(10, 20, 30));
        DatabaseSnapshot before = file.Snapshot();
        await using DatabaseMigrator older = file.Migrator(Numbered(10, 20).Build(), options => options.NewerDatabase = options.UnknownMigrations = policy);

        UpgradeRefusedException error = (await Assert.ThrowsAsync<UpgradeRefusedException>(() => older.MigrateToAsync(10)))!;

        Assert.That(error.Message, Does.Contain("30"));
        file.Snapshot().AssertSameAs(before);
        Assert.That(file.Files, Has.None.EndsWith(".backup"));
    }

    [Test]
    public async Task MigrateToAsync_belowMigrationsOutOfOrder_isTheWayOut()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(Numbered(10, 30));
        await using DatabaseMigrator migrator = file.Migrator(Numbered(10, 20, 30).Build());
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.OutOfOrder));

        await Assert.ThrowsAsync<UpgradeRefusedException>(() => migrator.UpgradeAsync());
        UpgradeRefusedException error = (await Assert.ThrowsAsync<UpgradeRefusedException>(() => migrator.MigrateToAsync(30)))!;
        await migrator.MigrateToAsync(10);
        await migrator.UpgradeAsync();

        Assert.That(error.Message, Does.Contain("20 M20"));
        Assert.That(file.Applied(), Is.EqualTo([10, 20, 30]));
    }

    [Test]
    public async Task MigrateToAsync_withAFailingWayDown_keepsOrRestores([Values] FailurePolicy policy)
    {
        using UpgradeFile file = new();
        MigrationAssembly migrations = new MigrationAssembly()
            .Add(1, "CREATE TABLE t1(a)", "DROP TABLE t1")
            .Add(2, "CREATE TABLE t2(a); INSERT INTO t2 VALUES (1)", "DROP TABLE t2; INSERT INTO missing VALUES (1)")
            .Add(3, "CREATE TABLE t3(a)", "DROP TABLE t3");
        await using DatabaseMigrator migrator = file.Migrator(migrations.Build(), options => options.OnFailure = policy);
        await migrator.UpgradeAsync();
        DatabaseSnapshot before = file.Snapshot();

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(() => migrator.MigrateToAsync(0)))!;

        Assert.That(failure.Applied.Select(result => (result.Migration.Version, result.IsUp)), Is.EqualTo([(3L, false)]));
        Assert.That(failure.Failed!.Version, Is.EqualTo(2));
        Assert.That(failure.Message, Does.Contain("(2 of 3, down)"));
        Assert.That(failure.InnerException, Is.TypeOf<SqliteException>());
        Assert.That(failure.IsRestored, Is.EqualTo(policy == FailurePolicy.RestoreBackup));
        Assert.That(file.Applied(), Is.EqualTo(failure.IsRestored ? new long[] { 1, 2, 3 } : [1, 2]));
        Assert.That(file.Scalar<long>("SELECT count(*) FROM t2"), Is.EqualTo(1));
        if (failure.IsRestored)
        {
            file.Snapshot().AssertSameAs(before);
        }
    }
}
