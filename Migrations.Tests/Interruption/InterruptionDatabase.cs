using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;

namespace Migrations.Tests.Interruption;

/// <summary>
/// A database whose table has enough rows for SQLite to ask in the middle of each statement, and a function that tells how often it
/// was called.
/// </summary>
internal sealed class InterruptionDatabase : IDisposable
{
    public const int Rows = 3000;

    private InterruptionDatabase(TestDatabase database)
    {
        Database = database;
        database.Connection.CreateFunction(
            "called",
            (long? value) =>
            {
                Calls++;
                Called?.Invoke();
                return value;
            },
            isDeterministic: true);
        database.Execute(
            $"""
            PRAGMA foreign_keys = ON;
            CREATE TABLE owner(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE item(id INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INT NOT NULL REFERENCES owner(id) ON DELETE CASCADE, size INT, note TEXT);
            CREATE TABLE part(id INTEGER PRIMARY KEY, item_id INT REFERENCES item(id) ON DELETE CASCADE);
            INSERT INTO owner VALUES (1, 'one'), (2, 'two');
            INSERT INTO item(id, owner_id, size, note)
              WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT i, 1 + i % 2, i, 'note ' || i FROM n;
            INSERT INTO part SELECT id, id FROM item WHERE id < 50;
            CREATE INDEX item_size ON item(called(size));
            CREATE INDEX item_note ON item(note, size);
            CREATE VIEW large AS SELECT id, note FROM item WHERE size > 10;
            CREATE TRIGGER item_insert AFTER INSERT ON item BEGIN INSERT INTO part VALUES (NULL, new.id); END;
            """);
        Calls = 0;
    }

    public TestDatabase Database { get; }

    public int Calls { get; set; }

    /// <summary>Called with each call of the SQL function.</summary>
    public Action? Called { get; set; }

    public static InterruptionDatabase Open(TestDatabaseKind kind = TestDatabaseKind.InMemory) => new(TestDatabase.Open(kind));

    /// <summary>An alteration with a preflight, a copy, two indexes, a trigger and a check of foreign keys.</summary>
    public AlterationResult Alter(AlterationOptions options, params TableChange[] changes)
    {
        options.Mode = RebuildMode.AlwaysCopy;
        return TableAlterer.Alter(
            Database.Connection,
            "item",
            changes is [] ? [new SetNullability("note", false), new AddCheck("size_known", "size IS NOT NULL"), new SetDefault("size", "7")] : changes,
            options);
    }

    public void Dispose() => Database.Dispose();
}
