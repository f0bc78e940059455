using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>A database made from another one's texts, as they stand, with the rows inserted anew.</summary>
internal static class FreshDatabase
{
    public static TestDatabase Of(TestDatabase model)
    {
        TestDatabase fresh = TestDatabase.InMemory().Attach("model").Execute("PRAGMA foreign_keys = OFF");
        model.Connection.BackupDatabase(fresh.Connection, "model", "main");
        IReadOnlyList<object?[]> objects = fresh.Rows("SELECT type, name, sql FROM model.sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY rowid");
        foreach (object?[] table in objects.Where(row => row[0] is "table"))
        {
            fresh.Execute((string)table[2]!);
            Fill(fresh, (string)table[1]!);
        }

        if (fresh.Scalar<long>("SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_sequence'") == 1)
        {
            fresh.Execute("DELETE FROM main.sqlite_sequence; INSERT INTO main.sqlite_sequence SELECT * FROM model.sqlite_sequence");
        }

        fresh.Execute("DETACH model");
        foreach (object?[] other in objects.Where(row => row[0] is not "table"))
        {
            fresh.Execute((string)other[2]!);
        }

        foreach (object?[] temporary in model.Rows("SELECT sql FROM temp.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"))
        {
            fresh.Execute(((string)temporary[0]!).Insert("CREATE ".Length, "TEMP "));
        }

        return fresh;
    }

    private static void Fill(TestDatabase fresh, string table)
    {
        string quoted = TestDatabase.Quote(table);
        string[] all = [.. fresh.Rows($"PRAGMA main.table_xinfo({quoted})").Select(row => (string)row[1]!)];
        IEnumerable<string> filled = fresh.Rows($"PRAGMA main.table_xinfo({quoted})").Where(row => row[6] is 0L).Select(row => TestDatabase.Quote((string)row[1]!));
        bool hasRowIds = fresh.Rows($"PRAGMA main.table_list({quoted})").First(row => row[0] is "main")[4] is 0L;
        if (hasRowIds && new[] { "rowid", "_rowid_", "oid" }.FirstOrDefault(name => !all.Contains(name, NameComparer.Instance)) is { } rowId)
        {
            filled = filled.Prepend(rowId);
        }

        string columns = string.Join(", ", filled);
        fresh.Execute($"INSERT OR ABORT INTO main.{quoted} ({columns}) SELECT {columns} FROM model.{quoted}");
    }
}
