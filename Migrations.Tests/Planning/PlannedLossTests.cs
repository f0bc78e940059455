using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Planning;

/// <summary>What a plan says will be lost, held against what an upgrade then loses.</summary>
public sealed class PlannedLossTests
{
    // Two rows of three have a value in a, all in b, none in c.
    private const string Rows =
        "CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT);"
        + "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c TEXT, g AS (b + 1)); INSERT INTO t (a, b) VALUES ('x', 1), (NULL, 2), ('', 3);"
        + "CREATE TABLE other (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO other (a) VALUES ('kept');"
        + "CREATE TABLE empty (a);";

    [TestCase("ALTER TABLE t DROP COLUMN a", "column \"t\".\"a\": 2 values")]
    [TestCase("ALTER TABLE t DROP COLUMN c", "column \"t\".\"c\": 0 values")]
    [TestCase("ALTER TABLE t DROP COLUMN g", "")]
    [TestCase("ALTER TABLE T DROP COLUMN \"A\"", "column \"t\".\"a\": 2 values")]
    [TestCase("DROP TABLE t", "table \"t\": 3 rows")]
    [TestCase("DROP TABLE other", "table \"other\": 1 row")]
    [TestCase("DROP TABLE empty", "table \"empty\": 0 rows")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO z", "")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO z; ALTER TABLE t DROP COLUMN z", "column \"t\".\"a\": 2 values")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO z; ALTER TABLE t ADD COLUMN a; ALTER TABLE t DROP COLUMN a", "")]
    [TestCase("ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN c TO x; ALTER TABLE u RENAME COLUMN a TO c; ALTER TABLE u DROP COLUMN c", "column \"t\".\"a\": 2 values")]
    [TestCase("ALTER TABLE t RENAME TO u; DROP TABLE u", "table \"t\": 3 rows")]
    [TestCase("ALTER TABLE t RENAME TO u; ALTER TABLE other RENAME TO t; DROP TABLE t", "table \"other\": 1 row")]
    [TestCase("ALTER TABLE t ADD COLUMN d; ALTER TABLE t DROP COLUMN d; CREATE TABLE u (a); DROP TABLE u", "")]
    [TestCase("ALTER TABLE t DROP COLUMN a; ALTER TABLE t ADD COLUMN a TEXT", "column \"t\".\"a\": 2 values")]
    [TestCase("DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)", "table \"t\": 3 rows")]
    [TestCase("DROP TABLE t; ALTER TABLE other RENAME TO t", "table \"t\": 3 rows")]
    [TestCase("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, 'c TEXT', 'z TEXT') WHERE name = 't'; PRAGMA writable_schema=RESET;"
        + "CREATE VIEW v AS SELECT 1; ALTER TABLE t DROP COLUMN a", "column \"t\".\"a\": 2 values")]
    public async Task Losses_count_what_a_script_drops_by_the_names_of_today(string script, string losses)
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = await PlanAndUpgradeAsync(file, EmittedStep.Sql(1, script));

