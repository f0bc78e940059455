using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Lookup;

/// <summary>
/// Dropping a table deletes its rows first, and with foreign keys enforced that acts on the rows of other tables
/// (lang_droptable.html). Nobody who deletes a table asks for that.
/// </summary>
internal static class ReferencingRows
{
    /// <summary>Refuses where dropping a table would delete or change rows of others.</summary>
    /// <exception cref="AlterationRefusedException">It would; the message names each foreign key and how many rows.</exception>
    public static void Check(SqliteConnection connection, TableName parent)
    {
        if (!new SchemaLookup(connection).HasTable(parent))
        {
            return;
        }

        List<string> found = [];
        foreach (IGrouping<(string Child, long Key), object?[]> key in ReadActingKeys(connection, parent))
        {
            long count = CountRows(connection, parent, new(key.Key.Child), [.. key]);
            if (count > 0)
            {
                string columns = string.Join(", ", key.Select(column => SqlIdentifier.Quote((string)column[2]!)));
                found.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{SqlIdentifier.Quote(key.Key.Child)} ({columns}) ON DELETE {key.First()[4]}: {count} rows"));
            }
        }

        if (found.Count > 0)
        {
            throw new AlterationRefusedException(
                parent.Table.Name,
                $"Deleting the table {parent.Table} would delete its rows first, and so delete or change rows that refer to it: "
                + $"{string.Join("; ", found)}. Nothing was changed. Delete these rows, the foreign keys or the referring tables in the migration first.");
        }
    }

    // child, key, column, parent column or null, action
    private static IEnumerable<IGrouping<(string Child, long Key), object?[]>> ReadActingKeys(SqliteConnection connection, TableName parent) =>
        connection.ReadRows(
            $"SELECT t.name, f.id, f.\"from\", f.\"to\", f.on_delete FROM {parent.Database.Quoted}.sqlite_schema AS t, "
            + "pragma_foreign_key_list(t.name, ?1) AS f WHERE t.type = 'table' AND t.name <> ?2 COLLATE NOCASE "
            + "AND f.\"table\" = ?2 COLLATE NOCASE AND f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') ORDER BY t.name, f.id, f.seq",
            parent.Database.Name,
            parent.Table.Name).GroupBy(row => ((string)row[0]!, (long)row[1]!));

    private static long CountRows(SqliteConnection connection, TableName parent, SqlIdentifier child, List<object?[]> key)
    {
        List<string> primary = [.. connection.ReadRows(
            "SELECT name FROM pragma_table_xinfo(?1, ?2) WHERE pk > 0 ORDER BY pk", parent.Table.Name, parent.Database.Name)
            .Select(row => (string)row[0]!)];
        string condition = string.Join(" AND ", key.Select((column, i) =>
            $"p.{SqlIdentifier.Quote((string?)column[3] ?? (i < primary.Count ? primary[i] : "rowid"))} = c.{SqlIdentifier.Quote((string)column[2]!)}"));
        return connection.ReadInteger(
            $"SELECT count(*) FROM {parent.Database.Quoted}.{child.Quoted} AS c WHERE EXISTS "
            + $"(SELECT 1 FROM {parent.Database.Quoted}.{parent.Table.Quoted} AS p WHERE {condition})");
    }
}
