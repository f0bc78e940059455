using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Checks.Rows;

/// <summary>
/// The views and triggers that do not compile, found by compiling a statement that uses each, since SQLite's own checks look at none of them.
/// Runs nothing.
/// </summary>
internal static class BrokenStatements
{
    /// <summary>What does not compile, in words, with SQLite's message.</summary>
    public static ImmutableArray<string> Read(SqliteConnection connection)
    {
        ImmutableArray<(string Type, SqlIdentifier Name, SqlIdentifier Table)> rows = connection.ReadRows(
            "SELECT type, name, tbl_name FROM main.sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY type DESC, name COLLATE NOCASE",
            row => (row.GetString(0), new SqlIdentifier(row.GetString(1)), new SqlIdentifier(row.GetString(2))));
        ImmutableArray<string>.Builder broken = ImmutableArray.CreateBuilder<string>();
        HashSet<SqlIdentifier> unreadable = [];
        foreach ((_, SqlIdentifier name, _) in rows.Where(row => row.Type is "view"))
        {
            if (Error(connection, $"SELECT * FROM main.{name.Quoted}") is { } error)
            {
                broken.Add($"view {name} does not compile: {error}");
                unreadable.Add(name);
            }
        }

        foreach (IGrouping<SqlIdentifier, (string Type, SqlIdentifier Name, SqlIdentifier Table)> triggers in rows
            .Where(row => row.Type is "trigger" && !unreadable.Contains(row.Table)).GroupBy(row => row.Table))
        {
            string[] errors = [.. Statements(connection, triggers.Key).Select(sql => Error(connection, sql)).OfType<string>().Distinct(StringComparer.Ordinal)];
            if (errors.Length > 0)
            {
                string names = string.Join(", ", triggers.Select(trigger => trigger.Name));
                broken.Add($"{(triggers.Skip(1).Any() ? "one of the triggers" : "trigger")} {names} on {triggers.Key} does not compile: {string.Join("; ", errors)}");
            }
        }

        return broken.ToImmutable();
    }

    private static IEnumerable<string> Statements(SqliteConnection connection, SqlIdentifier target)
    {
        string name = $"main.{target.Quoted}";
        yield return $"INSERT INTO {name} DEFAULT VALUES";
        yield return $"DELETE FROM {name}";
        ImmutableArray<SqlIdentifier> columns = connection.ReadRows(
            $"SELECT name FROM pragma_table_xinfo({SqlText.Literal(target.Name)}, 'main') WHERE hidden = 0", row => new SqlIdentifier(row.GetString(0)));
        yield return $"UPDATE {name} SET {string.Join(", ", columns.Select(column => $"{column.Quoted} = {column.Quoted}"))}";
    }

    private static string? Error(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.Prepare();
            return null;
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }
}
