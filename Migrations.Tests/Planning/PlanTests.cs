using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Planning;

/// <summary>What a plan tells of migrations, and what it leaves alone.</summary>
public sealed class PlanTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Steps_are_the_statements_that_the_upgrade_runs_in_its_order_and_words(bool isDefensive)
    {
        using DatabaseFolder file = new();
        file.Execute("CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); CREATE TABLE old (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO old VALUES (1, 'x')");
        List<string> ran = [];
        EmittedStep[] steps =
        [
            new(1, m =>
            {
                m.Execute.Sql("UPDATE old SET a = a || '!' WHERE id > 0");
                m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey().WithColumn("name").AsString().Nullable().Unique("ux_name");
                m.Insert.IntoTable("t").Row(new { id = 1, name = "one" });
                m.Alter.TableBatch("old", batch => batch.AddUnique(["a"]));
                m.Alter.Column("name").OnTable("t").AsString(50).NotNullable().WithDefaultValue("two");
                m.Create.Column("c").OnTable("old").AsString().Nullable();
                m.Alter.DefaultConstraint().OnTable("t").OnColumn("name").To("three");
                m.Update.Column("c").OnTable("old").Using("upper(a)");
                m.Create.CheckConstraint("ck_t").OnTable("t").WithExpression("id >= 0");
            }),
            new(2, m =>
            {
                m.Delete.FromTable("t").Row(new { id = 1 });
                m.Delete.Index("ux_name").OnTable("t");
                m.Rename.Table("t").To("u");
                m.Delete.Table("u");
                m.Execute.Sql("CREATE VIEW v AS SELECT a FROM old");
            }),
        ];
        await using DatabaseMigrator migrator = file.Migrator(
            EmittedAssembly.Of(steps), options => options.ConnectionOpened = connection =>
            {
                SQLitePCL.raw.sqlite3_db_config(connection.Handle, DatabaseFolder.Defensive, isDefensive ? 1 : 0, out _);
                DatabaseFolder.Trace(connection, ran);
            });
        UpgradePlan plan = migrator.Plan();
        ran.Clear();

        await migrator.UpgradeAsync();

        string[] planned = [.. plan.Migrations.SelectMany(migration => migration.Steps).SelectMany(Statements)];
        Assert.That(
            plan.Migrations[0].Steps.Select(step => step.Alteration?.Strategy).OfType<AlterationStrategy>().Distinct(),
            Is.EquivalentTo(new[] { AlterationStrategy.Native, AlterationStrategy.InPlace, AlterationStrategy.Copy }));
        Assert.That(planned, isDefensive ? Has.None.Contains("sqlite_schema SET") : Has.Some.Contains("sqlite_schema SET"));
        Assert.That(planned, Has.Some.StartsWith("INSERT INTO \"t\"").And.Some.StartsWith("DELETE FROM \"t\""));
        string[] executed = [.. ran.Select(Normal)];
        Assert.That(executed.Where(planned.Contains), Is.EqualTo(planned));

        // What ran and was not planned only looks, begins and ends, or keeps the versions.
        Assert.That(
            executed.Except(planned).Where(sql => !StartsWithAny(sql, "SELECT", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "EXPLAIN", "SAVEPOINT", "RELEASE", "-- ")),
            Has.All.Contains("Version").Or.Contains("select"));
    }

    [Test]
    public void Plan_with_nothing_pending_has_no_migrations()
    {
        using DatabaseFolder file = new();
        System.Reflection.Assembly assembly = EmittedAssembly.Of((1, m => m.Create.Table("t").WithColumn("id").AsInt32()));
        using DatabaseMigrator migrator = file.Migrator(assembly);
        migrator.UpgradeAsync().GetAwaiter().GetResult();

        UpgradePlan plan = migrator.Plan();

        Assert.That(plan.Status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(plan.Migrations, Is.Empty);
    }

    [TestCase("DELETE")]
    [TestCase("WAL")]
    public void Plan_leaves_every_byte_and_time_as_it_was(string journal)
    {
        using DatabaseFolder file = new();
        file.Execute($"PRAGMA journal_mode={journal}; CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); CREATE TABLE t (a); INSERT INTO t VALUES (1)");
        IReadOnlyList<string> before = file.State();

        UpgradePlan plan = file.Plan(new EmittedStep(1, m => m.Alter.Column("a").OnTable("t").AsString().NotNullable()));

        Assert.That(plan.Migrations.Single().Steps.Single().Rows, Is.EqualTo(1));
        Assert.That(file.State(), Is.EqualTo(before));
    }

    [TestCase("DELETE")]
    [TestCase("WAL")]
    public void Plan_does_not_wait_for_a_writer_and_sees_what_is_committed(string journal)
    {
        using DatabaseFolder file = new();
        file.Execute($"PRAGMA journal_mode={journal}; CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); CREATE TABLE t (a)");
        using Microsoft.Data.Sqlite.SqliteConnection writer = file.Open();
        writer.Execute("INSERT INTO t VALUES (1)");
        writer.Execute("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");

        UpgradePlan plan = file.Plan(new EmittedStep(1, m => m.Alter.Column("a").OnTable("t").AsString().NotNullable()));

        Assert.That(plan.Migrations.Single().Steps.Single().Rows, Is.EqualTo(1));
        writer.Execute("COMMIT");
        Assert.That(writer.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(2));
    }

    [Test]
    public void Plan_of_what_can_not_be_read_or_is_refused_has_the_status_and_no_migrations()
    {
        using DatabaseFolder file = new();
        EmittedStep step = new(1, m => m.Create.Table("t").WithColumn("id").AsInt32());
        File.WriteAllText(file.Path, "This is a letter, and no database. It is longer than a header of a hundred bytes, so that nothing is missing.");

        UpgradePlan letter = file.Plan(step);
        File.Delete(file.Path);
        file.Execute("CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); INSERT INTO VersionInfo VALUES (9, NULL, NULL)");
        UpgradePlan newer = file.Plan(step);
        File.Delete(file.Path);
        file.Execute("CREATE TABLE somebodys (a)");
        UpgradePlan unversioned = file.Plan(step);

        Assert.That(letter.Status.Problem, Is.EqualTo(DatabaseProblem.NotADatabase));
        Assert.That(newer.Status.State, Is.EqualTo(DatabaseState.NewerThanApplication));
        Assert.That(unversioned.Status.State, Is.EqualTo(DatabaseState.Unversioned));
        Assert.That(letter.Error, Is.InstanceOf<DatabaseUnusableException>());
        Assert.That(new[] { newer.Error, unversioned.Error }, Has.All.InstanceOf<UpgradeRefusedException>());
        Assert.That(new[] { letter, newer, unversioned }.SelectMany(plan => plan.Migrations), Is.Empty);
        Assert.That(newer.ToString(), Does.StartWith("-- ").And.Contain("9"));
    }

    [Test]
    public void Plan_for_a_missing_folder_creates_nothing()
    {
        using DatabaseFolder file = new();
        string missing = Path.Combine(file.Folder, "missing", "app.db");
        using DatabaseMigrator migrator = DatabaseMigrator.Create(
            $"Data Source={missing}", EmittedAssembly.Of((1, m => m.Create.Table("t").WithColumn("id").AsInt32())));

        UpgradePlan plan = migrator.Plan();

        Assert.That(plan.Status.Problem, Is.EqualTo(DatabaseProblem.FolderMissing));
        Assert.That(plan.Migrations, Is.Empty);
        Assert.That(file.State(), Is.Empty);
        Assert.That(Directory.Exists(Path.GetDirectoryName(missing)), Is.False);
    }

    [Test]
    public void Kept_names_the_indexes_triggers_and_views_of_an_altered_table()
    {
        using DatabaseFolder file = new();
        file.Execute(
            "CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); CREATE TABLE t (a TEXT UNIQUE, b INT); CREATE INDEX ib ON t (b); CREATE INDEX gone ON t (a, b);"
            + "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END; CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT 1 AS t2; CREATE TABLE u (a); CREATE INDEX iu ON u (a);");

        UpgradePlan plan = file.Plan(new EmittedStep(1, m =>
        {
            m.Alter.Column("b").OnTable("t").AsString().NotNullable();
            m.Delete.Index("gone").OnTable("t");
            m.Create.Index("added").OnTable("t").OnColumn("b");
        }));

        PlannedStep step = plan.Migrations.Single().Steps.Single();
        Assert.That(step.Kept, Is.EqualTo(new[] { "index \"ib\"", "trigger \"tr\"", "view \"v\"" }));
        Assert.That(step.ToString(), Does.Contain("-- keeps index \"ib\", trigger \"tr\", view \"v\"").And.Contain("-- main.t has 0 rows"));
    }

    [Test]
    public void Questions_about_the_schema_are_answered_as_in_the_upgrade()
    {
        using DatabaseFolder file = new();

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Create.Table("t").WithColumn("id").AsInt32()),
            new EmittedStep(2, m => m.Execute.Sql(m.Schema.Table("t").Exists() ? "CREATE TABLE yes(a)" : "CREATE TABLE no(a)")));

        Assert.That(plan.Migrations[1].Steps.Single().Sql, Is.EqualTo("CREATE TABLE yes(a)"));
    }

    [Test]
    public void Code_and_refusals_of_rows_are_noted_and_not_run()
    {
        using DatabaseFolder file = new();
        bool ran = false;

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m =>
            {
                m.Create.Table("t").WithColumn("id").AsInt32().WithColumn("a").AsString().Nullable();
                m.Execute.WithConnection((_, _) => ran = true);
                m.Execute.RefuseRows("t", "SELECT id FROM t WHERE a IS NULL", "A name is missing.");
                m.Update.Column("a").OnTable("t").Using<string, string>(text => text.Trim());
            }),
            new EmittedStep(2, _ => { }));

        Assert.That(ran, Is.False);
        Assert.That(plan.Migrations[0].Notes, Has.Count.EqualTo(3));
        Assert.That(plan.Migrations[0].Notes, Has.Exactly(2).Contains("runs in an upgrade only").And.Some.Contains("A name is missing.").And.Some.Contains("C#"));
        Assert.That(plan.Migrations[1].Steps, Is.Empty);
        Assert.That(plan.Migrations[1].Notes, Is.Empty);
    }

    [Test]
    public void A_statement_that_needs_rows_is_planned_with_a_note()
    {
        using DatabaseFolder file = new();
        file.Execute("CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); CREATE TABLE t (a NOT NULL); CREATE TABLE s (a); INSERT INTO s VALUES (1)");

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Execute.Sql("INSERT INTO t SELECT (SELECT a FROM s)")),
            new EmittedStep(2, m => m.Delete.Table("s")));

        Assert.That(plan.Error, Is.Null);
        Assert.That(plan.Migrations[0].Steps.Single().Sql, Is.EqualTo("INSERT INTO t SELECT (SELECT a FROM s)"));
        Assert.That(plan.Migrations[0].Notes, Has.One.Contains("NOT NULL constraint failed"));
        Assert.That(plan.Migrations[1].Steps, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_change_that_the_schema_refuses_ends_the_plan_as_it_ends_the_upgrade()
    {
        using DatabaseFolder file = new();
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(
            new EmittedStep(1, m => m.Create.Table("t").WithColumn("id").AsInt32()),
            new EmittedStep(2, m =>
            {
                m.Execute.Sql("CREATE TABLE first(a)");
                m.Delete.Column("missing").FromTable("t");
            }),
            new EmittedStep(3, m => m.Delete.Table("t"))));

        UpgradePlan plan = migrator.Plan();

        Assert.That(plan.Error, Is.InstanceOf<AlterationRefusedException>());
        Assert.That(plan.Migrations.Select(migration => migration.Migration.Version), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(plan.Migrations[1].Steps.Single().Sql, Is.EqualTo("CREATE TABLE first(a)"));
        Assert.That(plan.Migrations[1].Notes.Single(), Does.StartWith("The upgrade would stop here").And.Contain("missing"));
        await Assert.ThatAsync(
            () => migrator.UpgradeAsync(),
            Throws.InstanceOf<UpgradeFailedException>().With.InnerException.Message.EqualTo(plan.Error!.Message)
                .And.Property(nameof(UpgradeFailedException.Failed)).Property(nameof(MigrationIdentity.Version)).EqualTo(2));
    }

    [Test]
    public void A_statement_that_would_reach_a_file_is_not_tried()
    {
        using DatabaseFolder file = new();
        string other = Path.Combine(file.Folder, "other.db");

        UpgradePlan plan = file.Plan(new EmittedStep(1, m => m.Execute.Sql($"ATTACH '{other}' AS other")));

        Assert.That(plan.Migrations.Single().Notes, Has.One.Contains("Not tried"));
        Assert.That(file.State(), Is.Empty);
    }

    [Test]
    public void Maintenance_is_noted_beside_the_migrations()
    {
        using DatabaseFolder file = new();
        using DatabaseMigrator migrator = file.Migrator(typeof(Runner.Scanned.FirstMigration).Assembly);

        UpgradePlan plan = migrator.Plan();

        Assert.That(plan.Migrations.Select(migration => migration.Migration.Name), Does.Contain("FirstMigration"));
        Assert.That(plan.Migrations[^1].Notes, Has.One.Contains("Maintenance").And.One.Contains("'maintained'"));
    }

    [Test]
    public void Text_in_double_quotes_and_statistics_are_planned_as_they_run()
    {
        using DatabaseFolder file = new();
        using (Microsoft.Data.Sqlite.SqliteConnection connection = file.Open())
        {
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, 1014, 1, out _);
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, 1013, 1, out _);
            connection.Execute(
                "CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); CREATE TABLE t (a TEXT CHECK (a <> \"bad\"), b TEXT DEFAULT \"dflt\"); CREATE INDEX ip ON t (b) WHERE a <> \"skip\";"
                + "INSERT INTO t VALUES ('x', 'y'); ANALYZE;");
        }

        using DatabaseMigrator migrator = file.Migrator(
            EmittedAssembly.Of((1, m => m.Alter.Column("b").OnTable("t").AsString().NotNullable().WithDefaultValue("new"))),
            options => options.Mode = RebuildMode.AlwaysCopy);
        UpgradePlan plan = migrator.Plan();

        Assert.That(plan.Missing, Is.Empty);
        AlterationPlan planned = plan.Migrations.Single().Steps.Single().Alteration!;
        UpgradeResult result = migrator.UpgradeAsync().GetAwaiter().GetResult();
        Assert.That(planned.ToString(), Is.EqualTo(result.Migrations.Single().Alterations.Single().Plans.Single().ToString()));
        Assert.That(planned.ToString(), Does.Contain("sqlite_stat1"));
        Assert.That(file.Rows("SELECT * FROM t"), Is.EqualTo(new[] { new object[] { "x", "y" } }));
    }

    [Test]
    public async Task Plan_after_dispose_throws()
    {
        using DatabaseFolder file = new();
        DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of((1, m => m.Delete.Table("t"))));
        await migrator.DisposeAsync();

        Assert.That(migrator.Plan, Throws.InstanceOf<ObjectDisposedException>());
    }

    private static IEnumerable<string> Statements(PlannedStep step) =>
        step.Alteration is { } alteration ? alteration.Steps.Select(one => Normal(one.Sql)) : [Normal(step.Sql)];

    private static string Normal(string sql) => sql.Trim().TrimEnd(';').TrimEnd();

    private static bool StartsWithAny(string sql, params string[] starts) =>
        Array.Exists(starts, start => sql.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
