using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Tests.Preservation;

/// <summary>Every kind of change, on the tables of the fixture that make it hard, with all that may be different afterwards.</summary>
internal static partial class PreservationCases
{
    public static IReadOnlyDictionary<string, PreservationCase> All { get; } =
        Columns().Concat(Definitions()).Concat(Constraints()).Concat(Options()).Concat(Renames()).Concat(Together())
            .ToDictionary(value => value.Name, StringComparer.Ordinal);

    private static IEnumerable<PreservationCase> Columns() =>
    [
        new("add a column before table constraints", "mailbox", new AddColumn("added INT NOT NULL DEFAULT 5"))
        {
            Edits = [("size INT", "size INT, added INT NOT NULL DEFAULT 5")],
            Rows = rows => rows.Inserted(4, "added", _ => "5"),
        },
        new("add a column in the middle with values for old rows", "doc",
            new AddColumn("lang TEXT COLLATE NOCASE DEFAULT 'en'", ColumnPlace.After("title"), "lower(title) || 1"))
        {
            Edits = [("title TEXT", "title TEXT, lang TEXT COLLATE NOCASE DEFAULT 'en'")],
            Rows = rows => rows.Inserted(2, "lang", value => value("title")[..^1] + "1'"),
        },
        new("add a column whose default is an expression", "clustered", new AddColumn("extra DEFAULT (1 + 1)"))
        {
            Edits = [("note TEXT", "note TEXT, extra DEFAULT (1 + 1)")],
            Rows = rows => rows.Inserted(4, "extra", _ => "2"),
        },
        new("add a stored generated column", "computed", new AddColumn("twice INT AS (net * 2) STORED"))
        {
            Edits = [("note TEXT", "note TEXT, twice INT AS (net * 2) STORED")],
            Rows = rows => rows.Inserted(6, "twice", value => (int.Parse(value("net"), null) * 2).ToString(null, null)),
        },
        new("add a column that refers to its own table", "account",
            new AddColumn("guardian INT DEFAULT 20 REFERENCES account(id) ON DELETE SET NULL"))
        {
            Edits =
            [
                ("DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE INITIALLY DEFERRED, guardian INT DEFAULT 20 REFERENCES account(id) ON DELETE SET NULL"),
            ],
            Rows = rows => rows.Inserted(10, "guardian", _ => "20"),
        },
        new("drop a column of a table with an autoincremented key", "account", new DropColumn("score"))
        {
            Edits = [("score DECIMAL(10, 2)", "")],
            Rows = rows => rows.Without("score"),
        },
        new("drop a column with its check", "odd \"table\"", new DropColumn("from,to)"))
        {
            Edits = [("\"from,to)\" INT CHECK (\"from,to)\" <> 3)", "")],
            Rows = rows => rows.Without("from,to)"),
            ProbesChanged = ["odd table, trigger and constraints"],
        },
        new("drop a column with its foreign key", "mailbox", new DropColumn("owner"))
        {
            Edits = [("owner INT DEFAULT 1 CONSTRAINT owner_fk REFERENCES account ON DELETE SET DEFAULT", "")],
            Rows = rows => rows.Without("owner"),
            ProbesChanged = ["account, foreign keys act on children", "mailbox, a missing default parent is refused", "mailbox, keys and checks"],
        },
        new("drop the last column", "attachment", new DropColumn("content"))
        {
            Edits = [("content BLOB", "")],
            Rows = rows => rows.Without("content"),
        },
        new("drop a column of a table without rowids", "clustered", new DropColumn("note"))
        {
            Edits = [("note TEXT", "")],
            Rows = rows => rows.Without("note"),
            HidesRowIds = true,
            ProbesChanged = ["clustered, its order and keys"],
        },
        new("drop a column of a strict table", "strict_any", new DropColumn("bytes"))
        {
            Edits = [("bytes BLOB", "")],
            Rows = rows => rows.Without("bytes"),
        },
        new("drop a column from between generated ones", "computed", new DropColumn("note"))
        {
            Edits = [("note TEXT", "")],
            Rows = rows => rows.Without("note"),
        },
        new("drop a generated column that is stored", "computed", new DropColumn("label"))
        {
            Edits = [("label TEXT COLLATE NOCASE GENERATED ALWAYS AS ('n' || net)", "")],
            Rows = rows => rows.Without("label"),
            ProbesChanged = ["computed, values follow"],
        },
        new("drop a column among mixed values", "bag", new DropColumn("s"))
        {
            Edits = [("s STRING", "")],
            Rows = rows => rows.Without("s"),
            ProbesChanged = ["bag, comparisons follow the types"],
        },
        new("drop a column with an odd name", "odd \"table\"", new DropColumn("é"))
        {
            Edits = [("\"é\" TEXT", "")],
            Rows = rows => rows.Without("é"),
            ProbesChanged = ["odd table, trigger and constraints"],
        },
        new("drop a column that is a space", "odd \"table\"", new DropColumn(" "))
        {
            Edits = [("\" \" TEXT", "")],
            Rows = rows => rows.Without(" "),
        },
        new("drop a column that old rows read from the schema", "late", new DropColumn("first"))
        {
            Edits = [("first TEXT", "")],
            Rows = rows => rows.Without("first"),
            ProbesChanged = ["late, rows from before its columns"],
        },
        new("drop a column of a table whose rowids can not be reached", "odd_rowid", new DropColumn("oid"))
        {
            Edits = [("oid INT", "")],
            Rows = rows => rows.Without("oid"),
            HidesRowIds = true,
            ProbesChanged = ["odd_rowid, plain columns"],
        },
        new("place a column first", "mailbox", new PlaceColumn("size", ColumnPlace.First))
        {
            Edits = [("localpart TEXT NOT NULL", "size INT, localpart TEXT NOT NULL"), ("size INT", "")],
            Rows = rows => rows.Placed("size", 0),
        },
        new("place a column after another", "account", new PlaceColumn("extra", ColumnPlace.After("id")))
        {
            Edits =
            [
                ("email VARCHAR(255)", "extra, -- no type at all email VARCHAR(255)"),
                ("extra, -- no type at all", ""),
            ],
            Rows = rows => rows.Placed("extra", 1),
        },
        new("place a column before another", "defaults", new PlaceColumn("d_nothing", ColumnPlace.Before("d_time")))
        {
            Edits = [("d_time TEXT", "d_nothing VARCHAR (10), d_time TEXT"), ("d_nothing VARCHAR (10)", "")],
            Rows = rows => rows.Placed("d_nothing", 4),
        },
    ];

    private static PreservationCase Copied(string table, string column, bool isNullable) =>
        new($"copy {table}", table, new SetNullability(column, isNullable)) { ChangesNothing = true };

    private static KeyColumn Key(string name, string? collation = null, bool descending = false) =>
        new(new SqlIdentifier(name), collation is null ? (SqlIdentifier?)null : new SqlIdentifier(collation), descending);
}
