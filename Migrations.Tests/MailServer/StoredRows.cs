using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.MailServer;

/// <summary>Every row of the application's tables as a line with each value's storage class, sorted.</summary>
internal static class StoredRows
{
    public static IReadOnlyList<string> Of(SqliteConnection connection)
    {
        List<string> lines = [];
        foreach (string table in SchemaMeaning.Tables(connection))
        {
            string quoted = TestDatabase.Quote(table);
            string[] columns = [.. connection.Rows($"SELECT name FROM pragma_table_info('{table}') ORDER BY cid").Select(row => (string)row[0]!)];
            string values = string.Join(
                " || ', ' || ", columns.Select(column => $"'{column}=' || typeof({TestDatabase.Quote(column)}) || ' ' || quote({TestDatabase.Quote(column)})"));
            lines.AddRange(connection.Rows($"SELECT {values} FROM {quoted}").Select(row => $"{table}: {row[0]}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
