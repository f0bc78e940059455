namespace Migrations.Tests.Preservation;

internal static partial class FixtureProbes
{
    private static IEnumerable<Probe> Around() =>
    [
        new("account, unique expression index", "UPDATE account SET email = 'ann@example.com' WHERE id = 22", "SELECT email FROM account INDEXED BY account_lower"),
        new("indexed, partial unique index",
            "INSERT INTO indexed(name, age) VALUES ('ANN', 18)",
            "INSERT INTO indexed(name, age) VALUES ('ANN', 17) RETURNING id",
            "INSERT INTO indexed(name, age) VALUES ('carl', 50) ON CONFLICT (name COLLATE NOCASE) WHERE age > 17 DO NOTHING RETURNING id",
            "INSERT INTO indexed(name, age) VALUES ('CARL', 51) ON CONFLICT (name COLLATE NOCASE) WHERE age > 17 DO UPDATE SET age = 52 RETURNING id, age"),
        new("everybody, view and trigger",
            "SELECT kind, name FROM everybody ORDER BY kind, name",
            "INSERT INTO everybody VALUES ('account', 'through@view')",
            "SELECT name FROM of_view ORDER BY name"),
        new("big, view", "SELECT * FROM big"),
        new("domain_star, view and triggers",
            "SELECT * FROM domain_star",
            "INSERT INTO domain_star(v_name) VALUES ('star.org')",
            "SELECT v_comment FROM domain_star WHERE v_name = 'STAR.org'",
            "DELETE FROM domain_star WHERE v_name = 'star.org'",
            "SELECT count(*) FROM domain_star",
            "UPDATE domain_star SET v_max = 1"),
        new("odd view", "SELECT * FROM \"odd view\""),
        new("doc_titles, view", "SELECT * FROM doc_titles"),
        new("tree view", "SELECT * FROM [tree view] ORDER BY id"),
        new("odd table, trigger and constraints",
            "UPDATE \"odd \"\"table\"\"\" SET \"\" = 'n' WHERE \"select\" = 10",
            "SELECT what, a FROM log WHERE seq > 18",
            "INSERT INTO \"odd \"\"table\"\"\"(\"from,to)\") VALUES (3)",
            "INSERT INTO \"odd \"\"table\"\"\"(\"select\") VALUES (10)",
            "INSERT INTO \"odd \"\"table\"\"\"(\"É\", \"é\") VALUES (1, 2) RETURNING \"É\", \"é\", [br(acket], \"\"",
            "SELECT \"a b\" FROM \"odd \"\"table\"\"\" INDEXED BY [odd index] WHERE \"select\" > 0"),
        new("names that look alike", "SELECT * FROM \"É\"", "SELECT * FROM \"é\"", "SELECT * FROM sqliteXdata", "SELECT * FROM account_new", "SELECT * FROM notes_content"),
        new("notes, contentless search", "SELECT rowid FROM notes WHERE notes MATCH 'more'"),
    ];
}
