using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>
/// Inserts and updates that break one rule each, and some that break none: a NULL, a copy of a row, a value that a CHECK names, a value
/// that no parent has. Each is tried and taken back.
/// </summary>
internal static partial class Inserts
{
    private static readonly string[] Values = ["NULL", "'bad'", "-99", "424242", "x'01'", "' 7 '", "1.0"];

    /// <summary>What comes of each: SQLite's message, or the rows that are there then.</summary>
    public static string[] Outcomes(RandomDatabase database, Random random) => Outcomes(database.Database, database.Tables, random, Values.Length);

    /// <summary>What comes of each where a column is tried with some of the values.</summary>
    public static string[] Outcomes(TestDatabase database, IEnumerable<string> tables, Random random, int valuesPerColumn)
    {
        List<string> outcomes = [];
        foreach (string table in tables)
        {
            string quoted = TestDatabase.Quote(table);
            IReadOnlyList<object?[]> all = database.Rows($"PRAGMA main.table_xinfo({quoted})");
            string[] columns = [.. all.Where(row => row[6] is 0L).Select(row => TestDatabase.Quote((string)row[1]!))];
            string content = string.Join(" || ', ' || ", all.Select(row => $"quote({TestDatabase.Quote((string)row[1]!)})"));
            content = $"SELECT (SELECT group_concat(one, '; ') FROM (SELECT {content} AS one FROM {quoted} ORDER BY 1)), (SELECT group_concat(quote(what), ', ') FROM log)";
            string list = string.Join(", ", columns);
            string Row(int replaced, string value) => string.Join(", ", columns.Select((column, i) => i == replaced ? value : column));
            string from = $"FROM {quoted} ORDER BY {string.Join(", ", columns.Select(column => $"quote({column})"))} LIMIT 1";
            void Try(string sql) => outcomes.Add(Outcome(database, sql, content));
            Try($"INSERT INTO {quoted} DEFAULT VALUES");
            Try($"INSERT INTO {quoted} ({list}) SELECT {list} {from}");
            for (int i = 0; i < columns.Length; i++)
            {
                foreach (string value in Values.Append(string.Create(CultureInfo.InvariantCulture, $"'fresh {random.Next(1000)}'")).OrderBy(_ => random.Next()).Take(valuesPerColumn))
                {
                    Try($"INSERT INTO {quoted} ({list}) SELECT {Row(i, value)} {from}");
                }

                Try($"INSERT INTO {quoted} ({columns[i]}) VALUES (777)");
                Try($"UPDATE {quoted} SET {columns[i]} = {Values[random.Next(Values.Length)]} WHERE quote({columns[0]}) = (SELECT min(quote({columns[0]})) FROM {quoted})");
            }

            Try($"UPDATE {quoted} SET {string.Join(", ", columns.Select(column => $"{column} = {column}"))}");
            Try($"DELETE FROM {quoted}");
        }

        return [.. outcomes];
    }

    private static string Outcome(TestDatabase database, string sql, string content)
    {
        database.Execute("SAVEPOINT before");
        string outcome;
        try
        {
            database.Execute(sql);
            outcome = Time().Replace(string.Join(" log ", database.Rows(content)[0]), "now");
        }
        catch (SqliteException e)
        {
            // Of several that fail SQLite names one: the text of a CHECK, from which a copy takes the table's own name, or a column of a child
            // that a foreign key acts on, in an order that is nobody's.
            int failed = e.Message.IndexOf("constraint failed", StringComparison.Ordinal);
            outcome = failed < 0 ? e.Message : e.Message[..failed];
        }

        database.Execute("ROLLBACK TO before; RELEASE before");
        return $"{sql}: {outcome}";
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Time();
}
