using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.InPlace;

/// <summary>Changes for which an edit of the text would not do.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RouteTests
{
    private const string Sql = """
        CREATE TABLE t(id INTEGER PRIMARY KEY, num INT, txt TEXT, keyed TEXT UNIQUE, indexed TEXT, partial TEXT, expressed TEXT, checked TEXT CHECK (checked <> 'x'), computed TEXT, g AS (computed || '!'));
        CREATE INDEX i ON t(indexed);
        CREATE INDEX p ON t(num) WHERE partial = 'a';
        CREATE INDEX e ON t(lower(expressed));
        CREATE TABLE s(id INTEGER PRIMARY KEY, i INT, n ANY, x TEXT) STRICT;
        CREATE TABLE w(a TEXT, b INT, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE k(a INT PRIMARY KEY, b TEXT);
        INSERT INTO t(id, num, txt, keyed, indexed, partial, expressed, checked, computed) VALUES (1, 1, 'a', 'a', 'a', 'a', 'A', 'a', 'a'), (2, 2, 'b', 'b', 'b', 'b', 'B', 'b', 'b');
        INSERT INTO s VALUES (1, 1, 1, 'a');
        INSERT INTO w VALUES ('a', 1, 'c'), ('b', 2, 'c');
        INSERT INTO k VALUES (3, 'x');
        """;

    private static readonly (string Table, TableChange Change)[] Copied =
    [
        ("t", new SetType("num", "TEXT")), ("t", new SetType("txt", "BLOB")), ("t", new SetType("txt", null)), ("t", new SetType("num", "NUMERIC")),
        ("s", new SetType("x", "ANY")), ("s", new SetType("i", "REAL")), ("k", new SetType("a", "INTEGER")),
        ("t", new SetCollation("keyed", "NOCASE")), ("t", new SetCollation("indexed", "NOCASE")), ("t", new SetCollation("partial", "NOCASE")),
        ("t", new SetCollation("expressed", "NOCASE")), ("t", new SetCollation("checked", "NOCASE")), ("t", new SetCollation("computed", "NOCASE")),
        ("w", new SetCollation("a", "NOCASE")), ("k", new SetCollation("a", "NOCASE")),
        ("t", new AddUnique(null, [new KeyColumn(new SqlIdentifier("txt"), null, false)])), ("t", new DropUnique(null, ["keyed"])),
        ("t", new DropPrimaryKey()), ("w", new SetWithoutRowId(false)),
    ];

    private static IEnumerable<TestCaseData> CopiedCases => Copied.Select(item => new TestCaseData(item.Table, item.Change).SetArgDisplayNames(item.Table, item.Change.ToString()!)); // records print themselves

    [TestCaseSource(nameof(CopiedCases))]
    public void Change_that_rows_or_indexes_depend_on_is_a_copy(string table, object change)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);

        AlterationResult result = TableAlterer.Alter(database.Connection, table, [(TableChange)change], new AlterationOptions());

        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.Copy));
        Integrity.Check(database.Connection);
    }

    [TestCase("t", "id", "INT")]
    [TestCase("s", "i", "BIGINT")]
    public void Type_that_the_table_can_not_have_is_refused(string table, string column, string type)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.Throws<AlterationRefusedException>(() => TableAlterer.Alter(database.Connection, table, [new SetType(column, type)], new AlterationOptions()));

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Integer_types_of_a_STRICT_table_are_exchanged_in_place()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);

        AlterationResult result = TableAlterer.Alter(database.Connection, "s", [new SetType("i", "INTEGER")], new AlterationOptions());

        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.InPlace));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Collation_and_a_CHECK_that_compares_by_it_are_checked_with_each_other()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.Catch<MigrationsException>(
            () => TableAlterer.Alter(database.Connection, "t", [new SetCollation("txt", "NOCASE"), new AddCheck(null, "txt <> 'A'")], new AlterationOptions()));

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Constraint_on_a_generated_column_sees_the_converted_values()
    {
        TableChange[][] changes =
        [
            [new ConvertColumn("computed", new SqlConversion("computed || '!'")), new AddCheck(null, "g <> 'a!!'")],
            [new ConvertColumn("computed", new SqlConversion("nullif(computed, 'a')")), new SetNullability("g", false)],
            [new AddColumn("h AS (num * 2)"), new AddCheck(null, "h < 3")],
            [new AddColumn("c TEXT DEFAULT 5"), new AddCheck(null, "typeof(c) = 'integer'")],
        ];
        foreach (TableChange[] change in changes)
        {
            using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
            DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

            Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", change, new AlterationOptions()), change[0].ToString());

            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        }
    }

    [Test]
    public void Columns_come_and_go_while_the_text_is_edited(
        [Values("ck", "nn", "fk", "default")] string edit, [Values] bool adds, [Values] bool drops, [Values] bool converts)
    {
        const string Shape = "CREATE TABLE p(id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1); CREATE TABLE u(id INTEGER PRIMARY KEY, a INT NOT NULL CONSTRAINT ck CHECK (a > 0), gone TEXT, p INT CONSTRAINT fk REFERENCES p, z TEXT DEFAULT 'z'); INSERT INTO u VALUES (1, 1, 'g', 1, 'q'), (2, 2, 'h', NULL, NULL)";
        List<TableChange> changes =
        [
            edit switch
            {
                "ck" => new DropCheck("ck", null),
                "nn" => new SetNullability("a", true),
                "fk" => new DropForeignKey("fk", []),
                _ => new SetDefault("z", "'y'"),
            },
        ];
        changes.AddRange(adds ? [new AddColumn("n INT DEFAULT 7")] : []);
        changes.AddRange(drops ? [new DropColumn("gone")] : []);
        changes.AddRange(converts ? [new ConvertColumn("z", new SqlConversion("upper(z)"))] : []);
        using TestDatabase chosen = TestDatabase.InMemory().Execute(Shape);
        using TestDatabase copied = TestDatabase.InMemory().Execute(Shape);

        TableAlterer.Alter(chosen.Connection, "u", changes, new AlterationOptions());
        TableAlterer.Alter(copied.Connection, "u", changes, new AlterationOptions { Mode = RebuildMode.AlwaysCopy });

        DatabaseSnapshot.Of(chosen.Connection).AssertSameAs(DatabaseSnapshot.Of(copied.Connection));
        Integrity.Check(chosen.Connection);
    }

    [Test]
    public void Library_that_trims_NULLs_is_not_trusted_to_store_them()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a, b, c DEFAULT NULL, d DEFAULT 5)");
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        AlterationStrategy Planned(string column, bool trims) => AlterationPlanner.PlanNext(
            schema, "t", [new SetDefault(column, "1")],
            new PlanningOptions(Strategies.All, new Capabilities(new Version(3, 50, 0), CanEditSchema: true, trims, CompilesWhole: true), ForeignKeysAreEnforced: false, ChecksForeignKeys: true)).Plan.Strategy;

        Assert.That(new[] { Planned("b", true), Planned("c", true), Planned("d", true) }, Is.EqualTo(new[] { AlterationStrategy.Copy, AlterationStrategy.Copy, AlterationStrategy.InPlace }));
        Assert.That(new[] { Planned("b", false), Planned("c", false), Planned("d", false) }, Is.All.EqualTo(AlterationStrategy.InPlace));
    }
}
