using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Runner.Scripting;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Scripting;

/// <summary>A script that can't do all of a migration does nothing of it, however the shell gets it.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FailingScriptTests
{
    private static readonly EmittedStep Initial = EmittedStep.Sql(
        1,
        """
        CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id), size TEXT);
        CREATE INDEX by_parent ON child (parent);
        """);

    private const string Rows = "INSERT INTO parent VALUES (1, 'a'), (2, 'A'), (3, NULL); INSERT INTO child VALUES (1, 1, '10'), (2, 2, 'ten')";

    private static readonly EmittedStep After = EmittedStep.Sql(3, "CREATE TABLE after (a)");

    [Test]
    public Task Null_under_a_new_not_null_fails([Values] ShellInput input) =>
        FailsAsync(input, new(2, m =>
        {
            m.Execute.Sql("INSERT INTO parent VALUES (4, 'before')");
            m.Alter.Column("name").OnTable("parent").AsString(10).NotNullable();
            m.Execute.Sql("INSERT INTO parent VALUES (5, 'after')");
        }), "would be NULL");

    [Test]
    public Task Duplicates_under_a_new_unique_fail([Values] ShellInput input) =>
        FailsAsync(input, new(2, m => m.Alter.TableBatch("parent", batch =>
        {
            batch.AlterColumn("name").WithCollation("NOCASE");
            batch.AddUnique(["name"]);
        })), "UNIQUE constraint failed");

    [Test]
    public Task Value_that_a_new_type_would_change_fails([Values] ShellInput input) =>
        FailsAsync(input, new(2, m => m.Alter.Column("size").OnTable("child").AsInt32().Nullable()), "don't fit the type");

    [Test]
    public Task Value_that_is_not_mapped_fails([Values] ShellInput input) =>
        FailsAsync(input, new(2, m => m.Update.Column("size").OnTable("child").Map(("10", "ten"))), "can't be converted");

    [Test]
    public Task Row_without_its_parent_under_a_new_foreign_key_fails([Values] ShellInput input) =>
        FailsAsync(input, new(2, m =>
        {
            m.Create.Column("other").OnTable("child").AsInt64().NotNullable().WithDefaultValue(8);
            m.Create.ForeignKey("fk").FromTable("child").ForeignColumn("other").ToTable("parent").PrimaryColumn("id");
        }), "oreign key");

    [Test]
    public Task Row_that_loses_its_parent_fails([Values] ShellInput input) =>
        FailsAsync(input, new(2, m =>
        {
            m.Alter.Column("name").OnTable("parent").AsString(10).Nullable();
            m.Execute.Sql("DELETE FROM parent WHERE id = 1");
        }), "Foreign keys would be violated");

    [Test]
    public Task Row_that_loses_its_parent_where_foreign_keys_are_held_fails([Values] ShellInput input) =>
        FailsAsync(input, EmittedStep.Sql(2, "INSERT INTO parent VALUES (4, 'x'); DELETE FROM parent WHERE id = 1"), "FOREIGN KEY constraint failed");

    [Test]
    public Task Deferred_violation_at_the_commit_fails([Values] ShellInput input) =>
        FailsAsync(input, EmittedStep.Sql(2, "CREATE TABLE late (p REFERENCES parent DEFERRABLE INITIALLY DEFERRED); INSERT INTO late SELECT id + 70 FROM parent"), "FOREIGN KEY constraint failed");

    [Test]
    public Task Rows_that_are_refused_fail([Values] ShellInput input) =>
        FailsAsync(input, new(2, m =>
        {
            m.Execute.Sql("UPDATE parent SET name = 'changed'");
            m.Execute.RefuseRows("parent", "SELECT id FROM parent WHERE id = 3", "nobody is three");
        }), "nobody is three");

    [TestCase("INSERT OR ROLLBACK INTO parent VALUES (1, 'again')")]
    [TestCase("INSERT OR FAIL INTO parent VALUES (1, 'again')")]
    [TestCase("INSERT INTO parent VALUES (1, 'again')")]
    public Task Statement_that_fails_is_followed_by_nothing(string sql)
    {
        return Assert.MultipleAsync(async () =>
        {
            foreach (ShellInput input in Enum.GetValues<ShellInput>())
            {
                await FailsAsync(input, EmittedStep.Sql(2, $"INSERT INTO parent VALUES (4, 'x'); {sql}; INSERT INTO parent VALUES (5, 'y')"), "UNIQUE constraint failed");
            }
        });
    }

    [Test]
    public async Task Database_at_another_version_is_refused([Values(0, 1, 3)] long at, [Values] ShellInput input)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, EmittedStep.Sql(2, "CREATE TABLE two (a)"), After);
        await trial.AtAsync(at);

        ShellOutcome outcome = trial.Fail(trial.Make(2, 3), input);

        Assert.That(outcome.Error, Does.Contain("This script is for a database at version 2"));
        Assert.That(outcome.Output, at == 0 ? Does.Not.Contain("is at version 2, with") : Does.Contain($"The database is at version {at}"));
        trial.Fail(trial.Make(1, 3), at == 1 ? Skip() : input);

        static ShellInput Skip()
        {
            Assert.Pass();
            return default;
        }
    }

    [TestCase("CREATE TABLE other (a)", "holds something that no migration has made")]
    [TestCase("CREATE TABLE VersionInfo (Version INTEGER)", "migrations have been applied")]
    public async Task Database_that_is_not_new_is_refused(string sql, string message)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial);
        await trial.AtAsync(0, sql);

        Assert.That(trial.Fail(trial.Make(0, 1)).Error, Does.Contain(message));
    }

    [TestCase("ALTER TABLE parent ADD COLUMN own TEXT", "table parent")]
    [TestCase("CREATE INDEX own ON parent (name)", "index own")]
    [TestCase("CREATE VIEW own AS SELECT * FROM child", "view own")]
    [TestCase("CREATE TRIGGER own AFTER INSERT ON child BEGIN SELECT 1; END", "trigger own")]
    public async Task Schema_that_somebody_has_changed_is_refused_unless_the_script_is_made_for_it(string sql, string named)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, new EmittedStep(2, m => m.Alter.Column("name").OnTable("parent").AsString(10).Nullable()));
        await trial.AtAsync(1, Rows + ";" + sql);

        ShellOutcome outcome = trial.Fail(trial.Make(1, 2));

        Assert.That(outcome.Error, Does.Contain("The schema is not the one"));
        Assert.That(outcome.Output, Does.Contain(named));
        trial.Execute(trial.MakeForDatabase());
        await trial.MigrateAsync(2);
        trial.AssertSame();
    }

    [Test]
    public async Task Violations_that_were_there_before_stay_and_stop_nothing()
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, new EmittedStep(2, m =>
        {
            m.Rename.Table("parent").To("elder");
            m.Alter.Column("name").OnTable("elder").AsString(10).Nullable();
            m.Alter.Column("size").OnTable("child").AsString(10).Nullable();
        }));
        await trial.AtAsync(1, $"{Rows}; PRAGMA foreign_keys=OFF; INSERT INTO child VALUES (3, 33, 'lost'), (4, 44, 'lost')");

        trial.Execute(trial.Make(1, 2));

        await trial.MigrateAsync(2);
        trial.AssertSame();
    }

    [Test]
    public async Task Failure_of_a_later_migration_leaves_the_earlier_ones([Values] ShellInput input)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, EmittedStep.Sql(2, "CREATE TABLE two (a)"), EmittedStep.Sql(3, "CREATE TABLE three (a); INSERT INTO parent VALUES (1, 'again')"), EmittedStep.Sql(4, "CREATE TABLE four (a)"));
        await trial.AtAsync(1, Rows);
        UpgradeScript script = trial.Make(1, 4);

        ShellOutcome outcome = SqliteShell.Run(trial.ByScript, script.Sql, input);

        Assert.That(outcome.Error, Does.Contain("UNIQUE constraint failed"));
        await trial.MigrateAsync(2);
        trial.AssertSame();
    }

    private static async Task FailsAsync(ShellInput input, EmittedStep step, string message)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(Initial, step, After);
        await trial.AtAsync(1, Rows);
        UpgradeScript script = trial.Make(1, 3);

        ShellOutcome outcome = trial.Fail(script, input);

        Assert.That(outcome.Error, Does.Contain(message));
        Assert.That(outcome.ExitCode, Is.Not.Zero);
        Assert.That(() => trial.MigrateAsync(2), Throws.TypeOf<UpgradeFailedException>(), "The library does it.");
    }
}
