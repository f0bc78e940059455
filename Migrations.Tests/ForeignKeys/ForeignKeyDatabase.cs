using System.Globalization;
using Migrations.Tests.Preservation;
using Migrations.Tests.Support;

namespace Migrations.Tests.ForeignKeys;

/// <summary>
/// Tables that refer to each other in one shape, with rows in each, and triggers that would tell of every row that
/// changed; and probes of how the foreign keys behave. Immutable.
/// </summary>
internal sealed record ForeignKeyDatabase(string Sql, IReadOnlyList<string> Tables, IReadOnlyList<Probe> Probes)
{
    private const string Log = "CREATE TABLE log(what TEXT); INSERT INTO log VALUES ('begin');";

    public static ForeignKeyDatabase Of(ForeignKeyShape shape, string action, bool deferred)
    {
        string clause = $"ON DELETE {action} ON UPDATE {action}{(deferred ? " DEFERRABLE INITIALLY DEFERRED" : "")}";
        return shape switch
        {
            ForeignKeyShape.ToItself => Create(
                ["p"],
                $"""
                CREATE TABLE p(id INTEGER PRIMARY KEY, parent INT DEFAULT 1 CONSTRAINT own_fk REFERENCES p(id) {clause}, note TEXT);
                INSERT INTO p VALUES (1, NULL, 'root'), (2, 1, 'a'), (3, 2, 'b'), (9, 9, 'own parent');
                """,
                "DELETE FROM p WHERE id = 2", "UPDATE p SET id = 20 WHERE id = 2", "INSERT INTO p VALUES (5, 55, 'orphan')"),
            ForeignKeyShape.Child => Create(
                ["p", "c"],
                $"""
                CREATE TABLE p(id INTEGER PRIMARY KEY, note TEXT);
                CREATE TABLE c(id INTEGER PRIMARY KEY, pid INT DEFAULT 1 CONSTRAINT child_fk REFERENCES p(id) {clause}, note TEXT);
                INSERT INTO p VALUES (1, 'x'), (2, 'y'), (3, 'z');
                INSERT INTO c VALUES (1, 2, 'x'), (2, 2, 'y'), (4, NULL, 'z');
                """,
                "DELETE FROM p WHERE id = 2", "UPDATE p SET id = 20 WHERE id = 2", "INSERT INTO c VALUES (5, 55, 'orphan')"),
            ForeignKeyShape.Grandchild => Create(
                ["p", "c", "g"],
                $"""
                CREATE TABLE p(id INTEGER PRIMARY KEY, note TEXT);
                CREATE TABLE c(id INTEGER PRIMARY KEY, pid INT UNIQUE DEFAULT 1 CONSTRAINT child_fk REFERENCES p(id) {clause}, note TEXT);
                CREATE TABLE g(id INTEGER PRIMARY KEY, cid INT DEFAULT 1 CONSTRAINT grandchild_fk REFERENCES c(pid) {clause}, note TEXT);
                INSERT INTO p VALUES (1, 'x'), (2, 'y'), (3, 'z');
                INSERT INTO c VALUES (1, 2, 'x'), (2, 3, 'y'), (4, NULL, 'z');
                INSERT INTO g VALUES (1, 2, 'x'), (2, 3, 'y'), (3, 3, 'z'), (7, NULL, 'n');
                """,
                "DELETE FROM p WHERE id = 2", "UPDATE p SET id = 20 WHERE id = 2", "DELETE FROM c WHERE id = 1", "INSERT INTO g VALUES (5, 55, 'orphan')"),
            ForeignKeyShape.Composite => Create(
                ["p", "c"],
                $"""
                CREATE TABLE p(a TEXT, b INT, note TEXT, PRIMARY KEY (b, a));
                CREATE TABLE c(x TEXT DEFAULT 'one', y INT DEFAULT 1, note TEXT, CONSTRAINT child_fk FOREIGN KEY (x, y) REFERENCES p(a, b) {clause});
                INSERT INTO p VALUES ('one', 1, 'x'), ('two', 1, 'y'), ('two', 2, 'z');
                INSERT INTO c VALUES ('two', 1, 'x'), ('two', NULL, 'y'), (NULL, 7, 'z'), ('two', 2, 'n');
                """,
                "DELETE FROM p WHERE note = 'y'", "UPDATE p SET b = 20 WHERE note = 'y'", "INSERT INTO c VALUES ('five', 5, 'orphan')"),
            ForeignKeyShape.ImpliedTarget => Create(
                ["p", "c"],
                $"""
                CREATE TABLE p(note TEXT, id TEXT PRIMARY KEY COLLATE NOCASE);
                CREATE TABLE c(id INTEGER PRIMARY KEY, pid TEXT DEFAULT 'one' REFERENCES p {clause}, note TEXT);
                INSERT INTO p VALUES ('x', 'one'), ('y', 'Two'), ('z', 'three');
                INSERT INTO c VALUES (1, 'two', 'x'), (2, 'TWO', 'y'), (4, NULL, 'z');
                """,
                "DELETE FROM p WHERE id = 'two'", "UPDATE p SET id = 'deux' WHERE id = 'two'", "INSERT INTO c VALUES (5, 'five', 'orphan')"),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }

    /// <summary>What each probe gives, with foreign keys enforced.</summary>
    public IReadOnlyList<string> Behaviour(TestDatabase database)
    {
        long enforced = database.Scalar<long>("PRAGMA foreign_keys");
        database.Execute("PRAGMA foreign_keys = ON");
        List<string> outcomes = [.. Probes.Select(probe => probe.Run(database.Connection))];
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA foreign_keys = {enforced}"));
        return outcomes;
    }

    private static ForeignKeyDatabase Create(IReadOnlyList<string> tables, string sql, params string[] statements)
    {
        IEnumerable<string> triggers = tables.SelectMany(table => new[] { "INSERT", "UPDATE", "DELETE" }
            .Select(verb => $"CREATE TRIGGER {table}_{verb} AFTER {verb} ON {table} BEGIN INSERT INTO log VALUES ('{verb} {table}'); END;"));
        string[] contents = [.. tables.Append("log").Select(table => $"SELECT rowid, * FROM {table} ORDER BY rowid"), "PRAGMA foreign_key_check"];
        return new(
            sql + Log + string.Concat(triggers),
            tables,
            [.. statements.Select(statement => new Probe(statement, [statement, .. contents]))]);
    }
}
