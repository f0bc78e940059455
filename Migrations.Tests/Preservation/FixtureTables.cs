namespace Migrations.Tests.Preservation;

/// <summary>The tables of the preservation fixture.</summary>
internal static class FixtureTables
{
    /// <summary>Tables that refer to each other over four levels, and to themselves.</summary>
    public const string People = """"
        PRAGMA user_version = 77;
        PRAGMA application_id = 1298755;

        CREATE TABLE log(seq INTEGER PRIMARY KEY, what TEXT NOT NULL, a, b);

        CREATE TABLE account( -- people, with an id that is never given twice
          id INTEGER PRIMARY KEY AUTOINCREMENT, -- "id"
          email VARCHAR(255) COLLATE NOCASE NOT NULL CONSTRAINT "one account, one address" UNIQUE,
          display TEXT DEFAULT 'O''Brien, -- "no" /* comment */', /* shown, to others */
          quota BIGINT DEFAULT (1 << 30) CHECK (account.quota >= 0),
          spam INT DEFAULT 80 CONSTRAINT spam_range CHECK (spam BETWEEN 0 AND 100) /* percent */,
          state  UNSIGNED   BIG INT NOT NULL DEFAULT 1,
          created DATETIME DEFAULT CURRENT_TIMESTAMP,
          score DECIMAL(10, 2),
          extra, -- no type at all
          boss INT CONSTRAINT boss_fk REFERENCES account(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
          CONSTRAINT "display, short" CHECK (length(display) < 200 AND "account"."display" <> 'a,b)'),
          CHECK (spam <> 13) -- the last one
          /* the end */
        );

        CREATE TABLE IF NOT EXISTS [domain](
          name VARCHAR(80) COLLATE NOCASE NOT NULL PRIMARY KEY,
          max_users INT NOT NULL DEFAULT -1,
          comment TEXT
        );

        CREATE TABLE mailbox(
          localpart TEXT NOT NULL,
          domain_name TEXT COLLATE NOCASE NOT NULL REFERENCES domain ON DELETE CASCADE ON UPDATE CASCADE, -- the key is implied
          owner INT DEFAULT 1 CONSTRAINT owner_fk REFERENCES account ON DELETE SET DEFAULT,
          size INT,
          CONSTRAINT mailbox_pk PRIMARY KEY (domain_name, localpart),
          CONSTRAINT size_fits CHECK (size IS NULL OR size >= 0)
        );

        CREATE TABLE message(
          id INTEGER PRIMARY KEY,
          box_domain TEXT,
          box_local TEXT,
          subject TEXT DEFAULT '(none)',
          FOREIGN KEY (box_domain, box_local) REFERENCES mailbox(domain_name, localpart)
            ON DELETE CASCADE ON UPDATE CASCADE MATCH FULL DEFERRABLE INITIALLY DEFERRED
        );

        CREATE TABLE attachment(
          message_id INT NOT NULL CONSTRAINT message_fk REFERENCES message(id) ON DELETE RESTRICT,
          name TEXT,
          sender INT REFERENCES account(id) ON DELETE SET NULL,
          content BLOB
        );

        CREATE TABLE tree(
          id INTEGER PRIMARY KEY,
          parent INT,
          label TEXT UNIQUE,
          CONSTRAINT tree_fk FOREIGN KEY (parent) REFERENCES tree ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
        );
        """";

