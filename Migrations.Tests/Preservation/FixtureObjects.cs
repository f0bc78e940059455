namespace Migrations.Tests.Preservation;

/// <summary>What stands around the tables of the preservation fixture, and their rows.</summary>
internal static class FixtureObjects
{
    /// <summary>Indexes, views and triggers; the order of the triggers matters.</summary>
    public const string Around = """"
        CREATE INDEX account_display ON account(display COLLATE NOCASE DESC, created);
        CREATE INDEX "account big" ON account(quota) WHERE quota > 1000 AND display <> 'quota'; -- gone
        CREATE UNIQUE INDEX account_lower ON account(lower(email), state DESC);
        CREATE INDEX message_box ON message(box_domain, box_local);
        CREATE INDEX attachment_message ON attachment(message_id) WHERE attachment.name IS NOT NULL;
        CREATE UNIQUE INDEX indexed_name ON indexed(name COLLATE NOCASE) WHERE age > 17 /* adults */;
        CREATE INDEX indexed_place ON indexed(place DESC, lower(name), age);
        CREATE INDEX indexed_qualified ON indexed(age) WHERE indexed.age <> 99;
        CREATE INDEX computed_gross ON computed(gross);
        CREATE INDEX [odd index] ON "odd ""table"""("a b", [br(acket] DESC) WHERE "select" > 0;
        CREATE INDEX clustered_value ON clustered(value);
        CREATE INDEX doc_stars ON doc(stars DESC);

        CREATE VIEW domain_star(v_name, v_max, v_comment) AS SELECT * FROM domain;
        CREATE VIEW doc_titles AS SELECT k, title FROM doc WHERE stars >= 0 /* all */;
        CREATE VIEW everybody AS SELECT 'account' AS kind, email AS name FROM account UNION ALL SELECT 'domain', name FROM domain;
        CREATE VIEW big AS WITH ranked(n, q) AS (SELECT email, quota FROM account) SELECT n, q FROM ranked ORDER BY q DESC, n;
        CREATE VIEW of_view AS SELECT name FROM everybody WHERE kind = 'account';
        CREATE VIEW "odd view" AS SELECT "a b" AS x, "odd ""table""".[br(acket] AS y FROM "odd ""table""";
        CREATE VIEW [tree view](id, path) AS
          WITH RECURSIVE up(id, path) AS (
            SELECT id, label FROM tree WHERE parent IS NULL
            UNION ALL SELECT tree.id, up.path || '/' || tree.label FROM tree JOIN up ON tree.parent = up.id)
          SELECT id, path FROM up;

        CREATE TRIGGER account_first AFTER INSERT ON account BEGIN INSERT INTO log(what, a, b) VALUES ('first', new.id, new.email); END;
        CREATE TRIGGER account_second AFTER INSERT ON account BEGIN INSERT INTO log(what, a, b) VALUES ('second', new.id, new.display); END;
        CREATE TRIGGER account_guard BEFORE INSERT ON account WHEN new.email LIKE '%forbidden%'
        BEGIN
          SELECT RAISE(ABORT, 'forbidden, by trigger');
        END;
        CREATE TRIGGER "account spam" AFTER UPDATE OF spam, display ON account WHEN old.spam IS NOT new.spam
        BEGIN
          INSERT INTO log(what, a, b) VALUES ('spam', old.spam, new.spam); -- a comment; with a semicolon
        END;
        CREATE TRIGGER account_gone AFTER DELETE ON account BEGIN INSERT INTO log(what, a) VALUES ('account gone', old.email); END;
        CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN INSERT INTO log(what, a) VALUES ('message gone', old.id); END;
        CREATE TRIGGER domain_new AFTER INSERT ON domain BEGIN
          INSERT INTO account(email, display) VALUES ('postmaster@' || new.name, 'postmaster');
          UPDATE account SET spam = 1 WHERE email = 'postmaster@' || new.name;
        END;
        CREATE TRIGGER star_insert INSTEAD OF INSERT ON domain_star BEGIN
          INSERT INTO domain(name, comment) VALUES (new.v_name, 'through the view');
        END;
        CREATE TRIGGER star_delete INSTEAD OF DELETE ON domain_star BEGIN DELETE FROM domain WHERE name = old.v_name; END;
        CREATE TRIGGER everybody_insert INSTEAD OF INSERT ON everybody WHEN new.kind = 'account' BEGIN
          INSERT INTO account(email) VALUES (new.name);
        END;
        CREATE TRIGGER doc_ai AFTER INSERT ON doc BEGIN
          INSERT INTO doc_fts(rowid, title, body) VALUES (new.rowid, new.title, new.body);
        END;
        CREATE TRIGGER doc_ad AFTER DELETE ON doc BEGIN
          INSERT INTO doc_fts(doc_fts, rowid, title, body) VALUES ('delete', old.rowid, old.title, old.body);
        END;
        CREATE TRIGGER doc_au AFTER UPDATE OF title, body ON doc BEGIN
          INSERT INTO doc_fts(doc_fts, rowid, title, body) VALUES ('delete', old.rowid, old.title, old.body);
          INSERT INTO doc_fts(rowid, title, body) VALUES (new.rowid, new.title, new.body);
        END;
        CREATE TRIGGER tree_hits AFTER INSERT ON tree BEGIN
          INSERT INTO uniques(a, b, c, d) VALUES (new.id + 1000, new.label, new.label, new.id)
            ON CONFLICT (d, c) DO UPDATE SET hits = hits + 1;
        END;
        CREATE TRIGGER `odd trigger` BEFORE UPDATE ON "odd ""table""" BEGIN INSERT INTO log(what, a) VALUES ('odd', old."a b"); END;
        """";

    /// <summary>Rows in every table, with gaps, and the statistics over them.</summary>
    public const string Rows = """"
        INSERT INTO domain(rowid, name, comment) VALUES (3, 'example.com', 'first'), (7, 'Example.org', NULL), (11, 'empty.net', 'no mail');
        DELETE FROM log WHERE what = 'second';
        INSERT INTO account(id, email, display, quota, spam, created, score, extra, boss) VALUES
          (20, 'Ann@example.com', 'Ann', 5000, 80, '2001-02-03 04:05:06', 1.25, x'00ff00', NULL),
          (22, 'bob@example.com', 'bob', 10, 0, '2002-02-03', '79228162514264337593543950335', 'a' || char(0) || 'b', 20),
          (25, 'Ünal@example.com', NULL, NULL, NULL, NULL, 9e999, 9007199254740993, 25),
          (40, 'gone@example.com', 'gone', 1, 1, 1, 1, 1, NULL);
        DELETE FROM account WHERE id = 40;
        INSERT INTO mailbox(localpart, domain_name, owner, size) VALUES
          ('ann', 'example.com', 20, 100), ('bob', 'EXAMPLE.com', 22, NULL), ('x', 'example.org', NULL, 0);
        INSERT INTO message(id, box_domain, box_local, subject) VALUES (1, 'example.com', 'ann', 'one'), (5, 'example.com', 'bob', NULL),
          (9, NULL, 'nobody', 'loose');
        INSERT INTO message(id, box_domain, box_local) VALUES (6, 'example.com', 'bob');
        INSERT INTO attachment(rowid, message_id, name, sender, content) VALUES (2, 1, 'a.txt', 20, x'00'), (4, 1, NULL, 22, zeroblob(5000)),
          (8, 5, 'b.bin', NULL, randomblob(0));
        INSERT INTO tree VALUES (1, NULL, 'root'), (2, 1, 'left'), (3, 1, 'right'), (4, 2, 'leaf'), (9, 9, 'own parent');
        INSERT INTO doc(rowid, k, title, body, stars) VALUES (2, 'a', 'alpha', 'the first text', 1), (3, 'b', 'beta', 'the second', 2),
          (4, 'x', 'gone', 'gone', 0), (10, 'c', 'gamma', 'after a gap', 3), (11, NULL, 'delta', 'a null key', 0), (12, NULL, 'epsilon', 'another', 0);
        DELETE FROM doc WHERE k = 'x';
        INSERT INTO odd_rowid VALUES ('r1', 1, 'u1'), ('r2', NULL, 'u2'), ('r1', 1, 'u1');
        INSERT INTO half_rowid(oid, rowid, value) VALUES (5, 'five', 'a'), (2, 'two', 'b'), (99, NULL, 'c');
        INSERT INTO desc_key(rowid, id, value) VALUES (4, 7, 'a'), (6, NULL, 'b'), (9, NULL, 'c'), (11, 3, 'd');
        INSERT INTO desc_alias VALUES (4, 'a'), (2, 'b'), (900, 'c');
        INSERT INTO null_key(rowid, k, value) VALUES (3, NULL, 'a'), (5, NULL, 'b'), (6, 'k', 'c'), (9223372036854775807, 'last', 'd');
        INSERT INTO strict_any VALUES (1, 1, 1, 'one', x'01', '007'), (2, 9007199254740993, 9e999, '', x'', 7), (3, NULL, NULL, NULL, NULL, NULL), (4, -9223372036854775808, -0.0, 'a' || char(0), x'0001', x'00');
        INSERT INTO clustered VALUES ('a', 1, 'one', 'n'), ('A', 2, 2, NULL), ('b', 1, x'02', 'n'), ('b', 7, NULL, NULL);
        INSERT INTO strict_clustered VALUES ('a', 1), ('b', 1), ('a', 2);
        INSERT INTO emptied VALUES (42, 'last'); DELETE FROM emptied;
        INSERT INTO keyless(rowid, a, b, c) VALUES (5, 'one', 1, 1.5), (6, 'one', 1, 1.5), (8, NULL, NULL, NULL), (-3, 'minus', 2, 'x');
        INSERT INTO defaults(id) VALUES (1), (2); INSERT INTO defaults(id, d_nothing, d_true) VALUES (7, 'something', 'maybe');
        INSERT INTO computed(id, net, note) VALUES (1, 100, 'a'), (5, 7, NULL), (6, -3, 'c');
        INSERT INTO uniques(rowid, a, b, c, d, hits) VALUES (20, 1, 'one', 'One', 1, 1), (50, 2, 'two', 'Two', 2, 7), (60, NULL, NULL, NULL, 3, 1), (70, NULL, NULL, NULL, 3, 1);
        INSERT INTO indexed VALUES (1, 'Ann', 'x', 30, NULL, 'UNIQUE'), (2, 'ann', 'y', 3, 's', '007'), (3, 'Bob', NULL, 40, '', 7), (9, NULL, 'x', 99, NULL, NULL);
        INSERT INTO "odd ""table""" VALUES ('x', 1, 'y', 10, 'q', 'E', 'e', 'space', 'empty', 1), (NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO "É" VALUES (1, 'upper'); INSERT INTO "é" VALUES (1, 'lower'), (2, 'lower');
        INSERT INTO sqliteXdata VALUES (1, 'a'); INSERT INTO account_new VALUES (1, 'not yours'), (2, 'leave it'); INSERT INTO notes_content VALUES (1, 'a user''s table');
        INSERT INTO notes(rowid, body) VALUES (1, 'some words'), (7, 'more words');
        INSERT INTO bag VALUES
          (1, '007', '007', '007', '007', '007', '007', '007'),
          (2, 7, 7, 7, 7, 7, 7, 7),
          (3, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5),
          (4, x'00ff', x'00ff', x'00ff', x'00ff', x'00ff', x'00ff', x'00ff'),
          (5, 'a' || char(0) || 'b', 'a' || char(0) || 'b', 'a' || char(0) || 'b', 'abc', 'abc', 'abc', 'abc'),
          (6, 9007199254740993, 9223372036854775807, -9223372036854775808, 9007199254740993, 9007199254740993, NULL, 1e15),
          (7, 9e999, -9e999, 9e999, -9e999, 9e999, 9e999, 9e999),
          (8, 0.1 + 0.2, 0.1, 0.1 + 0.2, 0.1 + 0.2, 0.1 + 0.2, -0.0, -0.0),
          (9, CAST(x'c328ff' AS TEXT), CAST(x'c328ff' AS TEXT), CAST(x'c328ff' AS TEXT), NULL, '', '', ''),
          (10, NULL, '', '', '', ' 12 ', '1e3', '0x10'),
          (-5, 'ß→😀', 'ß→😀', 'É', '12345678901234567890', '12345678901234567890', '12345678901234567890', '2020-01-02');
        INSERT INTO late VALUES (1, 'before'), (2, 'before');
        ALTER TABLE late ADD COLUMN d INT DEFAULT 12;
        INSERT INTO late VALUES (3, 'after', 12), (4, 'after', NULL), (5, 'after', 13);
        ALTER TABLE late ADD "e" TEXT NOT NULL DEFAULT 'filled';
        INSERT INTO renamed VALUES (1, 'a'), (3, 'b');
        ANALYZE;
        """";
}
