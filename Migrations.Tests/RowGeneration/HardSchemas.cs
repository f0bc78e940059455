namespace Migrations.Tests.RowGeneration;

/// <summary>Schemas that are hard to fill, each for a reason of its own, by name. Tables whose names begin with "few" can't have many rows.</summary>
internal static class HardSchemas
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["list of values"] = "CREATE TABLE t (state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'it''s')), n INTEGER CHECK (n IN (3, 5)))",
        ["range"] = "CREATE TABLE t (lat REAL NOT NULL CHECK (lat BETWEEN -90 AND 90), pct INT CHECK (pct >= 0 AND pct <= 100), big INTEGER NOT NULL CHECK (big > 5000000000))",
        ["one value between"] = "CREATE TABLE t (n INTEGER NOT NULL CHECK (n > 41 AND n < 43), r REAL NOT NULL CHECK (0.25 < r AND r < 0.5))",
        ["length"] = "CREATE TABLE t (code TEXT NOT NULL UNIQUE CHECK (length(code) = 12), b BLOB NOT NULL CHECK (length(b) = 16), c CHAR(2) NOT NULL CHECK (length(trim(c)) = 2))",
        ["patterns"] = "CREATE TABLE t (url TEXT NOT NULL CHECK (url LIKE 'https://%/_x'), plate TEXT NOT NULL UNIQUE CHECK (plate GLOB '[A-Z][A-Z]-[0-9][0-9][0-9]'), hex TEXT NOT NULL CHECK (hex NOT GLOB '*[^0-9a-f]*' AND length(hex) = 8))",
        ["typeof"] = "CREATE TABLE t (a NOT NULL CHECK (typeof(a) = 'integer'), b NUMERIC NOT NULL CHECK (typeof(b) IN ('real', 'integer')), c BLOB NOT NULL CHECK (typeof(c) = 'blob'))",
        ["json"] = "CREATE TABLE t (a TEXT NOT NULL CHECK (json_valid(a)), b TEXT CHECK (json_type(b) = 'array'), c JSON NOT NULL CHECK (json_valid(c) AND json_type(c) = 'object'))",
        ["between columns"] = "CREATE TABLE t (a INTEGER NOT NULL, b INTEGER NOT NULL, c TEXT NOT NULL, d TEXT NOT NULL, CHECK (a < b), CHECK (c <> d AND c <= d))",
        ["either or"] = "CREATE TABLE t (a INTEGER, b TEXT, kind TEXT NOT NULL, CHECK ((a IS NULL) <> (b IS NULL)), CHECK ((kind = 'number' AND a IS NOT NULL) OR (kind = 'text' AND b IS NOT NULL)))",
        ["sum"] = "CREATE TABLE t (a INTEGER NOT NULL CHECK (a >= 0), b INTEGER NOT NULL CHECK (b >= 0), total INTEGER NOT NULL, CHECK (total = a + b))",
        ["dates"] = "CREATE TABLE t (d TEXT NOT NULL CHECK (d IS date(d)), m TEXT NOT NULL CHECK (m = strftime('%Y-%m-%d %H:%M:%S', m)), since DATE NOT NULL, until DATE CHECK (until >= since))",
        ["qualified"] = "CREATE TABLE t (a INTEGER NOT NULL, CONSTRAINT \"c 1\" CHECK (t.a > 7 -- more\n))",
        ["one row only"] = "CREATE TABLE few (lock CHAR(1) NOT NULL DEFAULT 'X' UNIQUE CHECK (lock = 'X'), n INTEGER); CREATE TABLE few2 (id INTEGER PRIMARY KEY CHECK (id = 1), v TEXT)",
        ["unique without case"] = "CREATE TABLE t (name TEXT NOT NULL COLLATE NOCASE UNIQUE, pad TEXT NOT NULL UNIQUE COLLATE RTRIM); CREATE UNIQUE INDEX low ON t (lower(trim(name)))",
        ["unique expression"] = "CREATE TABLE t (a TEXT NOT NULL, b INTEGER); CREATE UNIQUE INDEX i ON t (coalesce(b, -1), substr(a, 1, 1)); CREATE UNIQUE INDEX j ON t (a) WHERE b IS NULL",
        ["unique where"] = "CREATE TABLE t (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, is_primary INTEGER NOT NULL); CREATE UNIQUE INDEX one ON t (owner) WHERE is_primary = 1",
        ["narrow keys"] = "CREATE TABLE t (a VARCHAR(1) PRIMARY KEY, b CHAR(2) UNIQUE, c TINYINT UNIQUE, d NUMERIC(2) UNIQUE); CREATE TABLE few (flag BOOLEAN PRIMARY KEY)",
        ["strict"] = "CREATE TABLE t (i INT NOT NULL, j INTEGER, r REAL NOT NULL, t TEXT NOT NULL, b BLOB NOT NULL, a ANY NOT NULL, is_on INTEGER) STRICT",
        ["strict without rowid"] = "CREATE TABLE t (a TEXT, b ANY, r REAL UNIQUE, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID",
        ["autoincrement"] = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT); CREATE TABLE u (\"the key\" INTEGER PRIMARY KEY DESC, v)",
        ["rowid names taken"] = "CREATE TABLE t (rowid TEXT, oid INTEGER, _rowid_ BLOB)",
        ["generated"] = "CREATE TABLE t (a INTEGER NOT NULL, b INTEGER AS (a % 7) STORED NOT NULL CHECK (b < 5), c TEXT AS (a || '!') UNIQUE, d AS (nullif(a, 5)) NOT NULL)",
        ["parents"] = "CREATE TABLE child (id INTEGER PRIMARY KEY, p TEXT NOT NULL REFERENCES parent (code), q INTEGER REFERENCES parent); CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE COLLATE NOCASE)",
        ["key of many columns"] = "CREATE TABLE child (x TEXT, y INTEGER, z INTEGER, FOREIGN KEY (y, x) REFERENCES parent (b, a)); CREATE TABLE parent (a TEXT, b INTEGER, PRIMARY KEY (a, b))",
        ["keys that share a column"] = """
            CREATE TABLE tenant (id INTEGER PRIMARY KEY);
            CREATE TABLE person (tenant INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, PRIMARY KEY (tenant, id));
            CREATE TABLE team (tenant INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, lead INTEGER, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, lead) REFERENCES person);
            CREATE TABLE member (tenant INTEGER NOT NULL, team INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (tenant, team, person),
              FOREIGN KEY (tenant, team) REFERENCES team (tenant, id), FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)) WITHOUT ROWID;
            """,
        ["join table"] = "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE few (id INTEGER PRIMARY KEY CHECK (id IN (1, 2))); CREATE TABLE ab (a INTEGER REFERENCES a, b INTEGER REFERENCES few, PRIMARY KEY (a, b)); CREATE TABLE few_pairs (x INTEGER REFERENCES few, y INTEGER REFERENCES few, PRIMARY KEY (x, y))",
        ["one to one"] = "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a, v TEXT); CREATE TABLE c (b INTEGER NOT NULL UNIQUE REFERENCES b)",
        ["tree"] = "CREATE TABLE t (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES t); CREATE TABLE u (id TEXT PRIMARY KEY, parent TEXT NOT NULL REFERENCES u); CREATE TABLE v (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES v CHECK (id IS NOT parent))",
        ["circle"] = "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b); CREATE TABLE b (id INTEGER PRIMARY KEY, c INTEGER NOT NULL REFERENCES c); CREATE TABLE c (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a)",
        ["circle without NULL"] = "CREATE TABLE a (id TEXT PRIMARY KEY, b INTEGER NOT NULL REFERENCES b DEFERRABLE INITIALLY DEFERRED); CREATE TABLE b (id INTEGER PRIMARY KEY, a TEXT NOT NULL REFERENCES a)",
        ["text keys that are numbers elsewhere"] = "CREATE TABLE p (id TEXT PRIMARY KEY); CREATE TABLE c (p UUID NOT NULL REFERENCES p)",
        ["trigger refuses"] = "CREATE TABLE t (a INTEGER NOT NULL, b TEXT NOT NULL); CREATE TRIGGER g BEFORE INSERT ON t WHEN NEW.a < 100 OR NEW.b NOT IN ('red', 'green') BEGIN SELECT RAISE(ABORT, 'no such colour'); END",
        ["trigger ignores"] = "CREATE TABLE t (a INTEGER NOT NULL); CREATE TRIGGER g BEFORE INSERT ON t WHEN NEW.a % 2 = 1 BEGIN SELECT RAISE(IGNORE); END",
        ["trigger looks up"] = "CREATE TABLE z (kind TEXT NOT NULL, code TEXT NOT NULL); CREATE TABLE a (kind TEXT NOT NULL, code TEXT NOT NULL); CREATE VIEW known AS SELECT kind AS k, code AS c FROM z; CREATE TRIGGER g BEFORE INSERT ON a BEGIN SELECT RAISE(ABORT, 'unknown') WHERE NOT EXISTS (SELECT 1 FROM known AS n WHERE n.k = NEW.kind AND NEW.code = n.c); END",
        ["trigger writes"] = "CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT UNIQUE); CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT OR IGNORE INTO log (id, what) VALUES (NEW.id, NEW.v); END",
        ["trigger needs a row"] = "CREATE TABLE grp (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE t_grp (t INTEGER REFERENCES t, grp INTEGER REFERENCES grp); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO t_grp VALUES (NEW.id, 0); END",
        ["trigger fills a table"] = "CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE few (id INTEGER PRIMARY KEY REFERENCES t); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO few VALUES (NEW.id); END",
        ["full text"] = "CREATE TABLE t (id INTEGER PRIMARY KEY, title TEXT, body TEXT); CREATE VIRTUAL TABLE ft USING fts5(title, body, content='t', content_rowid='id'); CREATE TRIGGER ai AFTER INSERT ON t BEGIN INSERT INTO ft(rowid, title, body) VALUES (new.id, new.title, new.body); END",
        ["conflict clauses"] = "CREATE TABLE t (a INTEGER PRIMARY KEY ON CONFLICT REPLACE, b INTEGER NOT NULL ON CONFLICT IGNORE CHECK (b IN (1, 2)), c TEXT UNIQUE ON CONFLICT ROLLBACK)",
        ["odd names"] = "CREATE TABLE \"a \"\"b\" (\"x.y\" INTEGER NOT NULL CHECK (\"x.y\" > 5), [select] TEXT UNIQUE, \"Größe\" REAL, 'q' TEXT)",
    };
}
