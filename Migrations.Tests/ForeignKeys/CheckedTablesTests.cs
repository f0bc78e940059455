using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.ForeignKeys;

/// <summary>After a copy, foreign keys are checked where a row could newly refer to nothing, and nowhere else.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CheckedTablesTests
{
    private static readonly (TableChange[] Changes, string[] Tables)[] Cases =
    [
        ([new SetDefault("note", "'x'")], []),
        ([new SetNullability("grand", false)], []),
        ([new DropForeignKey(null, ["grand"])], []),
        ([new ConvertColumn("note", new SqlConversion("upper(note)"))], []),
        ([new ConvertColumn("grand", new SqlConversion("grand + 1"))], ["middle"]),
        ([new SetType("grand", "TEXT")], ["middle"]),
        ([new AddForeignKey(null, ["note"], "grandparent", ["id"])], ["middle"]),
        ([new ConvertColumn("code", new SqlConversion("code || 'x'"))], ["child"]),
        ([new SetCollation("code", "NOCASE")], ["child"]),
        ([new SetType("code", "BLOB")], ["child"]),
        ([new ConvertColumn("id", new SqlConversion("id + 100"))], ["middle", "second"]),
        ([new ConvertColumn("above", new SqlConversion("above + 100"))], ["middle"]),
    ];

    [TestCaseSource(nameof(Indexes))]
    public void Copy_checks_tables_whose_rows_could_newly_refer_to_nothing(int index)
    {
        (TableChange[] changes, string[] tables) = Cases[index];
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE grandparent(id INTEGER PRIMARY KEY);
            CREATE TABLE middle(id INTEGER PRIMARY KEY, grand INTEGER REFERENCES grandparent, above INTEGER REFERENCES middle(id), code TEXT UNIQUE, note INTEGER);
            CREATE TABLE child(code TEXT REFERENCES middle(code));
            CREATE TABLE second(id INTEGER REFERENCES middle);
            """);
        PlanningOptions options = new(Strategies.Copy, new Capabilities(new Version(3, 53), CanEditSchema: true, TrimsNulls: false, CompilesWhole: true), ForeignKeysAreEnforced: false, ChecksForeignKeys: true);

        PlannedPass pass = AlterationPlanner.PlanNext(SchemaReader.Read(database.Connection, "main"), "middle", changes, options);

        Assert.That(pass.Plan.Strategy, Is.EqualTo(AlterationStrategy.Copy));
        Assert.That(pass.ForeignKeyTables, Is.EquivalentTo(tables.Select(name => new SqlIdentifier(name))));
    }

    private static IEnumerable<TestCaseData<int>> Indexes => Enumerable.Range(0, Cases.Length)
        .Select(index => new TestCaseData<int>(index).SetArgDisplayNames(string.Join(", ", Cases[index].Changes.Select(change => change.ToString()))));

    [Test]
    public void Foreign_key_that_begins_to_work_is_checked()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            PRAGMA foreign_keys = OFF; CREATE TABLE p(code TEXT, a TEXT); CREATE TABLE c(code REFERENCES p(code)); INSERT INTO p VALUES ('x', 'y'); INSERT INTO c VALUES ('lost');
            """);
        AlterationOptions copy = new() { Mode = RebuildMode.AlwaysCopy };

        Assert.That(
            () => TableAlterer.Alter(database.Connection, "p", [new AddUnique(null, [new KeyColumn("code", null, false)])], copy),
            Throws.InstanceOf<AlterationRefusedException>().With.Message.Contains("row 1 of \"c\" refers to no row"));
    }

    [Test]
    public void Row_that_referred_to_nothing_before_is_no_reason_to_refuse()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            PRAGMA foreign_keys = OFF; CREATE TABLE p(id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE c(p REFERENCES p, a TEXT); INSERT INTO p VALUES (1, 'y'); INSERT INTO c VALUES (1, 'x'), (2, 'lost');
            """);
        AlterationOptions copy = new() { Mode = RebuildMode.AlwaysCopy };

        TableAlterer.Alter(database.Connection, "c", [new SetNullability("a", false)], copy);
        TableAlterer.Alter(database.Connection, "p", [new SetNullability("a", false)], copy);

        Assert.That(database.Rows("SELECT p, a FROM c"), Is.EqualTo(new object[][] { [1L, "x"], [2L, "lost"] }));
        Assert.That(database.Rows("PRAGMA foreign_key_check"), Has.Count.EqualTo(1));
    }
}
