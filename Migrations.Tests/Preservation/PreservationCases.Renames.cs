using System.Text.RegularExpressions;
using Migrations.Core.Changes;
using Migrations.Tests.Support;

namespace Migrations.Tests.Preservation;

internal static partial class PreservationCases
{
    private static IEnumerable<PreservationCase> Renames() =>
    [
        new("rename a column that indexes and triggers use", "account", new RenameColumn("display", "shown name"))
        {
            Edits =
            [
                ("display TEXT", "\"shown name\" TEXT"),
                ("length(display)", "length(\"shown name\")"),
                ("\"display\"", "\"shown name\""),
            ],
            Rows = rows => rows.Renamed("display", "shown name"),
            Others = row => row.Name is "account_display" or "account_second" or "account spam" or "account big" or "domain_new"
                ? row with { Sql = Regex.Replace(row.Sql!, @"\bdisplay\b", "\"shown name\"", RegexOptions.None, TimeSpan.FromMinutes(1)) } // an index or a trigger has text
                : row,
            ProbesChanged = ["account, refused rows", "account, ids are not given twice", "account, triggers in their order"],
        },
        new("rename a column that a child refers to", "mailbox", new RenameColumn("localpart", "local"))
        {
            Edits = [("localpart", "\"local\""), ("localpart", "\"local\"")],
            Rows = rows => rows.Renamed("localpart", "local"),
            Others = row => row.Name is "message" ? row with { Sql = row.Sql!.Replace("localpart", "\"local\"", StringComparison.Ordinal) } : row, // a table has text
            ProbesChanged = ["mailbox, keys and checks", "domain, cascades meet RESTRICT", "domain, a new key cascades", "structure of message"],
        },
        new("rename a table that a child refers to", "mailbox", new RenameTable("post \"box\""))
        {
            TableAfter = "post \"box\"",
            ChangesKeys = true,
            Others = row => row.Name is "message" ? row with { Sql = row.Sql!.Replace("mailbox", "\"post \"\"box\"\"\"", StringComparison.Ordinal) } : row, // a table has text
            OtherRows = (table, rows) => RenamedStatistics(table, rows, "mailbox", "post \"box\""),
            ProbesChanged =
            [
                "mailbox, keys and checks", "mailbox, a missing default parent is refused", "account, foreign keys act on children",
                "domain, cascades meet RESTRICT", "domain, a new key cascades", "structure of message",
            ],
        },
        new("rename a table with a sequence", "emptied", new RenameTable("filled again"))
        {
            TableAfter = "filled again",
            OtherRows = (table, rows) => table is "sqlite_sequence"
                ? rows.Converted("name", value => value == "'emptied'" ? "'filled again'" : value).Sorted()
                : rows,
            ProbesChanged = ["emptied, ids are not given twice"],
        },
    ];

    // The statistics of a table go with its name, and with the names that SQLite makes of it.
    private static TableRows RenamedStatistics(string table, TableRows rows, string from, string to) =>
        table.StartsWith("sqlite_stat", StringComparison.Ordinal)
            ? rows.Converted("tbl", value => value == $"'{from}'" ? $"'{to}'" : value)
                .Converted("idx", value => value.Replace($"sqlite_autoindex_{from}_", $"sqlite_autoindex_{to}_", StringComparison.Ordinal))
                .Sorted()
            : rows;
}
