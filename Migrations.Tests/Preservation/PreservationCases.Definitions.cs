using Migrations.Core.Changes;

namespace Migrations.Tests.Preservation;

internal static partial class PreservationCases
{
    private static IEnumerable<PreservationCase> Definitions() =>
    [
        new("set a default", "account", new SetDefault("spam", "50"))
        {
            Edits = [("DEFAULT 80", "DEFAULT 50")],
            ProbesChanged = ["account, ids are not given twice", "account, triggers in their order"],
        },
        new("set a default that old rows read from the schema", "late", new SetDefault("d", "80"))
        {
            Edits = [("DEFAULT 12", "DEFAULT 80")],
            ProbesChanged = ["late, rows from before its columns"],
        },
        new("drop a default that old rows read from the schema", "late", new SetDefault("d", null))
        {
            Edits = [("DEFAULT 12", "")],
            ProbesChanged = ["late, rows from before its columns"],
        },
        new("set a default among others", "defaults", new SetDefault("d_nothing", "('a' || \"b\")".Replace('"', '\'')))
        {
            Edits = [("d_nothing VARCHAR (10)", "d_nothing VARCHAR (10) DEFAULT ('a' || 'b')")],
            ProbesChanged = ["defaults, every one is given"],
        },
        new("drop a default among others", "defaults", new SetDefault("d_blob", null))
        {
            Edits = [("DEFAULT x'00ff'", "")],
            ProbesChanged = ["defaults, every one is given"],
        },
        new("set NOT NULL", "doc", new SetNullability("title", false))
        {
            Edits = [("title TEXT", "title TEXT NOT NULL")],
        },
        new("drop NOT NULL", "domain", new SetNullability("max_users", true))
        {
            Edits = [("max_users INT NOT NULL", "max_users INT")],
        },
        new("drop NOT NULL that has a conflict clause", "uniques", new SetNullability("d", true))
        {
            Edits = [("NOT NULL ON CONFLICT REPLACE", "")],
            ProbesChanged = ["uniques, each with its own resolution"],
        },
        new("set a type of the same affinity", "message", new SetType("subject", "VARCHAR(100)"))
        {
            Edits = [("subject TEXT", "subject VARCHAR(100)")],
        },
        new("set a type of several words", "account", new SetType("state", "INTEGER"))
        {
            Edits = [("UNSIGNED   BIG INT", "INTEGER")],
        },
        new("set a type where there is none", "account", new SetType("extra", "BLOB"))
        {
            Edits = [("extra", "extra BLOB")],
        },
        new("drop a type", "attachment", new SetType("content", null))
        {
            Edits = [("content BLOB", "content")],
        },
        new("set a collation", "message", new SetCollation("subject", "NOCASE"))
        {
            Edits = [("subject TEXT", "subject TEXT COLLATE \"NOCASE\"")],
        },
        new("drop a collation that a key has", "account", new SetCollation("email", null))
        {
            Edits = [("COLLATE NOCASE", "")],
            ChangesKeys = true,
            ProbesChanged = ["account, refused rows", "account, triggers in their order", "big, view", "everybody, view and trigger"],
        },
        new("convert a column with an expression", "account", new ConvertColumn("display", new SqlConversion("upper(display)")))
        {
            Rows = rows => rows.Converted("display", value => value == "NULL" ? value : value.ToUpperInvariant()),
        },
        new("convert a column of a key's table with a function", "message",
            new ConvertColumn("subject", new FunctionConversion(value => value is string text ? text.Length : value)))
        {
            Rows = rows => rows.Converted("subject", value => value == "NULL" ? value : $"'{value.Length - 2}'"),
            ProbesChanged = ["domain, cascades meet RESTRICT"],
        },
        new("convert mixed values with a function", "strict_any",
            new ConvertColumn("anything", new FunctionConversion(value => value is long number ? number + 1 : value)))
        {
            Rows = rows => rows.Converted("anything", value => value == "7" ? "8" : value),
        },
        new("convert a column of a table without rowids", "clustered",
            new ConvertColumn("value", new SqlConversion("CASE typeof(value) WHEN 'integer' THEN value * 2.5 ELSE value END")))
        {
            Rows = rows => rows.Converted("value", value => value == "2" ? "real 5" : value),
        },
    ];

    private static IEnumerable<PreservationCase> Options() =>
    [
        new("make a table strict", "tree", new SetStrict(true)) { Edits = [(")\u0004", ") STRICT\u0004")] },
        new("make a strict table lax", "strict_clustered", new SetStrict(false))
        {
            Edits = [("ROWID, STRICT", "ROWID")],
            ProbesChanged = ["strict_clustered, its order and keys"],
        },
        new("make a table without rowids", "domain", new SetWithoutRowId(true))
        {
            Edits = [(")\u0004", ") WITHOUT ROWID\u0004")],
            HidesRowIds = true,
            ChangesKeys = true,
            ProbesChanged =
            [
                "domain, cascades meet RESTRICT", "domain, a new key cascades", "domain, its trigger writes other tables", "domain_star, view and triggers",
            ],
        },
        new("give a table rowids", "clustered", new SetWithoutRowId(false))
        {
            Edits = [("WITHOUT ROWID", "")],
            HidesRowIds = true,
            ChangesKeys = true,
            ProbesChanged = ["clustered, its order and keys"],
        },
        Copied("account", "display", isNullable: true),
        Copied("domain", "comment", isNullable: true),
        Copied("mailbox", "size", isNullable: true),
        Copied("message", "subject", isNullable: true),
        Copied("attachment", "message_id", isNullable: false),
        Copied("tree", "label", isNullable: true),
        Copied("log", "what", isNullable: false),
        Copied("doc", "stars", isNullable: true),
        Copied("half_rowid", "rowid", isNullable: true),
        Copied("odd_rowid", "rowid", isNullable: true),
        Copied("desc_key", "value", isNullable: true),
        Copied("desc_alias", "value", isNullable: true),
        Copied("null_key", "value", isNullable: true),
        Copied("strict_any", "words", isNullable: true),
        Copied("clustered", "value", isNullable: true),
        Copied("strict_clustered", "b", isNullable: false),
        Copied("emptied", "value", isNullable: true),
        Copied("untouched", "value", isNullable: true),
        Copied("keyless", "c", isNullable: true),
        Copied("defaults", "d_word", isNullable: true),
        Copied("computed", "note", isNullable: true),
        Copied("uniques", "c", isNullable: true),
        Copied("indexed", "place", isNullable: true),
        Copied("odd \"table\"", "", isNullable: true),
        Copied("É", "x", isNullable: true),
        Copied("é", "x", isNullable: true),
        Copied("sqliteXdata", "x", isNullable: true),
        Copied("account_new", "x", isNullable: true),
        Copied("bag", "t", isNullable: true),
        Copied("late", "d", isNullable: true),
        Copied("from_select", "two words", isNullable: true),
        Copied("renamed", "x", isNullable: true),
    ];
}
