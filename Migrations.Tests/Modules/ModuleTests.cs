using System.Reflection;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Modules;

/// <summary>Several packages with migrations of their own in one database.</summary>
public sealed class ModuleTests
{
    private const string Histories = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'VersionInfo%' ORDER BY name";

    [Test]
    public async Task UpgradeAsync_takes_modules_as_they_were_added_and_the_application_last()
    {
        using DatabaseFolder file = new();
        await using DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Assemblies.Add(Creates("own"));
            options.Modules.Add("second", Creates("b")).Add("first", Creates("a"));
        });

        UpgradeResult result = await migrator.UpgradeAsync();

        Assert.That(result.Migrations.Select(migration => migration.Migration.Module), Is.EqualTo(new[] { "second", "first", "" }));
        Assert.That(result.To.Select(version => version.ToString()), Is.EqualTo(new[] { "second 1", "first 1", "1" }));
    }

    [Test]
    public async Task UpgradeAsync_takes_modules_after_those_they_name()
    {
        using DatabaseFolder file = new();
        await using DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Assemblies.Add(EmittedAssembly.Of((1, m => m.Create.Table("own").WithColumn("id").AsInt32().PrimaryKey())));
            options.Modules
                .Add("last", EmittedAssembly.Of((1, m => m.Execute.Sql("ALTER TABLE middle ADD COLUMN c"))), "Middle", "")
                .Add("middle", EmittedAssembly.Of((1, m => m.Execute.Sql("CREATE TABLE middle (a REFERENCES first(id), b)"))), "first")
                .Add("first", EmittedAssembly.Of((1, m => m.Create.Table("first").WithColumn("id").AsInt32().PrimaryKey())));
        });

        UpgradePlan plan = migrator.Plan();
        UpgradeResult result = await migrator.UpgradeAsync();

        Assert.That(result.Migrations.Select(migration => migration.Migration.Module), Is.EqualTo(new[] { "first", "middle", "", "last" }));
        Assert.That(plan.Migrations.Select(migration => migration.Migration.Module), Is.EqualTo(new[] { "first", "middle", "", "last" }));
        Assert.That(plan.Migrations.SelectMany(migration => migration.Notes), Is.Empty);
    }

    [Test]
    public async Task Versions_of_modules_are_each_their_own()
    {
        using DatabaseFolder file = new();
        Action<DatabaseMigratorOptions> configure = options =>
        {
            options.Assemblies.Add(Creates("own", 1, 2, 20260101120000));
            options.Modules.Add("a", Creates("a", 1, 2, 3)).Add("b", Creates("b", 1, 3));
        };
        await using (DatabaseMigrator migrator = file.Migrator(configure))
        {
            await migrator.UpgradeAsync();
            DatabaseStatus status = migrator.GetStatus();
            Assert.That(status.State, Is.EqualTo(DatabaseState.UpToDate));
            Assert.That(status.Modules.Select(module => module.NewestApplied), Is.EqualTo(new[] { 3, 3, 20260101120000 }));
            Assert.That((await migrator.UpgradeAsync()).Migrations, Is.Empty);
        }

        Assert.That(file.Rows("SELECT Version FROM VersionInfo ORDER BY 1").Select(row => row[0]), Is.EqualTo(new[] { 1, 2, 20260101120000 }));
        Assert.That(file.Rows("SELECT Version FROM VersionInfo_a ORDER BY 1").Select(row => row[0]), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(file.Rows("SELECT Version FROM VersionInfo_b ORDER BY 1").Select(row => row[0]), Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public async Task One_backup_before_the_first_module_names_the_versions_of_all()
    {
        using DatabaseFolder file = new();
        await using (DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Assemblies.Add(Creates("own", 1));
            options.Modules.Add("Acme.Auth", Creates("auth", 1, 2)).Add("b-b", Creates("b", 7));
        }))
        {
            await migrator.UpgradeAsync();
        }

        List<UpgradeProgress> reports = [];
        await using DatabaseMigrator newer = file.Migrator(options =>
        {
            options.Backup.Enabled = true;
            options.Assemblies.Add(Creates("own", 1, 2));
            options.Modules.Add("Acme.Auth", Creates("auth", 1, 2, 3)).Add("b-b", Creates("b", 7, 8));
        });
        UpgradeResult result = await newer.UpgradeAsync(new Reports(reports));

        Assert.That(result.Migrations, Has.Count.EqualTo(3));
        Assert.That(newer.GetBackups().Single().Versions.Select(version => version.ToString()), Is.EqualTo(new[] { "Acme.Auth 2", "b-b 7", "1" }));
        Assert.That(result.BackupPath, Is.EqualTo(newer.GetBackups().Single().Path));
        using Microsoft.Data.Sqlite.SqliteConnection backup = new($"Data Source={result.BackupPath};Mode=ReadOnly;Pooling=False");
        backup.Open();
        Assert.That(backup.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name IN ('auth3', 'b8', 'own2')"), Is.Zero);
        Assert.That(backup.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name IN ('auth2', 'b7', 'own1')"), Is.EqualTo(3));
        Assert.That(reports.Count(report => report.Phase == UpgradePhase.WaitingForLock), Is.LessThanOrEqualTo(1));
        Assert.That(
            reports.Where(report => report.Phase == UpgradePhase.Migrating).Select(report => (report.Migration?.Module, report.Number, report.Count)).Distinct(),
            Is.SupersetOf(new[] { ("Acme.Auth", 1, 3), ("b-b", 2, 3), ("", 3, 3) }));
    }

    [Test]
    public async Task A_module_that_is_added_later_is_applied_to_a_database_with_rows()
    {
        using DatabaseFolder file = new();
        await using (DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(
            (1, m => m.Execute.Sql("CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1), (2)")))))
        {
            await migrator.UpgradeAsync();
        }

        await using DatabaseMigrator later = file.Migrator(options =>
        {
            options.Assemblies.Add(EmittedAssembly.Of(
                (1, m => m.Execute.Sql("CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1), (2)"))));
            options.Modules.Add("late", EmittedAssembly.Of(
                (1, m => m.Execute.Sql("CREATE TABLE child (id INTEGER PRIMARY KEY, parent NOT NULL REFERENCES parent); INSERT INTO child VALUES (1, 2)")),
                (2, m => m.Alter.Column("id").OnTable("parent").AsInt64().NotNullable())));
        });
        Assert.That(later.GetStatus().Modules.Select(module => (module.Module, module.Pending.Count)), Is.EqualTo(new[] { ("late", 2), ("", 0) }));

        UpgradeResult result = await later.UpgradeAsync();

        Assert.That(result.Migrations, Has.Count.EqualTo(2));
        Assert.That(file.Rows("SELECT parent.id FROM parent JOIN child ON child.parent = parent.id"), Has.Count.EqualTo(1));
        Assert.That(file.Rows("PRAGMA foreign_key_check"), Is.Empty);
        Assert.That(file.Rows(Histories).Select(row => row[0]), Is.EqualTo(new[] { "VersionInfo", "VersionInfo_late" }));
    }

    [TestCase(HistoryPolicy.Allow, DatabaseState.Pending)]
    [TestCase(HistoryPolicy.Refuse, DatabaseState.ModuleMissing)]
    public async Task A_module_that_is_gone_is_reported_and_refused_by_policy(HistoryPolicy policy, DatabaseState state)
    {
        using DatabaseFolder file = new();
        await using (DatabaseMigrator both = file.Migrator(options =>
        {
            options.Assemblies.Add(Creates("own", 1));
            options.Modules.Add("gone", Creates("gone", 1, 2));
        }))
        {
            await both.UpgradeAsync();
        }

        await using DatabaseMigrator migrator = file.Migrator(Creates("own", 1, 2), options => options.MissingModules = policy);

        DatabaseStatus status = migrator.GetStatus();

        Assert.That(status.State, Is.EqualTo(state), status.Message);
        ModuleStatus gone = status.Modules[^1];
        Assert.That((gone.Module, gone.IsMissing, gone.NewestApplied, gone.Applied.Count), Is.EqualTo(("gone", true, 2L, 2)));
        Assert.That(status.Modules[0].IsMissing, Is.False);
        if (policy == HistoryPolicy.Refuse)
        {
            Assert.That(status.Message, Does.Contain("gone"));
            await Assert.ThatAsync(() => migrator.UpgradeAsync(), Throws.InstanceOf<UpgradeRefusedException>().With.Message.Contains("gone"));
            Assert.That(migrator.Plan().Migrations, Is.Empty);
        }
        else
        {
            await migrator.UpgradeAsync();
            Assert.That(file.Rows("SELECT count(*) FROM VersionInfo_gone").Single()[0], Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_module_that_is_newer_in_the_file_is_refused_and_nothing_else_is_changed()
    {
        using DatabaseFolder file = new();
        await using (DatabaseMigrator newer = file.Migrator(options =>
        {
            options.Assemblies.Add(Creates("own", 1));
            options.Modules.Add("lib", Creates("lib", 1, 2, 5));
        }))
        {
            await newer.UpgradeAsync();
        }

        IReadOnlyList<string> before = file.State();
        await using DatabaseMigrator older = file.Migrator(options =>
        {
            options.Assemblies.Add(Creates("own", 1, 2));
            options.Modules.Add("lib", Creates("lib", 1, 2));
        });

        DatabaseStatus status = older.GetStatus();

        Assert.That(status.State, Is.EqualTo(DatabaseState.NewerThanApplication));
        Assert.That(status.Message, Does.Contain("lib").And.Contain("5").And.Contain("2"));
        Assert.That(status.Modules.Select(module => module.IsNewer), Is.EqualTo(new[] { true, false }));
        await Assert.ThatAsync(() => older.UpgradeAsync(), Throws.InstanceOf<UpgradeRefusedException>());
        Assert.That(file.State().Where(line => line.StartsWith("app.db ", StringComparison.Ordinal)), Is.EqualTo(before.Where(line => line.StartsWith("app.db ", StringComparison.Ordinal))));
    }

    [TestCase(FailurePolicy.KeepApplied)]
    [TestCase(FailurePolicy.RestoreBackup)]
    public async Task A_failure_in_the_second_module_keeps_or_takes_back_the_first(FailurePolicy policy)
    {
        using DatabaseFolder file = new();
        await using (DatabaseMigrator before = file.Migrator(Creates("own", 1)))
        {
            await before.UpgradeAsync();
        }

        bool isMended = false;
        await using DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Backup.Enabled = true;
            options.OnFailure = policy;
            options.Assemblies.Add(Creates("own", 1, 2));
            options.Modules.Add("good", Creates("good", 1, 2)).Add("bad", EmittedAssembly.Of(
                (1, m => m.Execute.Sql("CREATE TABLE bad1 (a)")),
                (2, m =>
                {
                    m.Execute.Sql("CREATE TABLE half (a)");
                    m.Execute.Sql(isMended ? "CREATE TABLE bad2 (a)" : "CREATE TABLE bad2 (a, a)");
                }
            )));
        });

        UpgradeFailedException failed = await Failure(migrator);

        bool isKept = policy == FailurePolicy.KeepApplied;
        Assert.That((failed.Failed?.Module, failed.Failed?.Version, failed.IsRestored), Is.EqualTo(("bad", 2L, !isKept)));
        Assert.That(failed.Applied.Select(migration => migration.Migration.Module), Is.EqualTo(new[] { "good", "good", "bad" }));
        Assert.That(file.Rows("SELECT count(*) FROM sqlite_schema WHERE name IN ('good1', 'good2', 'bad1')").Single()[0], Is.EqualTo(isKept ? 3 : 0));
        Assert.That(file.Rows("SELECT count(*) FROM sqlite_schema WHERE name IN ('half', 'own2')").Single()[0], Is.Zero);
        isMended = true;
        UpgradeResult result = await migrator.UpgradeAsync();
        Assert.That(
            result.Migrations.Select(migration => migration.Migration.Module),
            Is.EqualTo(isKept ? ["bad", ""] : new[] { "good", "good", "bad", "bad", "" }));
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
    }

    [Test]
    public async Task MigrateToAsync_moves_one_module_and_leaves_the_others()
    {
        using DatabaseFolder file = new();
        await using DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Assemblies.Add(Creates("own", 1, 2));
            options.Modules.Add("a", Creates("a", 1, 2, 3)).Add("b", Creates("b", 1, 2, 3));
        });

        UpgradePlan up = migrator.Plan("B", 2);
        await migrator.MigrateToAsync("B", 2);
        Assert.That(Newest(migrator), Is.EqualTo(new[] { 0, 2, 0 }));
        await migrator.UpgradeAsync();
        UpgradePlan down = migrator.Plan("a", 1);
        UpgradeResult result = await migrator.MigrateToAsync("a", 1);

        Assert.That(Newest(migrator), Is.EqualTo(new[] { 1, 3, 2 }));
        Assert.That(result.Migrations.Select(migration => (migration.Migration.Module, migration.Migration.Version, migration.IsUp)), Is.EqualTo(new[] { ("a", 3L, false), ("a", 2L, false) }));
        Assert.That(up.Migrations.Select(migration => migration.Migration.ToString()), Is.EqualTo(new[] { "b 1 M1", "b 2 M2" }));
        Assert.That(down.Migrations.Select(migration => migration.Migration.ToString()), Is.EqualTo(new[] { "a 3 M3", "a 2 M2" }));
        Assert.That(down.Migrations.SelectMany(migration => migration.Steps).Select(step => step.Sql), Has.All.StartsWith("DROP TABLE \"a"));
        Assert.That(file.Rows("SELECT name FROM sqlite_schema WHERE name LIKE 'a_' OR name LIKE 'b_'"), Has.Count.EqualTo(4));
        Assert.That(() => migrator.Plan("unknown", 1), Throws.ArgumentException.With.Message.Contains("unknown"));
        await Assert.ThatAsync(() => migrator.MigrateToAsync("unknown", 1), Throws.ArgumentException.With.Message.Contains("unknown"));
    }

    [Test]
    public async Task Names_that_differ_in_punctuation_are_different_modules()
    {
        using DatabaseFolder file = new();
        string[] names = ["Acme.Auth", "Acme-Auth", "Acme_Auth", "AcmeAuth", "a.b.c", "1", "-", ".", "_", "main", "temp.x", "VersionInfo", "select"];
        await using DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Backup.Enabled = true;
            for (int i = 0; i < names.Length; i++)
            {
                options.Modules.Add(names[i], Creates($"t{i}_", 1, i + 2));
            }
        });

        await migrator.UpgradeAsync();

        DatabaseStatus status = migrator.GetStatus();
        Assert.That(status.State, Is.EqualTo(DatabaseState.UpToDate), status.Message);
        Assert.That(status.Modules.Select(module => module.Module), Is.EqualTo(names));
        Assert.That(status.Modules.Select(module => module.NewestApplied), Is.EqualTo(Enumerable.Range(2, names.Length)));
        Assert.That(file.Rows(Histories), Has.Count.EqualTo(names.Length));
        Assert.That(file.Rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name LIKE 'VersionInfo%'"), Has.Count.EqualTo(names.Length));
        DatabaseBackup backup = await migrator.BackupAsync();
        Assert.That(
            migrator.GetBackups().Single().Versions.Select(version => version.ToString()), Is.EqualTo(status.Modules.Select(module => $"{module.Module} {module.NewestApplied}")), backup.Path);
        await migrator.MigrateToAsync("Acme.Auth", 0);
        Assert.That(Newest(migrator), Is.EqualTo(new[] { 0 }.Concat(Enumerable.Range(3, names.Length - 1))));
    }

    [Test]
    public void Faults_of_modules_are_named_together()
    {
        using DatabaseFolder file = new();
        Assembly assembly = Creates("x");

        ArgumentException? fault = Assert.Catch<ArgumentException>(() => file.Migrator(options =>
        {
            options.Assemblies.Add(assembly);
            options.Modules.Add("lib", assembly).Add("LIB", assembly)
                .Add("a b", assembly).Add("", assembly)
                .Add("x", assembly, "nobody")
                .Add("ring1", assembly, "ring2").Add("ring2", assembly, "ring1")
                .Add("custom", assembly, new CopiedVersionTable { TableName = "versioninfo", UniqueIndexName = "UX_1" }, [])
                .Add("copied", assembly, new CopiedVersionTable { UniqueIndexName = "uc_version" }, []);
        }));

        Assert.That(fault?.Message, Does.Contain("2 modules with the name \"lib\"")
            .And.Contain("\"a b\" must consist").And.Contain("\"\" must consist")
            .And.Contain("\"nobody\"")
            .And.Contain("\"ring1\", \"ring2\" wait for each other")
            .And.Contain("one history table")
            .And.Contain("one index"));
    }

    [Test]
    public async Task ConfigureRunner_reaches_every_module()
    {
        using DatabaseFolder file = new();
        int calls = 0;
        await using DatabaseMigrator migrator = file.Migrator(options =>
        {
            options.Assemblies.Add(Creates("own", 1));
            options.Modules.Add("a", Creates("a", 1));
            options.ConfigureRunner = _ => Interlocked.Increment(ref calls);
        });

        await migrator.UpgradeAsync();

        Assert.That(calls, Is.GreaterThanOrEqualTo(2));
    }

    /// <summary>A module whose versions each create a table.</summary>
    internal static Assembly Creates(string prefix, params long[] versions) => EmittedAssembly.Of(
    [
        .. (versions.Length == 0 ? [1] : versions).Select(version => new EmittedStep(
            version,
            m => m.Create.Table($"{prefix}{version}").WithColumn("id").AsInt32().PrimaryKey(),
            m => m.Delete.Table($"{prefix}{version}"))),
    ]);

    private static long[] Newest(DatabaseMigrator migrator) => [.. migrator.GetStatus().Modules.Select(module => module.NewestApplied)];

    private static async Task<UpgradeFailedException> Failure(DatabaseMigrator migrator)
    {
        try
        {
            await migrator.UpgradeAsync();
        }
        catch (UpgradeFailedException e)
        {
            return e;
        }

        throw new AssertionException("The upgrade succeeded.");
    }

    private sealed class Reports(List<UpgradeProgress> reports) : IProgress<UpgradeProgress>
    {
        public void Report(UpgradeProgress value)
        {
            lock (reports)
            {
                reports.Add(value);
            }
        }
    }
}
