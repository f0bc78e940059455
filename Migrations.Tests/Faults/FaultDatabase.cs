using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>A database with an alteration of one of its tables, to be stopped anywhere, and with a table named caller for a caller's own rows. Immutable.</summary>
internal sealed record FaultDatabase(string Name, AlterationStrategy Strategy, string Table, string Sql, params IReadOnlyList<TableChange> Changes)
{
    /// <summary>An alteration that takes every kind of step of a copy.</summary>
    public static readonly FaultDatabase Copied = new(
        "copied", AlterationStrategy.Copy, "parent",
        """
        CREATE TABLE parent(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, note TEXT DEFAULT 'n', filler BLOB);
        CREATE TABLE child(id INTEGER PRIMARY KEY, parent_id INT REFERENCES parent(id) ON DELETE CASCADE);
        CREATE INDEX parent_note ON parent(note, name);
        CREATE INDEX parent_partial ON parent(name) WHERE note <> 'n';
        CREATE VIEW noted AS SELECT id, note FROM parent;
        CREATE TRIGGER parent_insert AFTER INSERT ON parent BEGIN INSERT INTO caller VALUES ('insert'); END;
        CREATE TRIGGER parent_delete AFTER DELETE ON parent BEGIN INSERT INTO caller VALUES ('delete'); END;
        INSERT INTO parent(id, name, note, filler)
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i, 'name ' || i, 'note ' || i, zeroblob(900) FROM n;
        INSERT INTO child SELECT id * 2, id FROM parent;
        DELETE FROM parent WHERE id > 35;
        ANALYZE;
        """,
        new RenameColumn("note", "remark"),
        new SetDefault("remark", "'none'"),
        new SetNullability("name", false),
        new AddColumn("size INT NOT NULL DEFAULT 0", ExistingRows: "length(filler)"),
        new AddCheck("size_positive", "size >= 0"),
        new AddIndex("CREATE INDEX parent_size ON parent(size)"),
        new RenameTable("grown"))
    {
        Written = [(raw.SQLITE_INSERT, "new_parent"), (raw.SQLITE_DROP_TABLE, "parent"), (raw.SQLITE_ALTER_TABLE, "main"), (raw.SQLITE_CREATE_TRIGGER, "parent_insert")],
    };

    /// <summary>Defaults that rows still read from the stored text.</summary>
    public static readonly FaultDatabase ShortRows = new(
        "defaults of short rows in place", AlterationStrategy.InPlace, "account",
        $"""
        {Accounts}
        ALTER TABLE account ADD COLUMN greeting TEXT NOT NULL DEFAULT '{new string('h', 300)}';
        ALTER TABLE account ADD COLUMN size INT DEFAULT 12;
        CREATE INDEX account_greeting ON account(greeting);
        CREATE INDEX account_size ON account(size) WHERE size > 10;
        INSERT INTO account(id, name, greeting, size) VALUES (41, 'later', 'hello', 12), (43, 'last', 'hello', NULL);
        """,
        new SetDefault("greeting", $"'{new string('g', 5000)}'"),
        new SetDefault("size", "80"))
    {
        Written =
        [
            (raw.SQLITE_DROP_TEMP_TRIGGER, "account_temporary"), (raw.SQLITE_CREATE_TEMP_TABLE, "migrations_short_rows"), (raw.SQLITE_UPDATE, "sqlite_master"),
            (raw.SQLITE_PRAGMA, "schema_version"), (raw.SQLITE_INSERT, "migrations_short_rows"), (raw.SQLITE_UPDATE, "account"),
            (raw.SQLITE_DROP_TEMP_TABLE, "migrations_short_rows"), (raw.SQLITE_CREATE_TEMP_TRIGGER, "account_temporary"),
        ],
    };

    /// <summary>Values converted by one UPDATE, without triggers.</summary>
    public static readonly FaultDatabase Converted = new(
        "conversion in place", AlterationStrategy.InPlace, "account", Accounts,
        new ConvertColumn("note", new SqlConversion("note || ' of ' || name || hex(zeroblob(200))")),
        new SetDefault("note", "'none'"))
    {
        Written = [(raw.SQLITE_UPDATE, "account"), (raw.SQLITE_UPDATE, "sqlite_master"), (raw.SQLITE_CREATE_TEMP_TRIGGER, "account_temporary")],
    };

