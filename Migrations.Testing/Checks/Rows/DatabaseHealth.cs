using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Checks.Rows;

/// <summary>What is wrong with a database, whatever its version: damage, references to nothing, views and triggers that don't compile. Immutable.</summary>
internal sealed class DatabaseHealth
{
    private readonly ImmutableArray<string> problems;

    private DatabaseHealth(ImmutableArray<string> problems) => this.problems = problems;

    public static DatabaseHealth Read(SqliteConnection connection) =>
        new([.. Damage(connection), .. Orphans(connection), .. BrokenStatements.Read(connection)]);

    /// <summary>What is wrong now and was not before.</summary>
    public ImmutableArray<string> NewSince(DatabaseHealth before) => [.. problems.Except(before.problems, StringComparer.Ordinal)];

    private static IEnumerable<string> Damage(SqliteConnection connection) => connection
        .ReadRows("PRAGMA main.integrity_check", row => row.GetString(0))
        .Where(line => line is not "ok")
        .Select(line => $"integrity_check: {line}");

    private static IEnumerable<string> Orphans(SqliteConnection connection)
    {
        ImmutableArray<(string Child, string? RowId, string Parent)> rows;
        try
        {
            rows = connection.ReadRows("PRAGMA main.foreign_key_check", row => (row.GetString(0), row.GetStringOrNull(1), row.GetString(2)));
        }
        catch (SqliteException e)
        {
            return [$"foreign_key_check: {e.Message}"];
        }

        return rows.GroupBy(row => (row.Child, row.Parent)).Select(group => string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Count()} rows of {new SqlIdentifier(group.Key.Child)} refer to rows of {new SqlIdentifier(group.Key.Parent)} that are not there{Places(group.Select(row => row.RowId))}"));
    }

    // A WITHOUT ROWID table has no place to name (pragma.html#pragma_foreign_key_check).
    private static string Places(IEnumerable<string?> rowIds) =>
        string.Join(", ", rowIds.OfType<string>().Take(Loss.MostSamples)) is { Length: > 0 } places ? $" (rowid {places})" : "";
}
