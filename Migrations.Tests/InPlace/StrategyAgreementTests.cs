using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.InPlace;

/// <summary>Where a cheaper strategy once left something else than a copy, or refused what a copy does.</summary>
[TestFixture]
public sealed class StrategyAgreementTests
{
    [Test]
    public void SetDefault_keeps_the_values_of_short_rows_of_a_table_without_rowids_whose_index_holds_them()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t (k INTEGER PRIMARY KEY) WITHOUT ROWID;
            INSERT INTO t VALUES (1), (2);
            ALTER TABLE t ADD COLUMN d INTEGER DEFAULT 12;
            CREATE INDEX i ON t (d);
            """);

        AlterationResult result = Alter(database, Strategies.InPlace, new SetDefault("d", "80"));

        Assert.That(result.Plans.Select(plan => plan.Strategy), Is.EqualTo(new[] { AlterationStrategy.InPlace }));
        Assert.That(database.Rows("SELECT k, d FROM t ORDER BY k"), Is.EqualTo(new object?[][] { [1L, 12L], [2L, 12L] }));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void SetNullability_with_a_column_that_is_added_edits_the_text_after_it_is_there([Values] bool isNullable)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (a INTEGER NOT NULL, b INTEGER); INSERT INTO t VALUES (1, 2)");

        AlterationResult result = Alter(
            database, Strategies.InPlace | Strategies.Native, new SetNullability(isNullable ? "a" : "b", isNullable), new AddColumn("c INTEGER DEFAULT 3"));

        Assert.That(result.Plans.Select(plan => plan.Strategy), Is.EqualTo(new[] { AlterationStrategy.InPlace }));
        Assert.That(database.Rows("SELECT a, b, c FROM t"), Is.EqualTo(new object?[][] { [1L, 2L, 3L] }));
        Assert.That(() => database.Execute("INSERT INTO t (a, b) VALUES (NULL, NULL)"), isNullable ? Throws.Nothing : Throws.Exception);
    }

    [Test]
    public void DropCheck_with_a_column_that_is_dropped_and_values_that_are_converted_gives_what_a_copy_gives([Values] bool copies)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (a INTEGER, b INTEGER, CONSTRAINT small CHECK (a < 10)); INSERT INTO t VALUES (1, 2)");

        Alter(database, copies ? Strategies.Copy : Strategies.All, new DropCheck("small", null), new ConvertColumn("a", new SqlConversion("a * 100")), new DropColumn("b"));

        Assert.That(database.Rows("SELECT * FROM t"), Is.EqualTo(new object?[][] { [100L] }));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void AddColumn_to_a_strict_table_without_a_type_is_refused_by_every_strategy([Values] bool copies)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1)");

        Assert.That(() => Alter(database, copies ? Strategies.Copy : Strategies.Native, new AddColumn("b")), Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("STRICT"));
    }

    [Test]
    public void AddColumn_that_ends_in_a_line_comment_swallows_no_constraint()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (a INTEGER, PRIMARY KEY (a)); INSERT INTO t VALUES (1)");

        Alter(database, Strategies.All, new AddColumn("b INTEGER DEFAULT 5 -- five"));

        Assert.That(database.Rows("SELECT rowid, a, b FROM t"), Is.EqualTo(new object?[][] { [1L, 1L, 5L] }));
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema"), Does.Contain("-- five").And.Contain("PRIMARY KEY"));
        Assert.That(() => database.Execute("INSERT INTO t VALUES (1, 1)"), Throws.Exception);
    }

    [Test]
    public void SetNullability_by_a_statement_of_SQLites_that_would_lose_one_of_two_same_comments_is_planned_anew()
    {
        if (SqliteVersion.Current < new Version(3, 53, 0))
        {
            Assert.Ignore("This SQLite has no ALTER COLUMN DROP NOT NULL.");
        }

        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (a INTEGER, -- note\n b INTEGER -- note\n NOT NULL); INSERT INTO t VALUES (1, 2)");

        Alter(database, Strategies.Native | Strategies.Copy, new SetNullability("b", true));

        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema").Split("-- note"), Has.Length.EqualTo(3));
    }

    [Test]
    public void ConvertColumn_by_a_function_that_throws_names_the_rows_also_where_rows_are_updated([Values] bool copies)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 'x'), (2, 5), (3, 6)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        RowsRefusedException? refused = Assert.Throws<RowsRefusedException>(
            () => Alter(database, copies ? Strategies.Copy : Strategies.InPlace, new ConvertColumn("a", new FunctionConversion(value => value is long ? throw new FormatException("no number") : value))));

        Assert.That(refused!.Rows.Select(row => row.ToString()), Is.EqualTo(new[] { "\"id\" = 2: 5", "\"id\" = 3: 6" }));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    private static AlterationResult Alter(TestDatabase database, Strategies strategies, params TableChange[] changes) =>
        TableAlterer.Alter(database.Connection, "t", changes, new AlterationOptions { Strategies = strategies });
}
