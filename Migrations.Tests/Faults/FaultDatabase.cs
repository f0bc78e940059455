using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;

namespace Migrations.Tests.Faults;

/// <summary>A database with an alteration of one of its tables that takes every kind of step, to be stopped anywhere.</summary>
internal static class FaultDatabase
{
    private const string Sql = """
        CREATE TABLE parent(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, note TEXT DEFAULT 'n', filler BLOB);
        CREATE TABLE child(id INTEGER PRIMARY KEY, parent_id INT REFERENCES parent(id) ON DELETE CASCADE);
        CREATE TABLE caller(what TEXT);
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
        """;

    public static IReadOnlyList<TableChange> Changes { get; } =
    [
        new RenameColumn("note", "remark"),
        new SetDefault("remark", "'none'"),
        new SetNullability("name", false),
        new AddColumn("size INT NOT NULL DEFAULT 0", ExistingRows: "length(filler)"),
        new AddCheck("size_positive", "size >= 0"),
        new AddIndex("CREATE INDEX parent_size ON parent(size)"),
        new RenameTable("grown"),
    ];

    public static TestDatabase Open(TestDatabaseKind kind)
    {
        TestDatabase database = TestDatabase.Open(kind);
        return database.Execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF").Execute(Sql);
    }

    public static AlterationResult Alter(TestDatabase database) =>
        TableAlterer.Alter(database.Connection, "parent", Changes, new AlterationOptions());

    /// <summary>What the database is once the alteration has succeeded.</summary>
    public static DatabaseSnapshot Altered(TestDatabaseKind kind)
    {
        using TestDatabase database = Open(kind);
        Alter(database);
        return DatabaseSnapshot.Of(database.Connection);
    }
}