    /// <summary>Tables of every shape that SQLite has.</summary>
    public const string Shapes = """"
        CREATE TABLE doc(k TEXT PRIMARY KEY, title TEXT, body TEXT, stars INT DEFAULT 0);
        CREATE VIRTUAL TABLE doc_fts USING fts5(title, body, content='doc', tokenize='unicode61');

        CREATE TABLE odd_rowid(rowid TEXT, oid INT, _rowid_ TEXT);
        CREATE TABLE half_rowid(rowid TEXT, value TEXT);
        CREATE TABLE desc_key(id INTEGER PRIMARY KEY DESC, value TEXT);
        CREATE TABLE desc_alias(id INTEGER, value TEXT, PRIMARY KEY (id DESC));
        CREATE TABLE null_key(k TEXT PRIMARY KEY, value TEXT);
        CREATE TABLE strict_any(id INTEGER PRIMARY KEY, whole INT, real REAL, words TEXT, bytes BLOB, anything ANY) STRICT;
        CREATE TABLE clustered(a TEXT COLLATE NOCASE, b INT, value, note TEXT, PRIMARY KEY (a DESC, b)) WITHOUT ROWID;
        CREATE TABLE strict_clustered(a TEXT, b INT NOT NULL DEFAULT 5, PRIMARY KEY (b, a)) /* both */ WITHOUT /* of them */ ROWID, STRICT;
        CREATE TABLE emptied(id INTEGER PRIMARY KEY AUTOINCREMENT, value TEXT);
        CREATE TABLE untouched(id INTEGER PRIMARY KEY AUTOINCREMENT, value TEXT);
        CREATE TABLE keyless(a TEXT, b INT, c);

        CREATE TABLE defaults(
          id INTEGER PRIMARY KEY,
          d_expression TEXT DEFAULT ('x' || 'y'),
          d_word TEXT DEFAULT bareword,
          d_string TEXT DEFAULT 'CURRENT_TIMESTAMP',
          d_time TEXT DEFAULT CURRENT_TIME,
          d_date DATE DEFAULT CURRENT_DATE,
          d_true BOOLEAN DEFAULT TRUE,
          d_false BOOLEAN DEFAULT FALSE,
          d_null TEXT DEFAULT NULL,
          d_blob BLOB DEFAULT x'00ff',
          d_hex INT DEFAULT 0x10,
          d_minus INT DEFAULT -1,
          d_plus REAL DEFAULT +1.50e3,
          d_unique TEXT DEFAULT 'UNIQUE, NOT NULL',
          d_nothing VARCHAR (10)
        );

        CREATE TABLE computed(
          id INTEGER PRIMARY KEY,
          net INT NOT NULL,
          tax INT AS (net / 5) STORED,
          gross INT GENERATED ALWAYS AS (net + tax) VIRTUAL CHECK (gross < 1000000),
          label TEXT COLLATE NOCASE GENERATED ALWAYS AS ('n' || net),
          note TEXT
        );

        CREATE TABLE uniques(
          a INT UNIQUE ON CONFLICT REPLACE,
          b TEXT CONSTRAINT b_once UNIQUE ON CONFLICT IGNORE,
          c TEXT,
          d INT NOT NULL ON CONFLICT REPLACE DEFAULT 42,
          hits INT NOT NULL DEFAULT 1,
          CONSTRAINT c_and_d UNIQUE (c COLLATE NOCASE DESC, d),
          UNIQUE (d, c)
        );

        CREATE TABLE indexed(id INTEGER PRIMARY KEY, name TEXT, place TEXT, age INT, spare TEXT, title UNIQUEIDENTIFIER);

        CREATE TABLE "odd ""table"""(
          "a b" TEXT,
          [br(acket] INT NOT NULL DEFAULT 1,
          `back``tick` TEXT,
          "select" INT UNIQUE,
          'quoted' TEXT,
          "É" TEXT, "é" TEXT,
          " " TEXT,
          "" TEXT DEFAULT '',
          "from,to)" INT CHECK ("from,to)" <> 3)
        );
        CREATE TABLE "É"(id INTEGER PRIMARY KEY, x); CREATE TABLE "é"(id INTEGER PRIMARY KEY, x);
        CREATE TABLE sqliteXdata(id INTEGER PRIMARY KEY, x TEXT);
        CREATE TABLE account_new(id INTEGER PRIMARY KEY, x TEXT);
        CREATE TABLE notes_content(id INTEGER PRIMARY KEY, x TEXT);
        CREATE VIRTUAL TABLE notes USING fts5(body, content='');

        CREATE TABLE bag(
          id INTEGER PRIMARY KEY,
          any_of,
          t TEXT,
          i INTEGER,
          r REAL,
          n NUMERIC,
          b BLOB,
          s STRING
        );
        CREATE TABLE late(id INTEGER PRIMARY KEY, first TEXT);
        CREATE TABLE from_select AS SELECT 1 AS id, 'x' AS "two words", 2.5 AS number;
        CREATE TABLE renamed_before(id INTEGER PRIMARY KEY, x TEXT CONSTRAINT filled CHECK (renamed_before.x <> ''));
        ALTER TABLE renamed_before RENAME TO renamed;
        """";
}
