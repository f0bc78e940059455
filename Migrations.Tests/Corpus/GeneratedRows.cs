using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using SQLitePCL;

namespace Migrations.Tests.Corpus;

/// <summary>
/// Fills the tables of a schema with rows that satisfy all of its constraints, parents first. What a CHECK, a key or a
/// trigger takes is found by trying on SQLite itself.
/// </summary>
internal sealed class GeneratedRows
{
    private const int EnableTriggers = 1003;
    private const int EnforceForeignKeys = 1002;

    private readonly SqliteConnection connection;
    private readonly int rowsPerTable;
    private readonly Dictionary<string, FillableTable> tables;

    private GeneratedRows(SqliteConnection connection, int rowsPerTable, int seed)
    {
        this.connection = connection;
        this.rowsPerTable = rowsPerTable;
        tables = connection.Rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name")
            .Select(row => FillableTable.Read(connection, (string)row[0]!, seed))
            .ToDictionary(table => table.Name, NameComparer.Instance);
    }

    /// <summary>
    /// Gives every ordinary table that has no rows some. Afterwards no foreign key is violated. Triggers run where they let
    /// the row pass.
    /// </summary>
    /// <returns>The tables for which no row was found.</returns>
    public static IReadOnlyList<string> Fill(SqliteConnection connection, int rowsPerTable = 4, int seed = 1)
    {
        GeneratedRows rows = new(connection, rowsPerTable, seed);
        long foreignKeys = connection.Scalar<long>("PRAGMA foreign_keys");
        foreach (FillableTable table in rows.ParentsFirst())
        {
            rows.Fill(table);
        }

        rows.RepairForeignKeys();
        connection.Execute($"PRAGMA foreign_keys = {foreignKeys}");
        return [.. rows.tables.Keys.Where(table => connection.Scalar<long>($"SELECT count(*) FROM {TestDatabase.Quote(table)}") == 0)];
    }

    private List<FillableTable> ParentsFirst()
    {
        List<FillableTable> ordered = [];
        HashSet<string> visited = new(NameComparer.Instance);
        foreach (FillableTable table in tables.Values)
        {
            Visit(table);
        }

        return ordered;

        void Visit(FillableTable table)
        {
            if (visited.Add(table.Name))
            {
                foreach (FillableForeignKey key in table.ForeignKeys)
                {
                    if (tables.GetValueOrDefault(key.Parent) is { } parent)
                    {
                        Visit(parent);
                    }
                }

                ordered.Add(table);
            }
        }
    }

    private void Fill(FillableTable table)
    {
        if (table.Columns.Length == 0 || connection.Scalar<long>($"SELECT count(*) FROM {table.Quoted}") > 0)
        {
            return;
        }

        using SqliteCommand insert = table.Insert(connection);
        for (int row = 1; row <= rowsPerTable; row++)
        {
            if (!TryInsert(table, insert, row) && row == 1)
            {
                // What one row can't have the next one hardly can.
                row = Math.Max(row, rowsPerTable - 2);
            }
        }
    }

    // The first attempts have every rule on; then triggers are left out, which may refuse any row, and then foreign keys, which are
    // repaired at the end.
    private bool TryInsert(FillableTable table, SqliteCommand insert, int row)
    {
        try
        {
            for (int attempt = 0; attempt < 120; attempt++)
            {
                Configure(EnableTriggers, attempt < 12);
                Configure(EnforceForeignKeys, attempt < 60);
                if (table.TryInsert(connection, insert, row, attempt % 60))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            Configure(EnableTriggers, true);
            Configure(EnforceForeignKeys, false);
        }
    }

    /// <summary>Rows that refer to nothing get a parent where there is one, and go where there is none, until all is clean.</summary>
    private void RepairForeignKeys()
    {
        Configure(EnforceForeignKeys, false);
        Configure(EnableTriggers, false);
        for (int round = 0; round < 50; round++)
        {
            IReadOnlyList<object?[]> violations = connection.Rows("SELECT DISTINCT \"table\", fkid, \"parent\" FROM pragma_foreign_key_check");
            if (violations.Count == 0)
            {
                break;
            }

            foreach (object?[] violation in violations)
            {
                FillableTable child = tables[(string)violation[0]!];
                FillableForeignKey key = child.ForeignKeys.First(key => key.Id == (long)violation[1]!);
                string parents = $"SELECT {string.Join(", ", key.ParentColumns.Select(TestDatabase.Quote))} FROM {TestDatabase.Quote(key.Parent)}";
                string columns = string.Join(", ", key.Columns.Select(TestDatabase.Quote));
                string orphans = $"{string.Join(" AND ", key.Columns.Select(column => $"{TestDatabase.Quote(column)} IS NOT NULL"))} "
                    + $"AND ({columns}) NOT IN ({parents} WHERE {string.Join(" AND ", key.ParentColumns.Select(column => $"{TestDatabase.Quote(column)} IS NOT NULL"))})";
                if (round < 3)
                {
                    Try($"UPDATE OR IGNORE {child.Quoted} SET ({columns}) = ({parents} LIMIT 1) WHERE {orphans}");
                }
                else if (Try($"DELETE FROM {child.Quoted} WHERE {orphans}") == 0)
                {
                    connection.Execute($"DELETE FROM {child.Quoted}");
                }
            }
        }

        Configure(EnableTriggers, true);
    }

    private int Try(string sql)
    {
        try
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // NOT NULL or CHECK: another round deletes the row.
            return 0;
        }
    }

    private void Configure(int option, bool on)
    {
        int rc = raw.sqlite3_db_config(connection.Handle, option, on ? 1 : 0, out _);
        SqliteException.ThrowExceptionForRC(rc, connection.Handle);
    }
}
