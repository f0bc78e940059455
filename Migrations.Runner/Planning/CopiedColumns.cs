using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Runner.Planning;

/// <summary>
/// Which columns a statement that fills a table from a query takes its values from, as SQLite says (c3ref/column_database_name.html): of
/// those only that it takes as they are.
/// </summary>
internal static class CopiedColumns
{
    private static readonly ImmutableArray<string> ChoosingWords =
        ["WHERE", "GROUP", "HAVING", "DISTINCT", "LIMIT", "JOIN", "UNION", "INTERSECT", "EXCEPT", "OR", "CONFLICT", "VALUES"];

    /// <summary>The filled columns and where their values come from; empty for other statements, and where it can't be said.</summary>
    /// <param name="connection">A database with the schema that the statement meets.</param>
    /// <param name="statement">INSERT, REPLACE or CREATE TABLE AS.</param>
    /// <param name="columns">The stored columns of the table that is filled.</param>
    public static IEnumerable<(SqlIdentifier Column, ColumnName Source)> Of(SqliteConnection connection, string statement, IReadOnlyList<SqlIdentifier> columns)
    {
        if (Query(statement) is not var (query, named))
        {
            return [];
        }

        IReadOnlyList<SqlIdentifier> filled = named.IsEmpty ? columns : named;
        ImmutableArray<ColumnName?> sources = Sources(connection, query);
        return sources.Length != filled.Count
            ? []
            : filled.Zip(sources).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!.Value)); // Looked for just now.
    }

    /// <summary>Whether a query may take other rows than all of one table.</summary>
    public static bool MayChoose(string statement)
    {
        List<SqlToken> tokens = Tokens(statement);
        return tokens.Any(token => token.Kind == SqlTokenKind.Word && ChoosingWords.Any(word => SqlKeywords.Is(token.Span.In(statement), word)))
            || HasCommaAfterFrom(statement, tokens);
    }

    private static bool HasCommaAfterFrom(string statement, List<SqlToken> tokens)
    {
        int from = tokens.FindLastIndex(token => token.Kind == SqlTokenKind.Word && SqlKeywords.Is(token.Span.In(statement), "FROM"));
        return from >= 0 && tokens.Skip(from).TakeWhile(token => !(token.Kind == SqlTokenKind.Word && SqlKeywords.Is(token.Span.In(statement), "ORDER")))
            .Any(token => Is(statement, token, ','));
    }

    private static (string Query, ImmutableArray<SqlIdentifier> Columns)? Query(string statement)
    {
        List<SqlToken> tokens = Tokens(statement);
        int depth = 0;
        int verb = tokens.FindIndex(token =>
        {
            depth += Is(statement, token, '(') ? 1 : Is(statement, token, ')') ? -1 : 0;
            return depth == 0 && IsWord(statement, token, "INSERT", "REPLACE", "CREATE");
        });
        if (verb < 0)
        {
            return null;
        }

        // Names may be such words as well, but only in quotes (lang_keywords.html).
        int start = tokens.FindIndex(verb, token => IsWord(statement, token, "SELECT", "VALUES", "WITH"));
        if (start < 0)
        {
            return null;
        }

        string query = string.Concat(statement.AsSpan(0, tokens[verb].Span.Start), statement.AsSpan(tokens[start].Span.Start));
        bool isInsert = !IsWord(statement, tokens[verb], "CREATE");
        int open = tokens.FindIndex(verb, token => Is(statement, token, '('));
        if (!isInsert || open < 0 || open > start)
        {
            return (query, []);
        }

        ImmutableArray<SqlIdentifier> columns =
        [
            .. tokens.Skip(open + 1).TakeWhile(token => !Is(statement, token, ')')).Where(token => !Is(statement, token, ','))
                .Select(token => SqlTokens.Name(statement, token)),
        ];
        return (query, columns);
    }

    private static ImmutableArray<ColumnName?> Sources(SqliteConnection connection, string query)
    {
        if (raw.sqlite3_prepare_v2(connection.Handle, query, out sqlite3_stmt compiled) != raw.SQLITE_OK)
        {
            return [];
        }

        using (compiled)
        {
            return
            [
                .. Enumerable.Range(0, raw.sqlite3_column_count(compiled)).Select(i =>
                    raw.sqlite3_column_database_name(compiled, i).utf8_to_string() is { } database
                    && raw.sqlite3_column_table_name(compiled, i).utf8_to_string() is { } table
                    && raw.sqlite3_column_origin_name(compiled, i).utf8_to_string() is { } column
                        ? new ColumnName(new(database, table), column)
                        : (ColumnName?)null),
            ];
        }
    }

    private static List<SqlToken> Tokens(string sql) => [.. SqlLexer.Tokenize(sql).Where(token => !token.IsTrivia)];

    private static bool Is(string sql, SqlToken token, char mark) =>
        token.Kind == SqlTokenKind.Operator && token.Span.Length == 1 && sql[token.Span.Start] == mark;

    private static bool IsWord(string sql, SqlToken token, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (token.Kind == SqlTokenKind.Word && SqlKeywords.Is(token.Span.In(sql), word))
            {
                return true;
            }
        }

        return false;
    }
}
