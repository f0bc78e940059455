using System.Globalization;
using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace Migrations.Tests.Support;

/// <summary>What SQLite itself says of a database's health.</summary>
public static class Integrity
{
    /// <summary>
    /// Fails the test with all that is wrong: integrity_check, foreign_key_check, FTS5's own check of every full-text table,
    /// and every view and trigger that no longer compiles. Writes nothing but what FTS5's check command needs.
    /// </summary>
    public static void Check(SqliteConnection connection, string database = "main")
    {
        IReadOnlyList<string> problems = Problems(connection, database);
        Assert.That(problems, Is.Empty, () => "The database is not whole:\n" + string.Join('\n', problems));
    }

    /// <summary>What is wrong, in words; empty where nothing is.</summary>
    public static IReadOnlyList<string> Problems(SqliteConnection connection, string database = "main")
    {
        string quoted = TestDatabase.Quote(database);
        List<string> problems = [.. Damage(connection, $"PRAGMA {quoted}.integrity_check").Select(line => $"integrity_check: {line}")];
        Try(problems, "foreign_key_check", () => problems.AddRange(connection.Rows($"PRAGMA {quoted}.foreign_key_check")
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"foreign_key_check: {row[0]} rowid {row[1]} has no parent in {row[2]} (key {row[3]})"))));
        foreach (object?[] row in connection.Rows($"SELECT name, sql FROM {quoted}.sqlite_schema WHERE type = 'table' AND sql LIKE 'create virtual table%using%fts5%'"))
        {
            string name = TestDatabase.Quote((string)row[0]!);
            Try(problems, $"full-text table {row[0]}", () => connection.Execute($"INSERT INTO {quoted}.{name}({name}, rank) VALUES ('integrity-check', 1)"));
        }

        foreach (string schema in (ReadOnlySpan<string>)[quoted, "temp"])
        {
            foreach (object?[] row in connection.Rows($"SELECT name FROM {schema}.sqlite_schema WHERE type = 'view' ORDER BY rowid"))
            {
                Try(problems, $"view {row[0]}", () => connection.Rows($"EXPLAIN SELECT * FROM {schema}.{TestDatabase.Quote((string)row[0]!)}"));
            }

            foreach (object?[] row in connection.Rows($"SELECT DISTINCT tbl_name FROM {schema}.sqlite_schema WHERE type = 'trigger'"))
            {
                CompileTriggers(connection, quoted, (string)row[0]!, problems);
            }
        }

        return problems;
    }

    /// <summary>What an integrity_check finds, without the false alarms of older libraries; empty where all is well.</summary>
    public static IEnumerable<string> Damage(SqliteConnection connection, string pragma) => connection.Rows(pragma)
        .Select(row => (string)row[0]!)
        .Where(line => line is not "ok" && !IsFalseAlarm(connection, line));

    // SQLite 3.40 looks for NULLs of a WITHOUT ROWID table in the wrong column where the primary key's order is not the table's.
    private static bool IsFalseAlarm(SqliteConnection connection, string line) =>
        line.Split("NULL value in ") is ["", { } column]
        && column.Split('.') is [{ } table, { } name]
        && connection.Scalar<long>($"SELECT count(*) FROM {TestDatabase.Quote(table)} WHERE {TestDatabase.Quote(name)} || '' IS NULL") == 0;

    // The triggers of a table compile when a statement that fires them does; an INSTEAD OF trigger allows its own verb only.
    private static void CompileTriggers(SqliteConnection connection, string database, string table, List<string> problems)
    {
        string name = $"{database}.{TestDatabase.Quote(table)}";
        string[] columns = [.. connection.Rows($"PRAGMA {database}.table_xinfo({TestDatabase.Quote(table)})")
            .Where(row => row[6] is 0L)
            .Select(row => TestDatabase.Quote((string)row[1]!))];
        if (columns.Length == 0)
        {
            return;
        }

        string list = string.Join(", ", columns);
        foreach (string sql in (ReadOnlySpan<string>)
            [
                $"INSERT INTO {name}({list}) VALUES ({string.Join(", ", columns.Select(_ => "NULL"))})",
                $"UPDATE {name} SET {string.Join(", ", columns.Select(column => $"{column} = {column}"))}",
                $"DELETE FROM {name}",
            ])
        {
            try
            {
                connection.Rows("EXPLAIN " + sql);
            }
            catch (SqliteException exception) when (!exception.Message.Contains("because it is a view", StringComparison.Ordinal))
            {
                problems.Add($"triggers of {table}: {exception.Message} ({sql})");
            }
            catch (SqliteException)
            {
                // A view without an INSTEAD OF trigger for this verb.
            }
        }
    }

    private static void Try(List<string> problems, string what, Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException exception)
        {
            problems.Add($"{what}: {exception.Message}");
        }
    }
}
