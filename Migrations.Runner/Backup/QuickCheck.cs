using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using SQLitePCL;

namespace Migrations.Runner.Backup;

/// <summary>
/// What SQLite's own check says of a database (pragma.html#pragma_quick_check), told apart: pages that are wrong, rows that
/// break a constraint on whole pages, and tables that this connection can't check.
/// </summary>
internal sealed record QuickCheck(ImmutableArray<string> Damage, ImmutableArray<string> Findings, ImmutableArray<SqlIdentifier> Unchecked)
{
    // The page is whole and the row readable; a copy of it is as good as the original.
    private static readonly string[] FindingStarts =
        ["NULL value in ", "CHECK constraint failed in ", "non-", "NUMERIC value in ", "TEXT value in ", "malformed inverted index for ", "unable to validate the inverted index for "];

    public bool IsDamaged => !Damage.IsEmpty;

    /// <summary>The first lines of the damage, for a message.</summary>
    public string DamageInWords => string.Join("; ", Damage.Take(3).SelectMany(line => line.Split('\n')).Where(line => !line.StartsWith("***", StringComparison.Ordinal)).Take(3));

    /// <summary>Checks all of it. Writes nothing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static QuickCheck Run(SqliteConnection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));

        // Constraints are the application's rules, and may call functions that only it knows.
        connection.Execute("PRAGMA ignore_check_constraints = ON");
        QuickCheck check = Whole(connection, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return check;
    }

    private static QuickCheck Whole(SqliteConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return Of(Lines(connection, "PRAGMA main.quick_check", cancellationToken), []);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // A collation or function that this connection does not know stops the check of everything.
            return TableByTable(connection, cancellationToken);
        }
    }

    private static QuickCheck TableByTable(SqliteConnection connection, CancellationToken cancellationToken)
    {
        List<string> lines = Lines(connection, "PRAGMA main.quick_check(sqlite_schema)", cancellationToken);
        List<SqlIdentifier> skipped = [];
        foreach (object?[] row in connection.ReadRows("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0"))
        {
            SqlIdentifier table = new((string)row[0]!);
            try
            {
                lines.AddRange(Lines(connection, $"PRAGMA main.quick_check({table.Quoted})", cancellationToken));
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
            {
                skipped.Add(table);
            }
        }

        return Of(lines, [.. skipped]);
    }

    private static QuickCheck Of(List<string> lines, ImmutableArray<SqlIdentifier> skipped) => new(
        [.. lines.Where(line => !IsFinding(line))], [.. lines.Where(IsFinding)], skipped);

    private static bool IsFinding(string line) => Array.Exists(FindingStarts, start => line.StartsWith(start, StringComparison.Ordinal));

    private static List<string> Lines(SqliteConnection connection, string pragma, CancellationToken cancellationToken)
    {
        List<string> lines = [];
        try
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = pragma;
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (reader.GetString(0) is not "ok" and var line)
                {
                    lines.Add(line);
                }
            }

            return lines;
        }
        catch (SqliteException e) when (BackupFaults.IsDamage(e))
        {
            // What was found before says more than that reading rows failed then.
            lines.Add(e.Message);
            return lines;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }
}
