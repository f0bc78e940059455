using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// The rows that refer to nothing at a moment, as PRAGMA foreign_key_check finds them. What was there before a change is
/// not its doing: only new violations count. Memory is bounded: rows beyond a number are counted, not kept.
/// </summary>
internal sealed class ForeignKeyViolations
{
    private const int Kept = 10_000;
    private const int Shown = 10;

    private readonly Dictionary<ViolatedKey, long> rows = [];
    private readonly HashSet<string> mismatches = new(StringComparer.Ordinal);
    private long count;

    private ForeignKeyViolations()
    {
    }

    /// <summary>Reads the violations of some tables of a database.</summary>
    public static ForeignKeyViolations Read(SqliteConnection connection, SqlIdentifier database, IEnumerable<SqlIdentifier> tables)
    {
        ForeignKeyViolations violations = new();
        violations.Add(connection, database, tables);
        return violations;
    }

    /// <summary>Reads the violations of all tables of some databases.</summary>
    public static ForeignKeyViolations Read(SqliteConnection connection, IEnumerable<SqlIdentifier> databases)
    {
        ForeignKeyViolations violations = new();
        foreach (SqlIdentifier database in databases)
        {
            violations.Add(connection, database, Children(connection, database));
        }

        return violations;
    }

    /// <summary>The same violations after a table was renamed.</summary>
    public ForeignKeyViolations WithRename(SqlIdentifier database, SqlIdentifier table, SqlIdentifier newName)
    {
        ForeignKeyViolations renamed = new() { count = count };
        renamed.mismatches.UnionWith(mismatches);
        foreach ((ViolatedKey key, long times) in rows)
        {
            ViolatedKey now = key.Database != database ? key : key with
            {
                Child = key.Child == table ? newName : key.Child,
                Parent = key.Parent == table ? newName : key.Parent,
            };
            renamed.rows[now] = renamed.rows.GetValueOrDefault(now) + times;
        }

        return renamed;
    }

    /// <summary>What is violated now and was not before; null if nothing is.</summary>
    public NewViolations? NewSince(ForeignKeyViolations before)
    {
        if (mismatches.FirstOrDefault(message => !before.mismatches.Contains(message)) is { } mismatch)
        {
            return new NewViolations(0, [], mismatch);
        }

        if (before.count > Kept)
        {
            return count > before.count ? new NewViolations(count - before.count, [], Mismatch: null) : null;
        }

        List<(ViolatedKey Key, long Times)> added =
        [
            .. rows.Select(row => (row.Key, row.Value - before.rows.GetValueOrDefault(row.Key))).Where(row => row.Item2 > 0),
        ];
        long beyond = Math.Max(0, count - rows.Values.Sum());
        return added.Count > 0 || beyond > 0
            ? new NewViolations(added.Sum(row => row.Times) + beyond, [.. added.Select(row => row.Key).Take(Shown)], Mismatch: null)
            : null;
    }

    /// <summary>A check of a whole database would end at its first mismatch, so tables are checked one by one.</summary>
    private static ImmutableArray<SqlIdentifier> Children(SqliteConnection connection, SqlIdentifier database) => connection.ReadRows(
        $"SELECT name FROM {database.Quoted}.sqlite_schema AS t WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
        + $"AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.name, {SqlText.Literal(database.Name)}))",
        row => (SqlIdentifier)row.GetString(0));

    private void Add(SqliteConnection connection, SqlIdentifier database, IEnumerable<SqlIdentifier> tables)
    {
        foreach (SqlIdentifier table in tables)
        {
            Add(connection, database, table);
        }
    }

    private void Add(SqliteConnection connection, SqlIdentifier database, SqlIdentifier table)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {database.Quoted}.foreign_key_check({table.Quoted})";
        try
        {
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                count++;
                if (rows.Count < Kept)
                {
                    ViolatedKey key = new(database, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetString(2));
                    rows[key] = rows.GetValueOrDefault(key) + 1;
                }
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            // A parent without the key that the child refers to (foreignkeys.html, section 3): the check can't be made at all.
            mismatches.Add(e.Message);
        }
    }
}