        Assert.That(string.Join("; ", plan.Migrations.Single().Losses), Is.EqualTo(losses));
        Assert.That(plan.Migrations.Single().Uncounted, Is.Empty);
    }

    [TestCase("CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT '', b INT, c TEXT); INSERT INTO n SELECT id, coalesce(a, ''), b, c FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t", "")]
    [TestCase("CREATE TABLE n AS SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t", "")]
    [TestCase("ALTER TABLE t RENAME TO old; CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c TEXT); INSERT INTO t SELECT id, a, b, c FROM old; DROP TABLE old", "")]
    [TestCase("CREATE TABLE n (id INTEGER PRIMARY KEY, z TEXT, b INT, c); INSERT INTO n (c, b, z, id) SELECT c, b, a, id FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t; ALTER TABLE t DROP COLUMN b", "column \"t\".\"b\": 3 values")]
    [TestCase("CREATE TABLE n (id INTEGER PRIMARY KEY, b INT, c); INSERT INTO n SELECT id, b, c FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t", "column \"t\".\"a\": 2 values")]
    [TestCase("CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT, b INT, c); INSERT INTO n (id, b, c) SELECT id, b, c FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t", "column \"t\".\"a\": 2 values")]
    [TestCase("CREATE TABLE n (id INTEGER PRIMARY KEY, z TEXT, b INT, c); WITH q AS (SELECT * FROM t) INSERT INTO n (id, z, b, c) SELECT id, a, b, c FROM q; DROP TABLE t; ALTER TABLE n RENAME TO t", "")]
    [TestCase("CREATE TABLE archive AS SELECT * FROM t; DROP TABLE t", "table \"t\": 3 rows")]
    public async Task A_table_that_a_script_rebuilds_loses_the_columns_that_the_new_one_did_not_get(string script, string losses)
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = await PlanAndUpgradeAsync(file, EmittedStep.Sql(1, script));

        Assert.That(string.Join("; ", plan.Migrations.Single().Losses), Is.EqualTo(losses));
        Assert.That(plan.Migrations.Single().Uncounted, Is.Empty);
    }

    [Test]
    public async Task Losses_are_told_on_the_migration_that_drops_whatever_earlier_ones_rename()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = await PlanAndUpgradeAsync(
            file,
            new EmittedStep(1, m => m.Alter.TableBatch("t", batch => batch.RenameColumn("c", "d").RenameColumn("a", "c").DropColumn("d"))),
            new EmittedStep(2, m =>
            {
                m.Rename.Table("t").To("u");
                m.Rename.Column("c").OnTable("u").To("e");
                m.Alter.Column("b").OnTable("u").AsString(20).NotNullable();
            }),
            new EmittedStep(3, m => { }),
            new EmittedStep(4, m => m.Delete.Column("e").FromTable("u")),
            new EmittedStep(5, m => m.Execute.Sql("CREATE TABLE n (id INTEGER PRIMARY KEY, b TEXT); INSERT INTO n SELECT id, b FROM u; DROP TABLE u; ALTER TABLE n RENAME TO u")),
            new EmittedStep(6, m => m.Delete.Table("u")));

        Assert.That(
            plan.Migrations.Select(migration => string.Join("; ", migration.Losses)),
            Is.EqualTo(new[] { "column \"t\".\"c\": 0 values", "", "", "column \"t\".\"a\": 2 values", "", "table \"t\": 3 rows" }));
        Assert.That(plan.ToString(), Does.Contain("-- drops column \"t\".\"a\": 2 values"));
    }

    [Test]
    public async Task Losses_of_the_way_down_are_what_the_migrations_had_made()
    {
        using DatabaseFolder file = new();
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(
            EmittedStep.Sql(1, "CREATE TABLE t (a)", "DROP TABLE t"),
            new EmittedStep(2, m => m.Create.Column("b").OnTable("t").AsInt32().Nullable(), m => m.Delete.Column("b").FromTable("t"))));
        await migrator.UpgradeAsync();
        file.Execute("INSERT INTO t VALUES (1, 2), (3, NULL)");

        UpgradePlan plan = migrator.Plan("", 0);

        Assert.That(
            plan.Migrations.Select(migration => string.Join("; ", migration.Losses)),
            Is.EqualTo(new[] { "column \"t\".\"b\": 1 value", "table \"t\": 2 rows" }));
        Assert.That(plan.Migrations.SelectMany(migration => migration.Uncounted), Is.Empty);
        await migrator.MigrateToAsync(0);
        Assert.That(file.Rows("SELECT * FROM sqlite_schema WHERE name = 't'"), Is.Empty);
    }

    [TestCase("DELETE FROM t WHERE a IS NULL", "DELETE FROM t WHERE a IS NULL: the rows that it deletes are not counted.")]
    [TestCase("CREATE TABLE n (id INTEGER PRIMARY KEY, a, b, c); INSERT INTO n SELECT id, a, b, c FROM t WHERE a <> ''; DROP TABLE t; ALTER TABLE n RENAME TO t",
        "INSERT INTO n SELECT id, a, b, c FROM t WHERE a <> '': the rows that it leaves out are not counted.")]
    [TestCase("INSERT INTO other SELECT a, b FROM t; INSERT INTO t (id) SELECT NULL FROM (SELECT 1)", "")]
    [TestCase("DELETE FROM empty", "")]
    [TestCase("CREATE TABLE u (a); INSERT INTO u VALUES (1); DELETE FROM u", "")]
    [TestCase("CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM other; END; INSERT INTO t DEFAULT VALUES", "INSERT INTO t DEFAULT VALUES: the rows that it deletes are not counted.")]
    public void What_statements_do_to_rows_is_said_to_be_uncounted_where_rows_of_today_may_go(string script, string uncounted)
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = file.Plan(EmittedStep.Sql(1, script));

        Assert.That(string.Join("; ", plan.Migrations.Single().Losses), Is.Empty);
        Assert.That(string.Join("; ", plan.Migrations.Single().Uncounted), Is.EqualTo(uncounted));
    }

    [Test]
    public void Overwritten_values_are_noted_where_they_are_those_of_today()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = file.Plan(
            EmittedStep.Sql(1, "UPDATE t SET a = lower(a)"),
            EmittedStep.Sql(2, "ALTER TABLE t ADD COLUMN d; UPDATE t SET d = a"),
            EmittedStep.Sql(3, "UPDATE empty SET a = 1"));

        Assert.That(plan.Migrations[0].Notes, Is.EqualTo(new[] { "UPDATE t SET a = lower(a): overwrites values of \"t\".\"a\"." }));
        Assert.That(plan.Migrations.Skip(1).SelectMany(migration => migration.Notes), Is.Empty);
    }

    [Test]
    public void Code_is_said_to_be_uncounted_and_a_refusal_of_rows_is_not()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = file.Plan(
            new EmittedStep(1, m => m.Execute.RefuseRows("t", "SELECT id FROM t WHERE id < 0", "An id is negative.")),
            new EmittedStep(2, m => m.Execute.WithConnection((_, _) => { })));

        Assert.That(plan.Migrations[0].Uncounted, Is.Empty);
        Assert.That(plan.Migrations[1].Uncounted, Has.One.Contains("C#"));
    }

    [Test]
    public void A_migration_that_would_fail_loses_nothing()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows);

        UpgradePlan plan = file.Plan(
            EmittedStep.Sql(1, "ALTER TABLE t DROP COLUMN a"),
            new EmittedStep(2, m =>
            {
                m.Delete.Table("other");
                m.Delete.Column("missing").FromTable("t");
            }));

        Assert.That(plan.Error, Is.Not.Null);
        Assert.That(plan.Migrations[0].Losses.Single().Count, Is.EqualTo(2));
        Assert.That(plan.Migrations[1].Losses, Is.Empty);
    }

    [Test]
    public void Virtual_tables_are_counted_as_one_table()
    {
        using DatabaseFolder file = new();
        file.Execute(Rows + "CREATE VIRTUAL TABLE f USING fts5(a); INSERT INTO f VALUES ('one'), ('two'); CREATE VIRTUAL TABLE h USING fts5(a); INSERT INTO h VALUES ('three')");

        UpgradePlan plan = file.Plan(EmittedStep.Sql(1, "DROP TABLE f; ALTER TABLE h RENAME TO i"), EmittedStep.Sql(2, "DROP TABLE i"));

        Assert.That(
            plan.Migrations.Select(migration => string.Join("; ", migration.Losses)), Is.EqualTo(new[] { "table \"f\": 2 rows", "table \"h\": 1 row" }));
    }

    // Whatever the plan says, an upgrade must be able to do it, and what it does not name must still be there.
    private static async Task<UpgradePlan> PlanAndUpgradeAsync(DatabaseFolder file, params EmittedStep[] steps)
    {
        await using DatabaseMigrator migrator = file.Migrator(EmittedAssembly.Of(steps));
        UpgradePlan plan = migrator.Plan();
        await migrator.UpgradeAsync();
        Assert.That(plan.Migrations.SelectMany(migration => migration.Notes).Where(note => !note.Contains("overwrites", StringComparison.Ordinal)), Is.Empty);
        return plan;
    }
}