    /// <summary>The same by a function of C#, for which all triggers are set aside.</summary>
    public static readonly FaultDatabase ConvertedByFunction = new(
        "conversion by a function in place", AlterationStrategy.InPlace, "account", Accounts,
        new ConvertColumn("note", new FunctionConversion(note => note + new string('x', 300))),
        new SetDefault("note", "'none'"))
    {
        Written = [(raw.SQLITE_UPDATE, "account"), (raw.SQLITE_DROP_TRIGGER, "account_update"), (raw.SQLITE_CREATE_TRIGGER, "account_update")],
    };

    /// <summary>Constraints that rows already meet.</summary>
    public static readonly FaultDatabase Constrained = new(
        "NOT NULL and CHECK in place", AlterationStrategy.InPlace, "account", Accounts,
        new SetNullability("name", false),
        new AddCheck("named", $"length(name) > 0 AND note NOT IN ({string.Join(", ", Enumerable.Range(1, 600).Select(i => $"'no note {i}'"))})"))
    {
        Written = [(raw.SQLITE_UPDATE, "sqlite_master"), (raw.SQLITE_PRAGMA, "schema_version")],
    };

    private const string Accounts = """
        CREATE TABLE owner(id INTEGER PRIMARY KEY);
        CREATE TABLE account(id INTEGER PRIMARY KEY, name TEXT, note TEXT DEFAULT 'n', owner_id INT REFERENCES owner(id), filler BLOB);
        CREATE INDEX account_owner ON account(owner_id);
        CREATE UNIQUE INDEX account_name ON account(name);
        INSERT INTO owner VALUES (1), (2);
        INSERT INTO account
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i, 'name ' || i, 'note ' || i, 1 + i % 2, zeroblob(400) FROM n;
        CREATE TRIGGER account_update AFTER UPDATE ON account BEGIN SELECT RAISE(ROLLBACK, 'fired'); END;
        CREATE TEMP TRIGGER account_temporary AFTER UPDATE ON account BEGIN SELECT RAISE(ROLLBACK, 'fired'); END;

        """;

    /// <summary>All of them with the kinds of database to try them on. A copy takes many steps, and files differ in how they are journaled only.</summary>
    public static IEnumerable<object[]> All =>
        ((FaultDatabase[])[Copied, ShortRows, Converted, ConvertedByFunction, Constrained]).SelectMany(fault => Enum.GetValues<TestDatabaseKind>()
            .Where(kind => fault != Copied || kind != TestDatabaseKind.RollbackJournalFile)
            .Select(kind => (object[])[fault, kind]));

    /// <summary>Actions of SQLite's authorizer, with their first argument, that the alteration can't do without.</summary>
    public required IReadOnlyList<(int Action, string First)> Written { get; init; }

    /// <summary>Opens it without free pages: what those hold is not restored by a rollback, and need not be.</summary>
    public TestDatabase Open(TestDatabaseKind kind) =>
        TestDatabase.Open(kind).Execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; CREATE TABLE caller(what TEXT)").Execute(Sql).Execute("VACUUM");

    public AlterationResult Alter(TestDatabase database) =>
        TableAlterer.Alter(database.Connection, Table, Changes, new AlterationOptions());

    /// <summary>Alters it where nothing stands in the way, in the way that is to be tested.</summary>
    public void AlterUndisturbed(TestDatabase database) =>
        Assert.That(Alter(database).Plans.Max(plan => plan.Strategy), Is.EqualTo(Strategy));

    /// <summary>What the database is once the alteration has succeeded.</summary>
    public DatabaseSnapshot Altered(TestDatabaseKind kind)
    {
        using TestDatabase database = Open(kind);
        AlterUndisturbed(database);
        return DatabaseSnapshot.Of(database.Connection);
    }

    public override string ToString() => Name;
}
