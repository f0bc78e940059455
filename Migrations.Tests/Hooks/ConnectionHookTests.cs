using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Hooks;

/// <summary>The application's hook sees every connection before anything else does, and what it registers reaches everywhere.</summary>
public sealed class ConnectionHookTests
{
    // A CHECK, a generated column, an index by expression, one by collation, a trigger and a view that no plain connection can use.
    private const string Custom = """
        CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT);
        CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (shout(a) <> 'BAD'), loud TEXT GENERATED ALWAYS AS (shout(a)) STORED, b TEXT COLLATE backwards);
        CREATE INDEX ix_loud ON t (shout(a));
        CREATE INDEX ix_b ON t (b);
        CREATE TABLE log (line TEXT);
        CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log (line) VALUES (shout(new.a)); END;
        CREATE VIEW v AS SELECT shout(a) AS x FROM t;
        INSERT INTO t (a, b) VALUES ('one', 'x'), ('two', 'y');
        """;

    private static readonly EmittedStep[] Steps =
    [
        new(1, m => m.Alter.Column("b").OnTable("t").AsString(40).NotNullable()),
        new(2, m => m.Alter.Table("log").AddColumn("at").AsString().Nullable()),
        new(3, m => m.Insert.IntoTable("t").Row(new { a = "three", b = "z" })),
        new(4, m => m.Rename.Column("line").OnTable("log").To("text")),
    ];

