using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Corpus;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>
/// Columns that a table gets from SQLite's own ADD COLUMN when it has rows, which hold no value for them then, and rows before and after.
/// </summary>
internal sealed class ShortRows(RandomDatabase database, string table)
{
    private readonly string quoted = TestDatabase.Quote(table);
    private int inserted = 10;

    /// <summary>Adds a column, as SQLite takes it, and maybe some rows that hold a value for it.</summary>
    public void Add(int number, IReadOnlyList<(string Table, string Key)> parents)
    {
        string name = TestDatabase.Quote(string.Create(CultureInfo.InvariantCulture, $"later {number}"));
        string first = TestDatabase.Quote(database.ColumnsOf(table)[0]);
        string parent = parents.Count == 0 ? "TEXT" : $"REFERENCES {TestDatabase.Quote(parents[0].Table)}({TestDatabase.Quote(parents[0].Key)})";
        for (int attempt = 0; attempt < 6; attempt++)
        {
            string definition = database.Pick(
            [
                "", "TEXT", "TEXT DEFAULT NULL", "INTEGER DEFAULT 12", "TEXT NOT NULL -- later\n DEFAULT 'it''s late'", "REAL DEFAULT 5", "BLOB DEFAULT x'00ff'", "ANY DEFAULT '007'",
                "NUMERIC DEFAULT '1.50'", "VARCHAR(20) COLLATE NOCASE /* later */ DEFAULT 'Late'", $"INTEGER DEFAULT -7 CHECK ({name} IS NOT 'bad')", "INT NOT NULL DEFAULT TRUE", parent,
                $"AS ({first} || '?') VIRTUAL", "TEXT CONSTRAINT named DEFAULT word",
            ]);
            if (database.TryRun($"ALTER TABLE {quoted} ADD COLUMN {name} {definition}"))
            {
                break;
            }
        }

        switch (database.Random.Next(4))
        {
            case 0:
                Insert(database.Random.Next(1, 4));
                break;
            case 1:
                database.TryRun($"UPDATE {quoted} SET {first} = {first} WHERE {first} IN (SELECT min({first}) FROM {quoted})");
                break;
            case 2:
                Insert(1);
                database.TryRun($"UPDATE sqlite_sequence SET seq = seq + 3 WHERE name = '{table.Replace("'", "''", StringComparison.Ordinal)}'");
                break;
        }
    }

    private void Insert(int count)
    {
        FillableTable rows = FillableTable.Read(database.Connection, table, database.Seed);
        using SqliteCommand insert = rows.Insert(database.Connection);
        database.Database.Execute("PRAGMA foreign_keys = ON");
        for (int i = 0; i < count; i++)
        {
            inserted++;
            for (int attempt = 0; attempt < 8 && !rows.TryInsert(database.Connection, insert, inserted, attempt); attempt++)
            {
            }
        }

        database.Database.Execute("PRAGMA foreign_keys = OFF");
    }
}
