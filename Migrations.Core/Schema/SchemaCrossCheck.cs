using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>
/// SQLite as the second opinion on what was read of a table: columns, keys, foreign keys from and to it, indexes and options
/// are compared with what its pragmas and its compiler say. Writes nothing and opens no transaction.
/// </summary>
internal sealed partial class SchemaCrossCheck
{
    private readonly SqliteConnection connection;
    private readonly DatabaseSchema schema;
    private readonly TableSchema table;
    private readonly List<string> differences = [];

    private SchemaCrossCheck(SqliteConnection connection, DatabaseSchema schema, TableSchema table)
    {
        this.connection = connection;
        this.schema = schema;
        this.table = table;
    }

    /// <summary>Compares a table, the indexes that were made on it, and the foreign keys of other tables that refer to it.</summary>
    /// <exception cref="SchemaMismatchException">They disagree; the message names each difference.</exception>
    /// <exception cref="SqlSyntaxException">An index of the table, or a table that refers to it, could not be read.</exception>
    public static void Check(SqliteConnection connection, DatabaseSchema schema, TableSchema table)
    {
        IReadOnlyList<string> found = FindDifferences(connection, schema, table);
        if (found.Count > 0)
        {
            throw new SchemaMismatchException(
                table.Name.Name,
                $"What was read in the text of the table {table.Name} in the database {schema.Database} is not what SQLite says of it: "
                    + string.Join("; ", found)
                    + ". Nothing was changed. Either the text in sqlite_schema was edited after SQLite loaded it (then open the "
                    + "database anew), or this library misreads it (then please report the text).");
        }
    }

    /// <summary>All differences in words, empty where there are none.</summary>
    public static IReadOnlyList<string> FindDifferences(SqliteConnection connection, DatabaseSchema schema, TableSchema table)
    {
        var check = new SchemaCrossCheck(connection, schema, table);
        check.CompareTable();
        if (table.Kind is not TableKind.Virtual)
        {
            check.CompareColumns();
            check.CompareForeignKeys();
            check.CompareForeignKeysOfOthers();
            check.CompareIndexes();
            check.CompareAutoIncrement();
        }

        return check.differences;
    }

    private string Pragma(string pragma, SqlIdentifier argument) =>
        $"PRAGMA {schema.Database.Quoted}.{pragma}({argument.Quoted})";

    private void Compare(string what, string read, string told)
    {
        if (!string.Equals(read, told, StringComparison.Ordinal))
        {
            differences.Add($"{what} was read as {read}, SQLite says {told}");
        }
    }

    private void Compare(string what, bool read, bool told) => Compare(what, read ? "yes" : "no", told ? "yes" : "no");

    private void CompareTable()
    {
        if (table.Syntax is { } syntax && syntax.Name.Identifier != table.Name)
        {
            differences.Add($"its name in the text was read as {syntax.Name.Identifier}");
        }

        // pragma.html#pragma_table_list: schema, name, type, ncol, wr, strict
        var told = connection.ReadRows(
            Pragma("table_list", table.Name),
            row => (Type: row.GetString(2), Columns: row.GetInt32(3), IsWithoutRowId: row.GetBoolean(4), IsStrict: row.GetBoolean(5)));
        if (told is not [var list])
        {
            differences.Add("SQLite knows no such table");
            return;
        }

        Compare("its kind", table.Kind is TableKind.Ordinary ? "table" : table.Kind.ToString().ToLowerInvariant(), list.Type);
        if (table.Kind is not TableKind.Virtual)
        {
            Compare("the number of columns", Print(table.Columns.Length), Print(list.Columns));
            Compare("WITHOUT ROWID", table.IsWithoutRowId, list.IsWithoutRowId);
            Compare("STRICT", table.IsStrict, list.IsStrict);
        }
    }

    private static string Print(int number) => number.ToString(CultureInfo.InvariantCulture);
}
