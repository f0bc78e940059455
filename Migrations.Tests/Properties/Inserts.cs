using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>
/// Inserts that break one rule each, and some that break none: a NULL, a copy of a row, a value that a CHECK names, a value that no
/// parent has. Each is tried and taken back.
/// </summary>
internal static class Inserts
{
    /// <summary>What comes of each: SQLite's message, or the rows that are there then.</summary>
    public static string[] Outcomes(RandomDatabase database, Random random)
    {
        List<string> outcomes = [];
        foreach (string table in database.Tables)
        {
            string quoted = TestDatabase.Quote(table);
            string[] columns =
            [
                .. database.Database.Rows($"PRAGMA main.table_xinfo({quoted})").Where(row => row[6] is 0L).Select(row => TestDatabase.Quote((string)row[1]!)),
            ];
            string all = string.Join(", ", columns);
            string Row(int replaced, string value) => string.Join(", ", columns.Select((column, i) => i == replaced ? value : column));
            string From = $"FROM {quoted} ORDER BY 1, {string.Join(", ", columns.Select(column => $"quote({column})"))} LIMIT 1";
            outcomes.Add(Try(database, table, $"INSERT INTO {quoted} DEFAULT VALUES"));
            outcomes.Add(Try(database, table, $"INSERT INTO {quoted} ({all}) SELECT {all} {From}"));
            for (int i = 0; i < columns.Length; i++)
            {
                foreach (string value in (ReadOnlySpan<string>)["NULL", "'bad'", "-99", "424242", string.Create(CultureInfo.InvariantCulture, $"'fresh {random.Next(1000)}'"), "x'01'"])
                {
                    outcomes.Add(Try(database, table, $"INSERT INTO {quoted} ({all}) SELECT {Row(i, value)} {From}"));
                }

                outcomes.Add(Try(database, table, $"INSERT INTO {quoted} ({columns[i]}) VALUES (777)"));
            }

            outcomes.Add(Try(database, table, $"DELETE FROM {quoted}"));
        }

        return [.. outcomes];
    }

    private static string Try(RandomDatabase database, string table, string sql)
    {
        database.Database.Execute("SAVEPOINT before");
        string outcome;
        try
        {
            database.Database.Execute(sql);
            outcome = string.Join(' ', database.Database.Rows($"SELECT count(*), (SELECT count(*) FROM log), (SELECT group_concat(quote(what)) FROM log WHERE what NOT LIKE '____-__-__ __:__:__') FROM {TestDatabase.Quote(table)}")[0]);
        }
        catch (SqliteException e)
        {
            // The message may quote the CHECK, from which a copy takes the table's own name.
            int check = e.Message.IndexOf("CHECK constraint failed", StringComparison.Ordinal);
            outcome = check < 0 ? e.Message : e.Message[..check] + "CHECK";
        }

        database.Database.Execute("ROLLBACK TO before; RELEASE before");
        return $"{sql}: {outcome}";
    }
}
