using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Fleet;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

/// <summary>Two databases of one file name whose backups are kept in one folder.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SharedFolderTests
{
    private const string One = "tenant1/app.db";
    private const string Other = "tenant2/app.db";

    private static readonly EmittedStep AddIndex = EmittedStep.Sql(3, "CREATE INDEX by_email ON user (email)", "DROP INDEX by_email");

    private static readonly EmittedStep[] AddColumnAndFail =
        [EmittedStep.Sql(3, "ALTER TABLE user ADD COLUMN more"), EmittedStep.Sql(4, "INSERT INTO missing VALUES (1)")];

    [Test]
    public async Task Upgrades_that_keep_one_backup_leave_each_database_its_own()
    {
        using FleetFolder folder = Grown(AddIndex);

        UpgradeResult one = await UpgradeAsync(folder, One);
        UpgradeResult other = await UpgradeAsync(folder, Other);

        Assert.That(Rows(one.BackupPath), Is.EqualTo(Rows(folder.Path(One))).And.Not.EqualTo(Rows(folder.Path(Other))));
        Assert.That(Rows(other.BackupPath), Is.EqualTo(Rows(folder.Path(Other))));
        Assert.That(Backups(folder), Is.EquivalentTo(new[] { one.BackupPath, other.BackupPath }));
    }

    [Test]
    public async Task Upgrades_that_fail_again_and_again_push_out_no_backup_of_another_database()
    {
        using FleetFolder folder = Grown(AddColumnAndFail);
        await using DatabaseMigrator one = Migrator(folder, One);
        DatabaseBackup kept = await one.BackupAsync();

        for (int i = 0; i < 3; i++)
        {
            Assert.That(async () => await UpgradeAsync(folder, Other, options => options.OnFailure = FailurePolicy.RestoreBackup), Throws.TypeOf<UpgradeFailedException>());
        }

        Assert.That(Paths(one), Is.EqualTo([kept.Path]));
        Assert.That(Rows(kept.Path), Is.EqualTo(Rows(folder.Path(One))));
        Assert.That(Backups(folder), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Each_database_lists_its_own_and_a_new_one_none()
    {
        using FleetFolder folder = Grown(AddIndex);
        await using DatabaseMigrator one = Migrator(folder, One);
        await using DatabaseMigrator other = Migrator(folder, Other);
        await using DatabaseMigrator none = Migrator(folder, "tenant3/app.db");

        DatabaseBackup ofOne = await one.BackupAsync();
        DatabaseBackup ofOther = await other.BackupAsync();

        Assert.That(Paths(one), Is.EqualTo([ofOne.Path]));
        Assert.That(Paths(other), Is.EqualTo([ofOther.Path]));
        Assert.That(none.GetBackups(), Is.Empty);
    }

    [Test]
    public async Task Failed_upgrade_is_restored_from_its_own_backup_and_names_it()
    {
        using FleetFolder folder = Grown(AddColumnAndFail);
        await using DatabaseMigrator other = Migrator(folder, Other);
        DatabaseSnapshot before = folder.Snapshot(One);
        DatabaseBackup newer = await other.BackupAsync();

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(
            () => UpgradeAsync(folder, One, options => options.OnFailure = FailurePolicy.RestoreBackup)))!;

        Assert.That(failure.IsRestored, Is.True);
        folder.Snapshot(One).AssertSameAs(before);
        Assert.That(failure.BackupPath, Is.Not.EqualTo(newer.Path));
        Assert.That(Rows(failure.BackupPath), Is.EqualTo(Rows(folder.Path(One))));
        Assert.That(Paths(other), Is.EqualTo([newer.Path]));
    }

    [Test]
    public async Task Application_that_is_too_old_is_told_of_its_own_databases_backup_only()
    {
        using FleetFolder folder = Grown();
        await using DatabaseMigrator one = Migrator(folder, One);
        await using DatabaseMigrator other = Migrator(folder, Other);
        await other.BackupAsync();
        folder.Execute(One, "INSERT INTO VersionInfo (Version, Description) VALUES (9, 'later')");

        DatabaseStatus without = one.GetStatus();
        folder.Execute(One, "DELETE FROM VersionInfo WHERE Version = 9");
        DatabaseBackup own = await one.BackupAsync();
        await other.BackupAsync();
        folder.Execute(One, "INSERT INTO VersionInfo (Version, Description) VALUES (9, 'later')");

        Assert.That((without.State, without.FittingBackup), Is.EqualTo((DatabaseState.NewerThanApplication, default(DatabaseBackup))));
        Assert.That(one.GetStatus().FittingBackup?.Path, Is.EqualTo(own.Path));
    }

    [Test]
    public async Task Backup_that_another_databases_upgrade_is_writing_is_left_alone()
    {
        using FleetFolder folder = Grown(AddIndex);
        await using DatabaseMigrator one = Migrator(folder, One);
        await using DatabaseMigrator other = Migrator(folder, Other);
        string[] written = [(await other.BackupAsync()).Path + ".partial", folder.Path("kept/app.db.20261123T010203456Z.v2.backup.partial")];
        string own = (await one.BackupAsync()).Path + ".partial";
        foreach (string path in written.Append(own))
        {
            File.WriteAllText(path, "");
        }

        await one.BackupAsync();

        Assert.That(Directory.GetFiles(folder.Path("kept"), "*.partial"), Is.EquivalentTo(written));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a right there.")]
    public async Task All_ways_to_a_database_lead_to_the_same_backups()
    {
        using FleetFolder folder = Grown(AddIndex);
        Directory.CreateSymbolicLink(folder.Path("folder"), folder.Path("tenant1"));
        Directory.CreateSymbolicLink(folder.Path("elsewhere"), folder.Path("kept"));
        File.CreateSymbolicLink(folder.Path("linked.db"), "folder/app.db");
        Directory.CreateDirectory(folder.Path("deep/deeper"));
        Directory.CreateSymbolicLink(folder.Path("short"), "deep/deeper");
        File.CreateSymbolicLink(folder.Path("deep/deeper/up.db"), "../../tenant1/app.db");
        string[] ways = [One, "short/up.db", "folder/app.db", "linked.db", "tenant2/../folder/app.db", new Uri(folder.Path("folder/app.db")).AbsoluteUri];
        List<string> made = [];
        foreach (string way in ways)
        {
            await using DatabaseMigrator migrator = Migrator(folder, way);
            made.Add((await migrator.BackupAsync()).Path);
            Assert.That(Paths(migrator), Is.EqualTo(Enumerable.Reverse(made)), way);
        }

        await using DatabaseMigrator through = Migrator(folder, One, options => options.Backup.Folder = folder.Path("elsewhere"));
        Assert.That(through.GetBackups().Select(backup => Path.GetFileName(backup.Path)), Is.EqualTo(Enumerable.Reverse(made).Select(Path.GetFileName)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(".")]
    [TestCase("../tenant1/")]
    [TestCase("ROOT/tenant1")]
    [TestCase("ROOT/link", ExcludePlatform = "Win")]
    public async Task Own_folder_by_any_name_holds_backups_of_the_databases_name(string? named)
    {
        using FleetFolder folder = Grown(AddIndex);
        if (named == "ROOT/link")
        {
            Directory.CreateSymbolicLink(folder.Path("link"), "tenant1");
        }

        UpgradeResult result = await UpgradeAsync(folder, One, options => options.Backup.Folder = named?.Replace("ROOT", folder.Root, StringComparison.Ordinal));

        Assert.That(Path.GetFileName(result.BackupPath), Does.Match(@"^app\.db\.\d{8}T\d{9}Z\.v2\.backup$"));
        await using DatabaseMigrator beside = Migrator(folder, One, options => options.Backup.Folder = null);
        Assert.That(beside.GetBackups().Select(backup => Path.GetFileName(backup.Path)), Is.EqualTo([Path.GetFileName(result.BackupPath)]));
    }

    [Test]
    public async Task Folder_of_one_database_holds_backups_of_another_apart_from_its_own()
    {
        using FleetFolder folder = Grown(AddIndex);

        UpgradeResult one = await UpgradeAsync(folder, One, options => options.Backup.Folder = null);
        UpgradeResult other = await UpgradeAsync(folder, Other, options => options.Backup.Folder = folder.Path("tenant1"));
        await using DatabaseMigrator downgraded = Migrator(folder, One, options => options.Backup.Folder = null);
        UpgradeResult later = await downgraded.MigrateToAsync(2);

        Assert.That(Directory.GetFiles(folder.Path("tenant1"), "*.backup"), Is.EquivalentTo(new[] { other.BackupPath, later.BackupPath }));
        Assert.That(File.Exists(one.BackupPath), Is.False, "one is kept");
        Assert.That(Rows(other.BackupPath), Is.EqualTo(Rows(folder.Path(Other))));
    }

    [Test]
    public async Task Backup_of_which_nobody_can_say_whose_it_is_stays_and_is_restored_by_its_name()
    {
        using FleetFolder folder = Grown(AddIndex);
        await using DatabaseMigrator one = Migrator(folder, One);
        string old = folder.Path("kept/app.db.20200101T010203456Z.v2.backup");
        await one.BackupAsync(old);
        DatabaseSnapshot before = folder.Snapshot(One);

        await UpgradeAsync(folder, One);
        await UpgradeAsync(folder, Other);

        Assert.That(File.Exists(old));
        Assert.That(Paths(one), Has.Length.EqualTo(1).And.None.EqualTo(old));
        await one.RestoreAsync(old);
        folder.Snapshot(One).AssertSameAs(before);
    }

    [TestCase("kept/app.db.20200101T010203456Z.backup")]
    [TestCase("elsewhere/app.db-tenant9-0123456789abcdef.20200101T010203456Z.backup")]
    public async Task Backup_from_before_the_first_version_is_restored_by_its_name(string name)
    {
        using FleetFolder folder = Grown(AddIndex);
        await using DatabaseMigrator one = Migrator(folder, One);
        await one.BackupAsync(folder.Path(name));
        using (SqliteConnection connection = folder.Open(name))
        {
            connection.Execute("DROP TABLE VersionInfo");
        }

        await one.RestoreAsync(folder.Path(name));

        Assert.That(one.GetStatus().State, Is.EqualTo(DatabaseState.Unversioned));
    }

    [Test]
    public async Task Database_that_was_moved_finds_no_backup_and_is_restored_by_name()
    {
        using FleetFolder folder = Grown(AddIndex);
        DatabaseSnapshot before = folder.Snapshot(One);
        UpgradeResult result = await UpgradeAsync(folder, One);
        Directory.Move(folder.Path("tenant1"), folder.Path("moved"));
        await using DatabaseMigrator moved = Migrator(folder, "moved/app.db");

        Assert.That(moved.GetBackups(), Is.Empty);
        await moved.RestoreAsync(result.BackupPath!); // There was something to upgrade.
        folder.Snapshot("moved/app.db").AssertSameAs(before);
    }

    [Test]
    public async Task Fleet_keeps_a_backup_of_each_in_one_folder()
    {
        using FleetFolder folder = Grown(AddIndex);
        string[] names = [One, Other, .. Enumerable.Range(3, 6).Select(i => $"tenant{i}/app.db")];
        Grow(folder, names[2..]);
        folder.Options.Migrator.Backup.Folder = folder.Path("kept");
        folder.Options.Migrator.Backup.Keep = 1;

        var results = await folder.RunAsync(folder.Options with { Parallel = 4 }, files: [.. names.Select(folder.Path)]);

        Assert.That(results.Select(result => Rows(result.Backup)), Is.EqualTo(names.Select(name => Rows(folder.Path(name)))));
        Assert.That(Backups(folder), Is.EquivalentTo(results.Select(result => result.Backup)));
    }

    private static FleetFolder Grown(params EmittedStep[] steps)
    {
        FleetFolder folder = new(steps);
        Grow(folder, One, Other);
        return folder;
    }

    private static void Grow(FleetFolder folder, params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.Path(name))!); // It is in a folder.
        }

        folder.With(names);
    }

    private static DatabaseMigrator Migrator(FleetFolder folder, string name, Action<DatabaseMigratorOptions>? configure = null)
    {
        DatabaseMigratorOptions options = new()
        {
            ConnectionString = $"Data Source={(name.StartsWith("file:", StringComparison.Ordinal) ? name : folder.Path(name))}",
            Assemblies = { folder.Migrations },
            Backup = { Folder = folder.Path("kept"), Keep = 1 },
        };
        configure?.Invoke(options);
        return DatabaseMigrator.Create(options);
    }

    private static async Task<UpgradeResult> UpgradeAsync(FleetFolder folder, string name, Action<DatabaseMigratorOptions>? configure = null)
    {
        await using DatabaseMigrator migrator = Migrator(folder, name, configure);
        return await migrator.UpgradeAsync();
    }

    private static string[] Paths(DatabaseMigrator migrator) => [.. migrator.GetBackups().Select(backup => backup.Path)];

    private static string[] Backups(FleetFolder folder) => Directory.GetFiles(folder.Path("kept"));

    // Each database's first row says which one it is.
    private static string Rows(string? path)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return string.Join('\n', connection.Rows("SELECT id, email, quota FROM user").Select(row => string.Join('|', row)));
    }
}
