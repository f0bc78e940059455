using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Preservation;

/// <summary>
/// A full-text table that reads another table's rows by rowid finds the same rows after every change of that table, or
/// the change is refused. FTS5's own check of its index against the content is part of <see cref="Integrity"/>.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class FullTextTests
{
    private const string ByKey = """
        CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT, note TEXT);
        INSERT INTO t VALUES (3, 'alpha', 'x'), (7, 'beta', 'y'), (20, 'gamma', 'z');
        CREATE VIRTUAL TABLE f USING fts5(body, content='t', content_rowid='id');
        INSERT INTO f(f) VALUES ('rebuild');
        """;

    private const string ByRowId = """
        CREATE TABLE t(id INTEGER, body TEXT, note TEXT);
        INSERT INTO t(rowid, id, body, note) VALUES (3, 1, 'alpha', 'x'), (7, 2, 'beta', 'y'), (20, 3, 'gamma', 'z');
        CREATE VIRTUAL TABLE f USING fts5(body, content=t);
        INSERT INTO f(f) VALUES ('rebuild');
        """;

    private static readonly Dictionary<string, TableChange[]> Changes = new(StringComparer.Ordinal)
    {
        ["set NOT NULL"] = [new SetNullability("note", false)],
        ["add a column first"] = [new AddColumn("more TEXT DEFAULT (lower('X'))", ColumnPlace.First)],
        ["drop another column"] = [new DropColumn("note")],
        ["convert the searched column"] = [new ConvertColumn("body", new SqlConversion("body || ' more'"))],
        ["convert the searched column with a function"] = [new ConvertColumn("body", new FunctionConversion(value => value + " more"))],
        ["convert the key"] = [new ConvertColumn("id", new SqlConversion("id + 100"))],
        ["convert the key with a function"] = [new ConvertColumn("id", new FunctionConversion(value => (long)value! + 100))], // a key is there
        ["drop the key"] = [new DropPrimaryKey()],
        ["make a column the key"] = [new AddPrimaryKey(null, [new KeyColumn(new SqlIdentifier("id"), null, false)])],
        ["drop the key and make it again"] = [new DropPrimaryKey(), new AddPrimaryKey(null, [new KeyColumn(new SqlIdentifier("id"), null, false)], AutoIncrement: true)],
        ["add a key column"] = [new AddColumn("k INTEGER PRIMARY KEY", ColumnPlace.First)],
        ["add a key column with values"] = [new AddColumn("k INTEGER PRIMARY KEY", ExistingRows: "length(body) * 100 + id")],
        ["drop the key and add a key column"] = [new DropPrimaryKey(), new AddColumn("k INTEGER PRIMARY KEY")],
        ["drop the key's column and add another key"] = [new DropPrimaryKey(), new DropColumn("id"), new AddColumn("k INTEGER PRIMARY KEY")],
        ["add columns called as rowids are"] = [new AddColumn("rowid TEXT DEFAULT (lower('X'))"), new AddColumn("oid TEXT"), new AddColumn("_rowid_ TEXT")],
        ["add a column called rowid"] = [new AddColumn("rowid INT DEFAULT (1 + 1)")],
        ["no rowids"] = [new SetWithoutRowId(true)],
        ["rename the key"] = [new RenameColumn("id", "key")],
        ["rename another column"] = [new RenameColumn("note", "remark")],
        ["type of the searched column"] = [new SetType("body", "VARCHAR(20)")],
        ["collation of the searched column"] = [new SetCollation("body", "NOCASE")],
    };

    private static IEnumerable<string> Names => Changes.Keys;

    [Test]
    public void Search_finds_the_same_rows_or_the_change_is_refused([ValueSource(nameof(Names))] string name, [Values] bool byKey, [Values] bool inTransaction)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(byKey ? ByKey : ByRowId).Execute(inTransaction ? "PRAGMA foreign_keys = OFF; BEGIN" : "SELECT 1");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        try
        {
            TableAlterer.Alter(database.Connection, "t", Changes[name], new AlterationOptions());
        }
        catch (AlterationRefusedException)
        {
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        }

        Integrity.Check(database.Connection);
        foreach (string word in (ReadOnlySpan<string>)["alpha", "beta", "gamma"])
        {
            Assert.That(database.Scalar<string>($"SELECT body FROM f WHERE f MATCH '{word}'"), Does.StartWith(word));
        }

        Assert.That(database.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(3));
    }

    [Test]
    public void Fourth_generation_full_text_finds_the_same_rows()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("""
            CREATE TABLE t(k TEXT PRIMARY KEY, body TEXT);
            INSERT INTO t(rowid, k, body) VALUES (3, 'a', 'alpha'), (7, 'b', 'beta');
            CREATE VIRTUAL TABLE f USING fts4(content="t", body);
            INSERT INTO f(f) VALUES ('rebuild');
            """);

        TableAlterer.Alter(database.Connection, "t", [new SetNullability("body", false)], new AlterationOptions { Mode = RebuildMode.AlwaysCopy });

        Assert.That(database.Scalar<string>("SELECT body FROM f WHERE f MATCH 'beta'"), Is.EqualTo("beta"));
        Assert.That(() => database.Execute("INSERT INTO f(f) VALUES ('integrity-check')"), Throws.Nothing);
        Assert.Throws<AlterationRefusedException>(() => TableAlterer.Alter(database.Connection, "t", [new RenameTable("u")], new AlterationOptions()));
    }
}
