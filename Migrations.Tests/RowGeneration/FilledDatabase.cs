using System.Globalization;
using Migrations.Core.Schema;
using Migrations.Tests.Support;

namespace Migrations.Tests.RowGeneration;

/// <summary>What SQLite says of a database that was filled.</summary>
internal static class FilledDatabase
{
    public static IReadOnlyList<string> Tables(TestDatabase database) =>
    [
        .. database.Rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name").Select(row => (string)row[0]!),
    ];

    /// <summary>Nullable columns without a NULL or without anything else, outside of primary keys; in tables of some rows.</summary>
    public static IReadOnlyList<string> OneSided(TestDatabase database)
    {
        List<string> found = [];
        foreach (string table in Tables(database))
        {
            foreach (object?[] column in database.Rows($"PRAGMA main.table_xinfo({TestDatabase.Quote(table)})").Where(row => row[3] is 0L && row[5] is 0L && row[6] is 0L))
            {
                string name = TestDatabase.Quote((string)column[1]!);
                object?[] counts = database.Rows($"SELECT count(*), count({name}) FROM {TestDatabase.Quote(table)}")[0];
                if (counts is [long rows, long values] && rows >= 10 && (values == 0 || values == rows))
                {
                    found.Add(string.Create(CultureInfo.InvariantCulture, $"{table}.{column[1]}: {values} values in {rows} rows"));
                }
            }
        }

        return found;
    }

    /// <summary>Values that a column stores in another way than its affinity asks for (datatype3.html, section 3), other than dates and the like in NUMERIC columns.</summary>
    public static IReadOnlyList<string> Unlike(TestDatabase database)
    {
        List<string> found = [];
        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
        foreach (TableSchema table in schema.Tables.Where(table => table.Kind == TableKind.Ordinary))
        {
            foreach (ColumnSchema column in table.Columns.Where(column => !column.IsGenerated))
            {
                string[] expected = column.Affinity switch
                {
                    Affinity.Text => ["text"],
                    Affinity.Integer => ["integer"],
                    Affinity.Real => ["real"],
                    Affinity.Numeric => ["integer", "real", "text"],
                    _ when column.DeclaredType.Length > 0 && column.DeclaredType is not "ANY" => ["blob"],
                    _ => ["integer", "real", "text", "blob"],
                };
                found.AddRange(database
                    .Rows($"SELECT DISTINCT typeof({column.Name.Quoted}) FROM {table.Name.Quoted} WHERE {column.Name.Quoted} IS NOT NULL")
                    .Select(row => (string)row[0]!)
                    .Except(expected, StringComparer.Ordinal)
                    .Select(type => $"{table.Name.Name}.{column.Name.Name} {column.DeclaredType} has {type}"));
            }
        }

        return found;
    }
}
