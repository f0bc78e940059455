using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Editing;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Tests.Corpus;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Properties;

/// <summary>Laws that hold for any schema and any rows.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SchemaPropertyTests
{
    [Test]
    public void Alter_without_changes_changes_nothing() => PropertyRun.ForEachDatabase(150, database =>
    {
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        IReadOnlyList<string> problems = Integrity.Problems(database.Connection);
        foreach (string table in database.Tables)
        {
            AlterationResult result = Alter(database, table, new AlterationOptions());
            Assert.That(result.Plans.Select(plan => plan.Strategy), Is.EqualTo(new[] { AlterationStrategy.None }));
        }

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        foreach (string table in database.Tables)
        {
            Alter(database, table, new AlterationOptions { Mode = RebuildMode.AlwaysCopy });
        }

        // A copy takes a table's own name away from before columns in its CHECKs.
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before.WithSchema(row => row.Type is "table" && database.Tables.Contains(row.Name, NameComparer.Instance)
            ? row with { Sql = SelfReferences.Unqualified(CreateTableReader.Read(row.Sql!)) }
            : row));
        Assert.That(Integrity.Problems(database.Connection), Is.EqualTo(problems));
    });

    [Test]
    public void Alter_and_its_inverse_leave_the_meaning_and_the_rows() => PropertyRun.ForEachDatabase(200, database =>
    {
        string table = database.PickTable();
        (TableChange[] there, TableChange[] back) = Inverses.Of(database, table);
        AlterationOptions options = new() { Mode = database.Pick([RebuildMode.Auto, RebuildMode.AlwaysCopy]) };
        string[] meaning = Meaning(database);
        DatabaseContent content = DatabaseContent.Of(database.Connection);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        try
        {
            Alter(database, table, options, there);
        }
        catch (MigrationsException)
        {
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
            return;
        }

        try
        {
            Alter(database, table, options, back);
        }
        catch (MigrationsException e)
        {
            Assert.Fail($"{string.Join(", ", there.Select(change => change.ToString()))} can't be taken back: {e.Message}");
        }

        string shown = string.Join(", ", there.Select(change => change.ToString()));
        Assert.That(Meaning(database), Is.EqualTo(meaning), shown);

        // The high-water mark of AUTOINCREMENT rises with a key that is converted, and never falls (autoinc.html, section 3).
        bool IsCompared(string table) => !table.StartsWith("sqlite_stat", StringComparison.Ordinal) && !(table is "sqlite_sequence" && there is [ConvertColumn]);
        Assert.That(
            DatabaseContent.Of(database.Connection).Tables.Where(pair => IsCompared(pair.Key)),
            Is.EqualTo(content.Tables.Where(pair => IsCompared(pair.Key))),
            shown);
    });

    [Test]
    public void Insert_has_the_same_outcome_before_and_after_a_copy() => PropertyRun.ForEachDatabase(100, database =>
    {
        database.Database.Execute("PRAGMA foreign_keys = ON");
        string[] before = Inserts.Outcomes(database, new Random(database.Seed));
        foreach (string table in database.Tables)
        {
            Alter(database, table, new AlterationOptions { Mode = RebuildMode.AlwaysCopy });
        }

        Assert.That(Inserts.Outcomes(database, new Random(database.Seed)), Is.EqualTo(before));
    });

    [Test]
    public void Alter_by_chance_succeeds_with_integrity_or_refuses_and_changes_nothing() => PropertyRun.ForEachDatabase(500, database =>
    {
        string table = database.PickTable();
        TableChange[] changes = RandomChanges.Of(database, table);
        string shown = string.Join(", ", changes.Select(change => change.ToString()));
        database.Database.Execute($"PRAGMA foreign_keys = {database.Pick(["ON", "OFF"])}");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        string[] problems = Problems(database);
        try
        {
            Alter(database, table, new AlterationOptions { Mode = database.Pick([RebuildMode.Auto, RebuildMode.Auto, RebuildMode.AlwaysCopy, RebuildMode.NeverCopy]) }, changes);
        }
        catch (MigrationsException)
        {
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
            return;
        }
        catch (Exception e)
        {
            Assert.Fail($"{shown}\n{e}");
        }

        DatabaseSnapshot after = DatabaseSnapshot.Of(database.Connection);

        // SQLite takes a foreign key to a table that is not there (foreignkeys.html, section 3), here to the old name.
        bool mayLackParent = changes.Any(change => change is RenameTable) && changes.Any(change => change is AddForeignKey);
        Assert.That(
            Problems(database).Except(problems, StringComparer.Ordinal).Where(problem => !(mayLackParent && problem.Contains("no such table", StringComparison.Ordinal))),
            Is.Empty,
            shown);
        Assert.That(
            after.Tables.Where(pair => !pair.Key.StartsWith("sqlite_", StringComparison.Ordinal)).Select(pair => pair.Value.Rows.Length).Order(),
            Is.EqualTo(before.Tables.Where(pair => !pair.Key.StartsWith("sqlite_", StringComparison.Ordinal)).Select(pair => pair.Value.Rows.Length).Order()),
            shown);
        Assert.That(after.Except([.. database.Tables, "re named table"]).ExceptRowsOf("sqlite_stat1", "sqlite_stat4", "sqlite_sequence").Tables.SelectMany(pair => pair.Value.DifferencesFrom(before.Tables[pair.Key])), Is.Empty, shown);
        Assert.That(after.Pragmas, Is.EqualTo(before.Pragmas), shown);
    });

    private static AlterationResult Alter(RandomDatabase database, string table, AlterationOptions options, params TableChange[] changes) =>
        TableAlterer.Alter(database.Connection, table, changes, options);

    // Without the statement that shows the problem: it names all columns, and these may change.
    private static string[] Problems(RandomDatabase database) => [.. Integrity.Problems(database.Connection).Select(problem => problem.Split(" (", 2)[0])];

    private static string[] Meaning(RandomDatabase database) =>
        [.. database.Tables.SelectMany(table => TableMeaning.Of(database.Connection, table).Lines), .. Integrity.Problems(database.Connection)];
}
