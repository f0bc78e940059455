using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using SQLitePCL;

namespace Migrations.Tests.Corpus;

/// <summary>Which views and triggers of a database don't compile, by compiling the statements that use them.</summary>
internal static class CompileErrors
{
    /// <summary>Each statement that does not compile, with SQLite's message.</summary>
    public static IReadOnlyDictionary<string, string> Of(SqliteConnection connection)
    {
        Dictionary<string, string> errors = new(StringComparer.Ordinal);
        IReadOnlyList<object?[]> objects = connection.Rows("SELECT DISTINCT type, CASE type WHEN 'view' THEN name ELSE tbl_name END FROM sqlite_schema WHERE type IN ('view', 'trigger')");
        foreach (object?[] row in objects)
        {
            string name = TestDatabase.Quote((string)row[1]!);
            if (row[0] is "view")
            {
                Compile($"view {row[1]}", $"SELECT * FROM main.{name}");
                continue;
            }

            // The columns of a view that does not compile can't be asked for; the view itself is among the errors.
            string[] columns = Columns((string)row[1]!);
            Compile($"INSERT on {row[1]}", $"INSERT INTO main.{name} DEFAULT VALUES");
            Compile($"DELETE on {row[1]}", $"DELETE FROM main.{name}");
            if (columns.Length > 0)
            {
                Compile($"UPDATE of {row[1]}", $"UPDATE main.{name} SET {string.Join(", ", columns.Select(column => $"{column} = {column}"))}");
            }
        }

        return errors;

        string[] Columns(string table)
        {
            try
            {
                return [.. connection.Rows($"PRAGMA main.table_xinfo({TestDatabase.Quote(table)})").Where(row => row[6] is 0L).Select(row => TestDatabase.Quote((string)row[1]!))];
            }
            catch (SqliteException)
            {
                return [];
            }
        }

        void Compile(string what, string sql)
        {
            int rc = raw.sqlite3_prepare_v2(connection.Handle, sql, out sqlite3_stmt statement);
            if (rc != raw.SQLITE_OK)
            {
                string message = raw.sqlite3_errmsg(connection.Handle).utf8_to_string();
                if (!message.Contains("because it is a view", StringComparison.Ordinal))
                {
                    errors[what] = message;
                }
            }

            statement.Dispose();
        }
    }
}
