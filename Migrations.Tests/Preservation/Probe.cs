using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Preservation;

/// <summary>
/// Statements that show how a database behaves: each gives its rows or SQLite's error, a failing one does not stop the
/// next. They run in a transaction of their own that is rolled back.
/// </summary>
internal sealed record Probe(string Name, params string[] Statements)
{
    /// <summary>What each statement gave, as text.</summary>
    public string Run(SqliteConnection connection)
    {
        List<string> outcomes = [];
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            outcomes.AddRange(Statements.Select(statement => $"  {statement}\n    -> {Outcome(connection, statement)}"));
        }
        finally
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                connection.Execute("ROLLBACK");
            }
        }

        return string.Join('\n', outcomes);
    }

    private static string Outcome(SqliteConnection connection, string statement)
    {
        try
        {
            return string.Join("; ", connection.Rows(statement).Select(row => string.Join(", ", row.Select(Print))));
        }
        catch (SqliteException exception)
        {
            // A CHECK without a name is named by its text; a copy leaves the table's own name out of it.
            return $"{exception.SqliteExtendedErrorCode}: {exception.Message}".Replace("failed: account.quota", "failed: quota", StringComparison.Ordinal);
        }
    }

    private static string Print(object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => $"x'{Convert.ToHexString(bytes)}'",
        string text => $"'{text}'",
        double number => "real " + number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!, // an integer
    };
}
