using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Runner.Backup;
using Migrations.Runner.Planning;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Planning;

/// <summary>How long a plan says it takes, and how much room it needs.</summary>
public sealed class PlanEstimateTests
{
    private const string Rows =
        "CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT); CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INT); CREATE INDEX ib ON t (b);"
        + "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 500) INSERT INTO t SELECT i, 'value ' || i, i FROM r;";

    [Test]
    public void Work_grows_with_what_is_done_to_rows()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Create.Column("c").OnTable("t").AsInt32().Nullable()),
            EmittedStep.Sql(2, "SELECT count(*) FROM t WHERE a > ''"),
            EmittedStep.Sql(3, "UPDATE t SET c = 1"),
            EmittedStep.Sql(4, "UPDATE t SET b = b + 1"),
            new EmittedStep(5, m => m.Alter.Column("b").OnTable("t").AsString().NotNullable()));

        StepWork[] works = [.. plan.Migrations.Select(migration => migration.Work)];
        Assert.That(works[0], Is.EqualTo(default(StepWork)));
        Assert.That(works.Skip(1).Select(work => work.Rows), Has.All.EqualTo(500));
        Assert.That(works.Select(work => Throughput.OfThisMachine.TimeOf(work)).Take(4), Is.Ordered);
        Assert.That(works[4].Copied, Is.EqualTo(500));
        Assert.That(works[4].Sorted, Is.EqualTo(2 * 500 * Math.Log2(500)).Within(1), "Its index and that of UNIQUE.");
        Assert.That(works.Select(work => work.Disk), Is.Ordered.And.Exactly(2).EqualTo(0));
    }

    [Test]
    public void Work_of_a_script_counts_indexes_dropped_columns_and_copies()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = file.Plan(
            EmittedStep.Sql(1, "CREATE INDEX i2 ON t (b, id)"),
            EmittedStep.Sql(2, "CREATE TABLE n AS SELECT * FROM t"),
            EmittedStep.Sql(3, "DROP INDEX ib; DROP INDEX i2; ALTER TABLE t DROP COLUMN b"),
            EmittedStep.Sql(4, "CREATE TABLE u (a); INSERT INTO u VALUES (1); UPDATE u SET a = 2; CREATE INDEX iu ON u (a)"));

        Assert.That(plan.Migrations[0].Work.Sorted, Is.GreaterThan(0));
        Assert.That(plan.Migrations[1].Work.Copied, Is.EqualTo(500));
        Assert.That(plan.Migrations[2].Work.Updated, Is.EqualTo(500));
        Assert.That(plan.Migrations[3].Work, Is.EqualTo(default(StepWork)));
    }

    [Test]
    public void Work_of_rows_that_a_verb_inserts_is_the_same_as_of_its_sql()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Insert.IntoTable("t").Row(new { id = 501, a = "x" })),
            EmittedStep.Sql(2, "INSERT INTO t (id, a) VALUES (502, 'y')"));

        Assert.That(plan.Migrations[0].Work, Is.EqualTo(plan.Migrations[1].Work));
        Assert.That(plan.Migrations[0].Work.Copied, Is.Zero);
    }

    [Test]
    public void Code_that_converts_values_takes_time_beside_the_copy()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Alter.TableBatch("t", batch => batch.AlterColumn("b", column => column.AsString().NotNullable()))),
            new EmittedStep(2, m => m.Alter.TableBatch("t", batch => batch.Convert<string, string>("a", text => text).Convert<string, string>("b", text => text))));

        Assert.That(plan.Migrations.Select(migration => migration.Work.Called), Is.EqualTo([0, 1000]));
        StepWork calls = default(StepWork) with { Called = 1000 };
        Assert.That(Throughput.OfThisMachine.TimeOf(calls), Is.GreaterThan(TimeSpan.Zero));
    }

    [TestCase(1_000_000_000_000L, 1_000_000_000_000L, false)]
    [TestCase(10_000L, 1_000_000_000_000L, true)]
    [TestCase(1_000_000_000_000L, 10L, true)]
    public void Shortage_is_told_where_a_drive_has_too_little(long free, long freeForBackups, bool isShort)
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);
        string backups = Path.Combine(file.Folder, "backups");
        using DatabaseMigrator migrator = file.Migrator(
            EmittedAssembly.Of((1, m => m.Alter.Column("b").OnTable("t").AsString().NotNullable())),
            options =>
            {
                options.Backup.Enabled = true;
                options.Backup.Folder = backups;
            });

        PlanEstimate estimate = PlanEstimate.Of(
            migrator.Plan(), folder => folder == backups ? new DriveSpace("b", freeForBackups) : new DriveSpace("a", free));

        Assert.That(estimate.Backup, Is.EqualTo(new FileInfo(file.Path).Length));
        Assert.That(estimate.Disk, Is.GreaterThan(10_000));
        Assert.That(estimate.Shortage, isShort ? Does.Contain("may be needed") : Is.Null);
    }

    [Test]
    public void Room_for_backups_is_looked_for_where_a_relative_folder_is()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);
        using DatabaseMigrator migrator = file.Migrator(
            EmittedAssembly.Of((1, m => m.Alter.Column("b").OnTable("t").AsString().NotNullable())),
            options =>
            {
                options.Backup.Enabled = true;
                options.Backup.Folder = "backups";
            });
        List<string> asked = [];

        PlanEstimate.Of(migrator.Plan(), folder =>
        {
            asked.Add(folder);
            return null;
        });

        Assert.That(asked, Is.EqualTo([file.Folder, Path.Combine(file.Folder, "backups")]));
    }

    [TestCase(0.2, "less than a second")]
    [TestCase(1.4, "about 1 s")]
    [TestCase(9.2, "about 9 s")]
    [TestCase(23, "about 25 s")]
    [TestCase(59, "about 1 min")]
    [TestCase(700, "about 10 min")]
    [TestCase(3500, "about 1 h")]
    [TestCase(9000, "about 2 h")]
    public void Times_are_rounded_to_what_can_be_known(double seconds, string words) =>
        Assert.That(Rounded.Time(TimeSpan.FromSeconds(seconds)), Is.EqualTo(words));
}
