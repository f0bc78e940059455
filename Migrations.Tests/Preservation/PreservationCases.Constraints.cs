using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;

namespace Migrations.Tests.Preservation;

internal static partial class PreservationCases
{
    private static IEnumerable<PreservationCase> Constraints() =>
    [
        new("add a named check", "account", new AddCheck("small extra", "extra IS NULL OR length(extra) < 100"))
        {
            Edits =
            [
                ("CHECK (spam <> 13) -- the last one", "CHECK (spam <> 13), -- the last one CONSTRAINT \"small extra\" CHECK (extra IS NULL OR length(extra) < 100)"),
            ],
        },
        new("add an unnamed check", "tree", new AddCheck(null, "id > 0"))
        {
            Edits = [("DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE INITIALLY DEFERRED, CHECK (id > 0)")],
        },
        new("drop a check of a column by name", "account", new DropCheck("SPAM_range", null))
        {
            Edits = [("CONSTRAINT spam_range CHECK (spam BETWEEN 0 AND 100)", "")],
            ProbesChanged = ["account, refused rows"],
        },
        new("drop a check of the table by name", "mailbox", new DropCheck("size_fits", null))
        {
            Edits = [("CONSTRAINT size_fits CHECK (size IS NULL OR size >= 0)", "")],
            ProbesChanged = ["mailbox, keys and checks"],
        },
        new("drop a check by its expression", "account", new DropCheck(null, "spam<>13"))
        {
            Edits = [("CHECK (spam <> 13) -- the last one", "")],
            ProbesChanged = ["account, refused rows"],
        },
        new("add a foreign key", "from_select",
            new AddForeignKey("select_fk", ["id"], "account", [], ForeignKeyAction.Cascade, InitiallyDeferred: true))
        {
            Edits =
            [
                ("number", "number, CONSTRAINT \"select_fk\" FOREIGN KEY (\"id\") REFERENCES \"account\" ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"),
            ],
        },
        new("drop a foreign key of the table by name", "tree", new DropForeignKey("tree_fk", []))
        {
            Edits = [("CONSTRAINT tree_fk FOREIGN KEY (parent) REFERENCES tree ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED", "")],
            ProbesChanged = ["tree, deferred to itself", "tree, its trigger upserts"],
        },
        new("drop a foreign key by its columns", "message", new DropForeignKey(null, ["box_domain", "box_local"]))
        {
            Edits =
            [
                (
                    """
                    FOREIGN KEY (box_domain, box_local) REFERENCES mailbox(domain_name, localpart)
                        ON DELETE CASCADE ON UPDATE CASCADE MATCH FULL DEFERRABLE INITIALLY DEFERRED
                    """, ""),
            ],
            ProbesChanged = ["message, a deferred composite foreign key", "domain, cascades meet RESTRICT", "domain, a new key cascades"],
        },
        new("drop a foreign key of a column", "account", new DropForeignKey("boss_fk", []))
        {
            Edits = [("CONSTRAINT boss_fk REFERENCES account(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED", "")],
            ProbesChanged = ["account, a deferred foreign key waits for the commit", "account, foreign keys act on children"],
        },
        new("add an index", "account", new AddIndex("CREATE INDEX new_index ON account(score DESC) WHERE score IS NOT NULL"))
        {
            Added = [new SchemaRow("index", "new_index", "account", "CREATE INDEX new_index ON account(score DESC) WHERE score IS NOT NULL")],
        },
        new("drop an index", "account", new DropIndex("account_display"))
        {
            Others = row => row.Name is "account_display" ? null : row,
            OtherRows = (table, rows) => table.StartsWith("sqlite_stat", StringComparison.Ordinal) ? rows.Where("idx", value => value != "'account_display'") : rows,
        },
        new("add a primary key", "from_select", new AddPrimaryKey("select_pk", [Key("id")]))
        {
            Edits = [("number", "number, CONSTRAINT \"select_pk\" PRIMARY KEY (\"id\")")],
            ChangesKeys = true,
        },
        new("drop a primary key", "null_key", new DropPrimaryKey())
        {
            Edits = [("PRIMARY KEY", "")],
            ChangesKeys = true,
            ProbesChanged = ["null_key, several NULLs"],
        },
        new("drop the primary key that is the rowid", "desc_alias", new DropPrimaryKey())
        {
            Edits = [("PRIMARY KEY (id DESC)", "")],
            HidesRowIds = true,
            ProbesChanged = ["desc_alias, an alias of the rowid"],
        },
        new("add a unique constraint", "doc", new AddUnique("title once", [Key("title", "NOCASE", descending: true)]))
        {
            Edits = [("stars INT DEFAULT 0", "stars INT DEFAULT 0, CONSTRAINT \"title once\" UNIQUE (\"title\" COLLATE \"NOCASE\" DESC)")],
            ChangesKeys = true,
        },
        new("drop a unique constraint of the table by name", "uniques", new DropUnique("c_and_d", []))
        {
            Edits = [("CONSTRAINT c_and_d UNIQUE (c COLLATE NOCASE DESC, d)", "")],
            ChangesKeys = true,
            ProbesChanged = ["uniques, each with its own resolution"],
        },
        new("drop a unique constraint of a column by name", "uniques", new DropUnique("b_once", []))
        {
            Edits = [("CONSTRAINT b_once UNIQUE ON CONFLICT IGNORE", "")],
            ChangesKeys = true,
            ProbesChanged = ["uniques, each with its own resolution"],
        },
        new("drop a unique constraint by its column", "odd \"table\"", new DropUnique(null, ["select"]))
        {
            Edits = [("\"select\" INT UNIQUE", "\"select\" INT")],
            ChangesKeys = true,
            ProbesChanged = ["odd table, trigger and constraints"],
        },
    ];

    private static IEnumerable<PreservationCase> Together() =>
    [
        new("many changes at once", "account",
            new DropColumn("score"),
            new SetDefault("spam", "50"),
            new AddColumn("language TEXT NOT NULL DEFAULT 'en'", ColumnPlace.After("extra")),
            new SetType("state", "INTEGER"),
            new ConvertColumn("display", new SqlConversion("upper(display)")),
            new AddCheck("state_known", "state IN (0, 1, 2)"),
            new AddIndex("CREATE INDEX by_language ON account(language)"))
        {
            Edits =
            [
                ("DEFAULT 80", "DEFAULT 50"),
                ("UNSIGNED   BIG INT", "INTEGER"),
                ("score DECIMAL(10, 2)", ""),
                ("extra, -- no type at all", "extra, -- no type at all language TEXT NOT NULL DEFAULT 'en'"),
                ("CHECK (spam <> 13) -- the last one", "CHECK (spam <> 13), -- the last one CONSTRAINT \"state_known\" CHECK (state IN (0, 1, 2))"),
            ],
            Rows = rows => rows.Without("score").Inserted(8, "language", _ => "'en'")
                .Converted("display", value => value == "NULL" ? value : value.ToUpperInvariant()),
            Added = [new SchemaRow("index", "by_language", "account", "CREATE INDEX by_language ON account(language)")],
            ProbesChanged = ["account, ids are not given twice", "account, triggers in their order"],
        },
    ];
}
