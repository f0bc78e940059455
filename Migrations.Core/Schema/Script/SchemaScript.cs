using System.Collections.Immutable;
using System.Text;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Script;

/// <summary>
/// A database's schema as a script that makes it anew on an empty database, in an order that does not depend on how the database came
/// about, so that two versions of the script can be compared line by line. Reads only.
/// </summary>
internal static class SchemaScript
{
    private const string Title = "-- The schema that these migrations make. Written by a program: what is changed here by hand is lost.";

    /// <summary>
    /// Writes the main database: tables by name, each followed by its indexes by name and its triggers in the order in which they were
    /// created, which is the one they depend on when they fire; then views and virtual tables, each behind what it reads. The stored texts
    /// are kept as they are, with LF as line ends outside of quotes; a table whose text is one line gets a line for each column and constraint.
    /// What SQLite or a virtual table's module makes by itself is left out.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="isLeftOut">Tables that don't count, with all that belongs to them.</param>
    /// <param name="migrations">What led to the schema, a line each, for a comment at the head of the script.</param>
    public static string Write(SqliteConnection connection, Func<SqlIdentifier, bool> isLeftOut, IEnumerable<string> migrations) =>
        string.Concat([Title, "\n", .. migrations.Select(migration => $"-- {migration.ReplaceLineEndings(" ")}\n"), "\n", Write(connection, isLeftOut)]).TrimEnd() + "\n";

    /// <inheritdoc cref="Write(SqliteConnection, Func{SqlIdentifier, bool}, IEnumerable{string})"/>
    public static string Write(SqliteConnection connection, Func<SqlIdentifier, bool> isLeftOut)
    {
        HashSet<SqlIdentifier> shadows =
            [.. connection.ReadRows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'", row => new SqlIdentifier(row.GetString(0)))];
        ImmutableArray<SchemaRow> rows =
        [
            .. connection.ReadRows(
                "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY rowid",
                row => new SchemaRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetStringOrNull(3)))
                .Where(row => !row.IsInternal && row.Sql is not null && !shadows.Contains(row.Table) && !isLeftOut(row.Table)),
        ];
        StringBuilder script = new();
        ILookup<SqlIdentifier, SchemaRow> parts = rows.Where(row => row.Type is "index" or "trigger").ToLookup(row => row.Table);
        foreach (SchemaRow relation in ScriptOrder.Of(rows.Where(row => row.Type is "table" or "view")))
        {
            Append(script, relation);
            foreach (SchemaRow index in parts[relation.Name].Where(row => row.Type is "index").OrderBy(row => row.Name.Name, ScriptOrder.Names))
            {
                Append(script, index);
            }

            foreach (SchemaRow trigger in parts[relation.Name].Where(row => row.Type is "trigger"))
            {
                Append(script, trigger);
            }
        }

        return script.ToString();
    }

    private static void Append(StringBuilder script, SchemaRow row) =>
        script.Append(script.Length == 0 ? "" : "\n").Append(SqlTokens.Closed(Text(row.Sql!))).Append(";\n"); // Rows without text were left out.

    // One long line for a whole table can't be reviewed or merged; what was written in lines was written so by somebody.
    private static string Text(string sql) => sql.Contains('\n', StringComparison.Ordinal)
        ? WithLineFeeds(sql)
        : string.Join('\n', StatementLines.Of(sql));

    // What stands in quotes is a value or a name, and would be another one.
    private static string WithLineFeeds(string sql)
    {
        if (!sql.Contains('\r', StringComparison.Ordinal))
        {
            return sql;
        }

        StringBuilder text = new(sql.Length);
        foreach (SqlToken token in SqlLexer.Tokenize(sql))
        {
            string written = token.Span.TextIn(sql);
            text.Append(token.Kind switch
            {
                // It reaches up to the LF; what else it holds must not end it.
                SqlTokenKind.Comment when written.StartsWith("--", StringComparison.Ordinal) => written.TrimEnd('\r'),
                SqlTokenKind.Comment or SqlTokenKind.Whitespace => written.Replace("\r\n", "\n", StringComparison.Ordinal),
                _ => written,
            });
        }

        return text.ToString();
    }
}
