using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// The rows of some tables that refer to nothing, as PRAGMA foreign_key_check finds them. What was there before is not
/// the alteration's doing: only new violations count. Memory is bounded: rows beyond a number are counted, not kept.
/// </summary>
internal sealed class ForeignKeyViolations
{
    private const int Kept = 10_000;

    private readonly Dictionary<(SqlIdentifier Child, long? RowId, SqlIdentifier Parent), int> rows = [];
    private readonly HashSet<string> mismatches = new(StringComparer.Ordinal);
    private long count;

    private ForeignKeyViolations()
    {
    }

    /// <summary>Reads the violations of some tables, or of the whole database where none are named.</summary>
    public static ForeignKeyViolations Read(SqliteConnection connection, SqlIdentifier database, IReadOnlyCollection<SqlIdentifier>? tables = null)
    {
        ForeignKeyViolations violations = new();
        if (tables is null)
        {
            violations.Add(connection, $"PRAGMA {database.Quoted}.foreign_key_check");
            return violations;
        }

        foreach (SqlIdentifier table in tables)
        {
            violations.Add(connection, $"PRAGMA {database.Quoted}.foreign_key_check({table.Quoted})");
        }

        return violations;
    }

    /// <summary>What is violated now and was not before, in a sentence; null if nothing is.</summary>
    public string? NewSince(ForeignKeyViolations before)
    {
        if (mismatches.FirstOrDefault(message => !before.mismatches.Contains(message)) is { } mismatch)
        {
            return $"{mismatch}: the columns referred to are no longer a key of their table";
        }

        List<string> found = [];
        foreach (((SqlIdentifier child, long? rowId, SqlIdentifier parent) key, int times) in rows)
        {
            if (times > before.rows.GetValueOrDefault(key) && before.count <= Kept && found.Count < 10)
            {
                found.Add(key.rowId is { } id ? $"table {key.child}, rowid {id}, refers to no row of {key.parent}" : $"table {key.child} refers to no row of {key.parent}");
            }
        }

        return found.Count > 0 ? string.Join("; ", found)
            : count > before.count ? $"{count - before.count} more rows than before refer to nothing"
            : null;
    }

    private void Add(SqliteConnection connection, string pragma)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = pragma;
        try
        {
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                count++;
                if (rows.Count < Kept)
                {
                    (SqlIdentifier, long?, SqlIdentifier) key =
                        (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetString(2));
                    rows[key] = rows.GetValueOrDefault(key) + 1;
                }
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode == 1)
        {
            // "foreign key mismatch": the check can't be made at all.
            mismatches.Add(e.Message);
        }
    }
}
