using MailServer;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.MailServer;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Planning;

/// <summary>The whole history of the mail server: what is planned is what then runs.</summary>
public sealed class MailServerPlanTests
{
    [Test]
    public async Task Plan_of_a_missing_database_is_what_the_upgrade_then_does()
    {
        using MailFile file = new();
        await using DatabaseMigrator migrator = Migrator(file);

        UpgradePlan plan = migrator.Plan();

        Assert.That(File.Exists(file.Path), Is.False);
        Assert.That(plan.Status.State, Is.EqualTo(DatabaseState.New));
        Assert.That(plan.Migrations, Has.Count.EqualTo(33));
        Assert.That(plan.Migrations.SelectMany(migration => migration.Steps).Select(step => step.Rows), Has.All.Null);
        UpgradeResult result = await migrator.UpgradeAsync();
        AssertSame(plan, result);
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(20)]
    public async Task Plan_of_a_database_with_rows_is_what_the_upgrade_then_does(int revision)
    {
        using MailFile file = new();
        file.MoveTo(revision, seed: true);
        await using DatabaseMigrator migrator = Migrator(file);
        Dictionary<string, long> rows = RowsOfTables(file);

        UpgradePlan plan = migrator.Plan();

        Assert.That(plan.Error, Is.Null);
        Assert.That(plan.Missing, Is.Empty);
        Assert.That(plan.Migrations, Has.Count.EqualTo(32 - revision));
        Assert.Multiple(() =>
        {
            foreach (PlannedStep step in plan.Migrations.SelectMany(migration => migration.Steps).Where(step => step.Alteration is not null))
            {
                Assert.That(step.Rows, Is.EqualTo(rows.TryGetValue(step.Alteration!.Table, out long count) ? count : null), step.ToString());
            }
        });
        AssertSame(plan, await migrator.UpgradeAsync());
    }

    [Test]
    public async Task Plan_down_is_what_then_runs()
    {
        using MailFile file = new();
        file.MoveTo(History.Newest, seed: true);
        await using DatabaseMigrator migrator = Migrator(file);

        UpgradePlan plan = migrator.Plan("", 1);

        Assert.That(plan.Migrations.Select(migration => migration.IsUp), Has.All.False);
        AssertSame(plan, await migrator.MigrateToAsync(1));
    }

    [TestCase(0)]
    [TestCase(12)]
    public void The_text_of_a_plan_runs_as_it_stands_and_makes_the_same_schema(int revision)
    {
        using MailFile planned = new();
        planned.MoveTo(revision);
        using MailFile upgraded = new();
        upgraded.MoveTo(revision);
        using DatabaseMigrator migrator = Migrator(planned);
        string sql = migrator.Plan().ToString();

        using (SqliteConnection connection = planned.Open())
        {
            // The functions of conversions in C#, which empty tables do not call.
            for (int i = 1; i <= 5; i++)
            {
                connection.CreateFunction($"migrations_convert_{i}", (object?[] _) => (object?)null, isDeterministic: true);
            }

            connection.Execute("PRAGMA foreign_keys=OFF");
            connection.Execute(sql);
        }

        upgraded.MoveTo(History.Newest);
        Assert.That(LineDifferences.Between(planned.Meaning(), upgraded.Meaning()), Is.Empty);
    }

    private static DatabaseMigrator Migrator(MailFile file) =>
        DatabaseMigrator.Create(
            new SqliteConnectionStringBuilder { DataSource = file.Path, ForeignKeys = true }.ToString(), typeof(RevisionAttribute).Assembly);

    private static Dictionary<string, long> RowsOfTables(MailFile file)
    {
        using SqliteConnection connection = file.Open();
        return connection.Rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .Select(row => (string)row[0]!)
            .ToDictionary(table => table, table => connection.Scalar<long>($"SELECT count(*) FROM \"{table}\""), StringComparer.OrdinalIgnoreCase);
    }

    private static void AssertSame(UpgradePlan plan, UpgradeResult result)
    {
        Assert.That(plan.Migrations.Select(migration => (migration.Migration.Version, migration.IsUp)),
            Is.EqualTo(result.Migrations.Select(migration => (migration.Migration.Version, migration.IsUp))));
        foreach ((PlannedMigration planned, MigrationResult done) in plan.Migrations.Zip(result.Migrations))
        {
            Assert.That(
                planned.Steps.Select(step => step.Alteration).OfType<AlterationPlan>().Select(alteration => alteration.ToString()),
                Is.EqualTo(done.Alterations.SelectMany(alteration => alteration.Plans).Select(alteration => alteration.ToString())),
                planned.ToString());
        }
    }
}