    [Test]
    public async Task ConnectionOpened_comes_before_the_first_statement_of_every_connection()
    {
        using DatabaseFolder file = new();
        Create(file);
        ConcurrentBag<string> sources = [];
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Steps), options =>
        {
            options.Backup.Enabled = true;
            options.ConnectionOpened = connection =>
            {
                // Whoever has run a statement has read the schema, and what is read stays in memory.
                raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_SCHEMA_USED, out int schema, out _, 0);
                Assert.That(schema, Is.Zero, connection.DataSource);
                sources.Add(connection.DataSource);
                Register(connection);
            };
        });

        migrator.GetStatus();
        migrator.Plan();
        await migrator.UpgradeAsync();
        await migrator.UpgradeAsync();
        DatabaseBackup backup = await migrator.BackupAsync();
        await migrator.RestoreAsync(backup);

        Assert.That(sources, Has.Some.EqualTo(file.Path).And.Some.Empty.And.Some.EndsWith(".backup.partial").And.Some.EndsWith(".backup"), "the empty one is in memory");
        Assert.That(sources.Count(source => source == file.Path), Is.GreaterThan(5));
    }

    [Test]
    public async Task Functions_and_collations_of_the_hook_reach_upgrade_backup_check_plan_and_restore()
    {
        using DatabaseFolder file = new();
        Create(file);
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Steps), options =>
        {
            options.Backup.Enabled = true;
            options.ConnectionOpened = Register;
        });

        UpgradePlan plan = migrator.Plan();
        UpgradeResult result = await migrator.UpgradeAsync();

        Assert.That(plan.Missing, Is.Empty);
        Assert.That(plan.Migrations.SelectMany(migration => migration.Notes), Is.Empty);
        Assert.That(
            plan.Migrations.SelectMany(migration => migration.Steps).Select(step => step.Alteration?.ToString()).OfType<string>(),
            Is.EqualTo(result.Migrations.SelectMany(migration => migration.Alterations).SelectMany(alteration => alteration.Plans).Select(one => one.ToString())));
        Assert.That(Registered(file, "SELECT loud FROM t ORDER BY id").Select(row => row[0]), Is.EqualTo(new[] { "ONE", "TWO", "THREE" }));
        Assert.That(Registered(file, "SELECT text FROM log ORDER BY rowid").Select(row => row[0]), Is.EqualTo(new[] { "ONE", "TWO", "THREE" }));
        await migrator.RestoreAsync(result.Backup!);
        Assert.That(Registered(file, "SELECT loud FROM t INDEXED BY ix_loud WHERE shout(a) = 'TWO'").Select(row => row[0]), Is.EqualTo(new[] { "TWO" }));
        Assert.That(Registered(file, "PRAGMA integrity_check").Single()[0], Is.EqualTo("ok"));
        Assert.That(migrator.GetStatus().Modules[0].Pending, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Without_the_hook_the_error_names_what_is_missing_and_nothing_is_changed()
    {
        using DatabaseFolder file = new();
        Create(file);
        IReadOnlyList<string> before = Objects(file);
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(Steps));

        UpgradePlan plan = migrator.Plan();

        Assert.That(plan.Missing, Has.Some.Contains("no such collation sequence: backwards"));
        Assert.That(plan.ToString(), Does.Contain("-- not in the copy of the schema: table \"t\""));
        await Assert.ThatAsync(
            () => migrator.UpgradeAsync(),
            Throws.InstanceOf<MigrationsException>().With.Message.Contains("shout").Or.Message.Contains("backwards"));
        await Assert.ThatAsync(() => migrator.UpgradeAsync(), Throws.InstanceOf<MigrationsException>().With.Message.Contains("ConnectionOpened"));
        Assert.That(Objects(file), Is.EqualTo(before));
        Assert.That(file.Rows("SELECT count(*) FROM t").Single()[0], Is.EqualTo(2));
    }

    [Test]
    public async Task A_hook_that_throws_fails_the_call_with_its_own_error_and_changes_nothing()
    {
        using DatabaseFolder file = new();
        Create(file);
        IReadOnlyList<string> before = file.State();
        await using DatabaseMigrator migrator = file.Migrator(
            EmittedAssembly.Of(Steps), options => options.ConnectionOpened = _ => throw new InvalidOperationException("no key today"));

        await Assert.ThatAsync(() => migrator.UpgradeAsync(), Throws.Exception.With.Message.Contains("no key today"));
        Assert.That(migrator.Plan, Throws.Exception.With.Message.Contains("no key today"));
        Assert.That(file.State().Where(line => line.StartsWith("app.db ", StringComparison.Ordinal)), Is.EqualTo(before));
    }

    [Test]
    public async Task A_database_that_the_hook_attaches_is_migrated_with_the_main_one_and_a_plan_leaves_it_alone()
    {
        using DatabaseFolder file = new();
        string other = Path.Combine(file.Folder, "other.db");
        using (SqliteConnection created = new($"Data Source={other};Pooling=False"))
        {
            created.Open();
            created.Execute("CREATE TABLE o (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO o VALUES (1, 'x')");
        }

        file.Execute("CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT)");
        IReadOnlyList<string> before = file.State();
        await using DatabaseMigrator migrator = file.Migrator(
            EmittedAssembly.Of(
                (1, m => m.Execute.Sql("INSERT INTO other.o VALUES (2, 'y')")),
                (2, m => m.Alter.Column("a").OnTable("o").InSchema("other").AsString(20).NotNullable())),
            options => options.ConnectionOpened = connection => connection.Execute($"ATTACH '{other}' AS other"));

        UpgradePlan plan = migrator.Plan();

        Assert.That(file.State(), Is.EqualTo(before));
        Assert.That(plan.Error, Is.Null);
        PlannedStep planned = plan.Migrations[1].Steps.Single();
        Assert.That((planned.Alteration?.Database, planned.Rows), Is.EqualTo(("other", 1L)));
        UpgradeResult result = await migrator.UpgradeAsync();
        Assert.That(result.Migrations, Has.Count.EqualTo(2));
        using SqliteConnection connection = new($"Data Source={other};Pooling=False");
        connection.Open();
        Assert.That(connection.Scalar<long>("SELECT count(*) FROM o"), Is.EqualTo(2));
        Assert.That(connection.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'o'"), Does.Contain("NOT NULL"));
    }

    [Test]
    public async Task A_password_for_a_library_without_encryption_is_told_as_what_it_is()
    {
        using DatabaseFolder file = new();
        file.Execute("CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT)");
        IReadOnlyList<string> before = file.State();
        await using DatabaseMigrator migrator = file.Migrator(
            EmittedAssembly.Of(Steps), options => options.ConnectionString = file.ConnectionString + ";Password=secret");

        Exception? error = null;
        try
        {
            await migrator.UpgradeAsync();
        }
        catch (Exception e) when (e is MigrationsException or InvalidOperationException)
        {
            error = e;
        }

        Assert.That(error, Is.Not.Null);
        Assert.That(error!.ToString(), Does.Contain("encryption").IgnoreCase);
        Assert.That(error.Message, Does.Not.Contain("secret"));
        Assert.That(file.State().Where(line => line.StartsWith("app.db ", StringComparison.Ordinal)), Is.EqualTo(before));
    }

    [Test]
    public async Task A_schema_with_strings_in_double_quotes_goes_through_upgrade_backup_and_restore()
    {
        using DatabaseFolder file = new();
        using (SqliteConnection connection = file.Open())
        {
            raw.sqlite3_db_config(connection.Handle, 1013, 1, out _);
            raw.sqlite3_db_config(connection.Handle, 1014, 1, out _);
            connection.Execute("""
                CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT);
                CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> "bad"), b TEXT DEFAULT "dflt");
                CREATE INDEX ip ON t (b) WHERE a <> "skip";
                CREATE VIEW v AS SELECT a, "lit" AS lit FROM t;
                INSERT INTO t VALUES (1, 'x', 'y');
                """);
        }

        await using DatabaseMigrator migrator = file.Migrator(
            EmittedAssembly.Of(
                (1, m => m.Alter.Column("b").OnTable("t").AsString(40).NotNullable()),
                (2, m => m.Create.ForeignKey("fk").FromTable("t").ForeignColumn("id").ToTable("t").PrimaryColumn("id"))),
            options => options.Backup.Enabled = true);

        UpgradePlan plan = migrator.Plan();
        UpgradeResult result = await migrator.UpgradeAsync();

        Assert.That(plan.Missing, Is.Empty);
        Assert.That(result.Migrations, Has.Count.EqualTo(2));
        Assert.That(file.Rows("SELECT * FROM t"), Is.EqualTo(new[] { new object[] { 1L, "x", "y" } }));
        await migrator.RestoreAsync(result.Backup!);
        Assert.That(migrator.GetStatus().Modules[0].Pending, Has.Count.EqualTo(2));
        Assert.That(file.Rows("SELECT sql FROM sqlite_schema WHERE name = 't'").Single()[0], Does.Contain("\"bad\""));
    }

    private static IReadOnlyList<string> Objects(DatabaseFolder file) =>
    [
        .. file.Rows("SELECT type, name, sql FROM sqlite_schema WHERE sql NOT LIKE '%Version%' ORDER BY rowid").Select(row => string.Join(' ', row)),
    ];

    private static void Create(DatabaseFolder file)
    {
        using SqliteConnection connection = file.Open();
        Register(connection);
        connection.Execute(Custom);
    }

    private static IReadOnlyList<object?[]> Registered(DatabaseFolder file, string sql)
    {
        using SqliteConnection connection = file.Open();
        Register(connection);
        return connection.Rows(sql);
    }

    private static void Register(SqliteConnection connection)
    {
        connection.CreateFunction("shout", (string? text) => text?.ToUpperInvariant(), isDeterministic: true);
        connection.CreateCollation("backwards", (left, right) => string.CompareOrdinal(right, left));
    }
}
