using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Benchmarks.Measuring;

namespace Migrations.Benchmarks.Alterations;

/// <summary>
/// The table that is altered: rows of about 150 bytes, eight columns, three indexes, a parent, and another table that could be one.
/// Immutable.
/// </summary>
internal sealed record AccountTable
{
    public const string Name = "account";

    public static readonly AccountTable Original = new();

    private AccountTable()
    {
    }

    public ImmutableArray<(string Name, string Definition)> Columns { get; private init; } =
    [
        ("id", "INTEGER PRIMARY KEY"),
        ("domain_id", "INTEGER NOT NULL REFERENCES domain(id)"),
        ("plan_id", "INTEGER NOT NULL"),
        ("email", "VARCHAR(80) NOT NULL"),
        ("display_name", "TEXT"),
        ("spam_threshold", "INTEGER NOT NULL DEFAULT 12"),
        ("last_seen", "INTEGER"),
        ("signature", "TEXT"),
    ];

    private ImmutableArray<string> Constraints { get; init; } = [];

    private ImmutableArray<string> Indexes { get; init; } =
    [
        "CREATE UNIQUE INDEX account_email ON account(email)",
        "CREATE INDEX account_name ON account(display_name)",
        "CREATE INDEX account_domain ON account(domain_id, last_seen)",
    ];

    public static void Fill(string path, int rows)
    {
        using SqliteConnection connection = Database.Open(path);
        connection.Execute("BEGIN");
        connection.Execute("CREATE TABLE domain (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        connection.Execute("CREATE TABLE plan (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        connection.Execute($"INSERT INTO domain SELECT value, 'mail-' || value || '.example' FROM ({Numbers(1000)})");
        connection.Execute($"INSERT INTO plan SELECT value, 'Plan ' || value FROM ({Numbers(20)})");
        connection.Execute(Original.Create(Name));
        connection.Execute($"""
            INSERT INTO account
            SELECT value, 1 + value * 7 % 1000, 1 + value % 20, printf('user.%d@mail-%d.example', value * 7919 % 100000007, 1 + value * 7 % 1000),
                   printf('%x, holder of account %d', value * 7919 % 65521, value), iif(value % 2, 12, value % 16), 1700000000 + value * 31 % 50000000,
                   printf('Kind regards from desk %d in room %d, phone %d', value % 331, value % 97, value * 17)
            FROM ({Numbers(rows)})
            """);
        foreach (string index in Original.Indexes)
        {
            connection.Execute(index);
        }

        connection.Execute("COMMIT");
    }

    public AccountTable With(string column, string definition) => this with
    {
        Columns = Columns.Any(existing => existing.Name == column)
            ? [.. Columns.Select(existing => existing.Name == column ? (column, definition) : existing)]
            : [.. Columns, (column, definition)],
    };

    public AccountTable Without(params ReadOnlySpan<string> names)
    {
        ImmutableArray<string> dropped = [.. names];
        return this with { Columns = [.. Columns.Where(column => !dropped.Contains(column.Name))] };
    }

    public AccountTable WithFirst(string name) => this with
    {
        Columns = [.. Columns.Where(column => column.Name == name), .. Columns.Where(column => column.Name != name)],
    };

    public AccountTable WithConstraint(string constraint) => this with { Constraints = [.. Constraints, constraint] };

    /// <summary>The statement that makes the table under a name.</summary>
    public string Create(string name) =>
        $"CREATE TABLE {name} ({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Definition}").Concat(Constraints))})";

    /// <summary>
    /// The procedure of lang_altertable.html, section 7, as a careful person writes it down for this table, with new values for some
    /// columns.
    /// </summary>
    public IEnumerable<string> TwelveSteps(params (string Column, string Expression)[] values)
    {
        Dictionary<string, string> expressions = values.ToDictionary(value => value.Column, value => value.Expression, StringComparer.Ordinal);
        string columns = string.Join(", ", Columns.Select(column => column.Name));
        string sources = string.Join(", ", Columns.Select(column => expressions.GetValueOrDefault(column.Name, column.Name)));
        return
        [
            "PRAGMA foreign_keys = OFF",
            "BEGIN IMMEDIATE",
            Create("account_new"),
            $"INSERT INTO account_new ({columns}) SELECT {sources} FROM account",
            "DROP TABLE account",
            "ALTER TABLE account_new RENAME TO account",
            .. Indexes,
            ForeignKeyCheck,
            "COMMIT",
            "PRAGMA foreign_keys = ON",
        ];
    }

    /// <summary>The statement of the procedure whose rows have to be looked at: there must be none.</summary>
    public const string ForeignKeyCheck = "PRAGMA foreign_key_check(account)";

    private static string Numbers(int last) =>
        $"WITH RECURSIVE numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < {last}) SELECT value FROM numbers";
}
