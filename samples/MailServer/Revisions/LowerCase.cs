using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

/// <summary>
/// Puts names and addresses in lower case: a table's columns, of which the unique ones must stay so. The letters are Unicode's,
/// which SQLite's own lower() doesn't know, so a C# function converts them. Keys and the columns that refer to them change in
/// one migration; what refers to what is checked at its end.
/// </summary>
internal sealed record LowerCase(string Table, ImmutableArray<string> Columns, ImmutableArray<string> Unique)
{
    /// <summary>The tables that hold names or addresses since the first of the two revisions that lower them.</summary>
    public static ImmutableArray<LowerCase> Tables { get; } =
    [
        new("domain", ["name"], ["name"]),
        new("alternative", ["name", "domain_name"], ["name"]),
        new("relay", ["name"], ["name"]),
        new("user", ["localpart", "domain_name", "email"], ["email"]),
        new("alias", ["localpart", "domain_name", "email"], ["email"]),
        new("fetch", ["user_email"], []),
        new("manager", ["domain_name", "user_email"], []),
        new("token", ["user_email"], []),
    ];

    public static void Apply(Migration migration, ImmutableArray<LowerCase> tables)
    {
        foreach (LowerCase table in tables.Where(table => !table.Unique.IsEmpty))
        {
            migration.Execute.RefuseRows(
                table.Table,
                $"SELECT {string.Join(", ", table.Unique)} FROM {table.Table}",
                table.FindSame,
                "they differ only in upper and lower case, and would be the same");
        }

        foreach (LowerCase table in tables)
        {
            migration.Alter.TableBatch(table.Table, batch =>
            {
                foreach (string column in table.Columns)
                {
                    batch.Convert<string?, string?>(column, Lower);
                }
            });
        }
    }

    private IEnumerable<string> FindSame(IEnumerable<QueryRow> rows) => rows
        .Select(row => Unique.Select(row.Get<string>).ToArray())
        .Where(values => !values.Contains(null))
        .GroupBy(values => string.Join('\0', values.Select(Lower)), StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => string.Join(" and ", group.Select(values => $"\"{string.Join("\", \"", values)}\"")));

    // Names and addresses are written in lower case, not compared by it.
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "The lower case is what is stored.")]
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Lower(string? text) => text?.ToLowerInvariant();
}
