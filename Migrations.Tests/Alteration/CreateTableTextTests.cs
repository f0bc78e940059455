using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Alteration;

/// <summary>What stands in sqlite_schema after a change: all text but the edited definition as it was.</summary>
public sealed class CreateTableTextTests
{
    private static readonly ImmutableArray<KeyColumn> A = [new KeyColumn("a", null, false)];

    private static IEnumerable<TestCaseData> Edits()
    {
        yield return Case("CREATE TABLE t(a,b,c)", new DropColumn("b"), "(a,c)");
        yield return Case("CREATE TABLE t(a,b,c)", new DropColumn("a"), "(b,c)");
        yield return Case("CREATE TABLE t(a,b,c)", new DropColumn("c"), "(a,b)");
        yield return Case("CREATE TABLE t(a, -- first\n b, -- second\n c -- third\n)", new DropColumn("b"), "(a, -- first\n c -- third\n)");
        yield return Case("CREATE TABLE t(a, -- first\n b, -- second\n c -- third\n)", new DropColumn("c"), "(a, -- first\n b -- second\n)");
        yield return Case("CREATE TABLE t(a -- first\n, b)", new DropColumn("b"), "(a -- first\n)");
        yield return Case("CREATE TABLE t(a, -- first\n b)", new DropColumn("b"), "(a -- first\n)");
        yield return Case("CREATE TABLE t(a, b /* x */, UNIQUE (a) /* y */)", new DropUnique(null, ["a"]), "(a, b /* x */)");
        yield return Case("CREATE TABLE t(a\n, b\n, c\n)", new DropColumn("c"), "(a\n, b\n)");
        yield return Case("CREATE TABLE t(a, b, UNIQUE (a) CHECK (b > 0))", new DropUnique(null, ["a"]), "(a, b, CHECK (b > 0))");
        yield return Case("CREATE TABLE t(a, b, UNIQUE (a) CHECK (b > 0))", new DropCheck(null, "b>0"), "(a, b, UNIQUE (a))");
        yield return Case("CREATE TABLE t(a INT UNIQUE NOT NULL, b)", new DropUnique(null, ["a"]), "(a INT NOT NULL, b)");
        yield return Case("CREATE TABLE t(a INT -- n\n UNIQUE, b)", new DropUnique(null, ["a"]), "(a INT -- n\n , b)");
        yield return Case("CREATE TABLE t(a, b)", new SetType("a", "VARCHAR(20)"), "(a VARCHAR(20), b)");
        yield return Case("CREATE TABLE t(a LONG INTEGER (3) NOT NULL, b)", new SetType("a", "TEXT"), "(a TEXT NOT NULL, b)");
        yield return Case("CREATE TABLE t(a TEXT DEFAULT 'x', b)", new SetType("a", null), "(a DEFAULT 'x', b)");
        yield return Case("CREATE TABLE t(a TEXT, b)", new SetNullability("a", false), "(a TEXT NOT NULL, b)");
        yield return Case("CREATE TABLE t(a TEXT NULL, b)", new SetNullability("a", false), "(a TEXT NOT NULL, b)");
        yield return Case("CREATE TABLE t(a REFERENCES p, b)", new SetNullability("a", false), "(a NOT NULL REFERENCES p, b)");
        yield return Case("CREATE TABLE t(a CONSTRAINT n NOT NULL ON CONFLICT FAIL DEFAULT 1, b)", new SetNullability("a", true), "(a DEFAULT 1, b)");
        yield return Case("CREATE TABLE t(a DEFAULT(1), b)", new SetDefault("a", "2"), "(a DEFAULT 2, b)");
        yield return Case("CREATE TABLE t(a DEFAULT -1, b)", new SetDefault("a", "(1 + 1)"), "(a DEFAULT (1 + 1), b)");
        yield return Case("CREATE TABLE t(a TEXT UNIQUE, b)", new SetDefault("a", "'x'"), "(a TEXT DEFAULT 'x' UNIQUE, b)");
        yield return Case("CREATE TABLE t(a DEFAULT CURRENT_TIMESTAMP NOT NULL, b)", new SetDefault("a", null), "(a NOT NULL, b)");
        yield return Case("CREATE TABLE t(a TEXT, b)", new SetCollation("a", "NOCASE"), "(a TEXT COLLATE \"NOCASE\", b)");
        yield return Case("CREATE TABLE t(a TEXT COLLATE RTRIM, b)", new SetCollation("a", "NOCASE"), "(a TEXT COLLATE \"NOCASE\", b)");
        yield return Case("CREATE TABLE t(a TEXT COLLATE RTRIM, b)", new SetCollation("a", null), "(a TEXT, b)");
        yield return Case("CREATE TABLE t(a, b, c)", new PlaceColumn("c", ColumnPlace.First), "(c, a, b)");
        yield return Case("CREATE TABLE t(a, b, c)", new PlaceColumn("a", ColumnPlace.Last), "(b, c, a)");
        yield return Case("CREATE TABLE t(a,b,c)", new PlaceColumn("a", ColumnPlace.After("b")), "(b, a,c)");
        yield return Case("CREATE TABLE t(a, -- 1\n b, -- 2\n c -- 3\n)", new PlaceColumn("c", ColumnPlace.Before("b")), "(a, -- 1\n c, -- 3\n b -- 2\n)");
        yield return Case("CREATE TABLE t(\n  a INT, -- 1\n  b INT -- 2\n)", new AddColumn("c INT UNIQUE"), "(\n  a INT, -- 1\n  b INT, -- 2\n  c INT UNIQUE\n)");
        yield return Case("CREATE TABLE t(a, b)", new AddColumn("c INT UNIQUE", ColumnPlace.First), "(c INT UNIQUE, a, b)");
        yield return Case("CREATE TABLE t(a, b, CHECK (a))", new AddColumn("c INT UNIQUE"), "(a, b, c INT UNIQUE, CHECK (a))");
        yield return Case("CREATE TABLE t(a)", new AddUnique("u", A), "(a, CONSTRAINT \"u\" UNIQUE (\"a\"))");
        yield return Case("CREATE TABLE t(a -- x\n)", new AddCheck(null, "a -- y"), "(a, -- x\n CHECK (a -- y\n)\n)");
        yield return Case("CREATE TABLE t(a, UNIQUE (a))", new AddCheck("k", "a > 0"), "(a, UNIQUE (a), CONSTRAINT \"k\" CHECK (a > 0))");
        yield return Case("CREATE TABLE t(a, b) ", new SetStrict(true), null);
        yield return Case("CREATE TABLE t(a INT, b TEXT)", new SetStrict(true), "(a INT, b TEXT) STRICT");
        yield return Case("CREATE TABLE t(a INT PRIMARY KEY, b TEXT) STRICT", new SetWithoutRowId(true), "(a INT PRIMARY KEY, b TEXT) STRICT, WITHOUT ROWID");
        yield return Case("CREATE TABLE t(a INT PRIMARY KEY, b TEXT) STRICT, WITHOUT ROWID", new SetStrict(false), "(a INT PRIMARY KEY, b TEXT) WITHOUT ROWID");
        yield return Case("CREATE TABLE t(a INT PRIMARY KEY, b TEXT) WITHOUT ROWID , STRICT", new SetStrict(false), "(a INT PRIMARY KEY, b TEXT) WITHOUT ROWID");
        yield return Case("CREATE TABLE t(a INT PRIMARY KEY, b TEXT)/*x*/STRICT", new SetStrict(false), "(a INT PRIMARY KEY, b TEXT)");
        yield return Case("CREATE TABLE t([a] INT, `b` TEXT, 'c' BLOB)", new DropColumn("b"), "([a] INT, 'c' BLOB)");

        static TestCaseData Case(string before, TableChange change, string? after) =>
            new TestCaseData(before, change, after).SetArgDisplayNames(before, change.ToString());
    }

    [TestCaseSource(nameof(Edits))]
    public void Alter_edits_nothing_but_what_was_asked(string before, object change, string? after)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute("CREATE TABLE p (id INTEGER PRIMARY KEY)").Execute(before);
        if (after is null)
        {
            Assert.That(
                () => TableAlterer.Alter(database.Connection, "t", [(TableChange)change], new AlterationOptions()),
                Throws.InstanceOf<MigrationsException>());
            return;
        }

        TableAlterer.Alter(database.Connection, "t", [(TableChange)change], new AlterationOptions { Mode = RebuildMode.AlwaysCopy });
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'"), Is.EqualTo("CREATE TABLE \"t\"" + after));
        Integrity.Check(database.Connection);
    }
}
