using System.Collections.Immutable;
using System.Text;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Runner.Scripting;

/// <summary>
/// SQL in the form in which the sqlite3 shell passes it on as it is meant (cli.html, sections 3 and 4): the shell takes a CR from the end of a line,
/// ends at a NUL, and takes a line of just "/" or "go" for the end of a statement.
/// </summary>
internal static class ShellSql
{
    /// <summary>The statements of a text, each without the semicolon at its end and without comments around it.</summary>
    public static ImmutableArray<string> Split(string sql)
    {
        ImmutableArray<string>.Builder statements = ImmutableArray.CreateBuilder<string>();
        int start = 0;
        foreach (SqlToken token in SqlLexer.Tokenize(sql).Where(token => token.Kind is SqlTokenKind.Operator && token.Span.In(sql) is ";"))
        {
            // A trigger holds statements of its own.
            if (raw.sqlite3_complete(sql[start..token.Span.End]) != 0)
            {
                Add(sql[start..token.Span.Start]);
                start = token.Span.End;
            }
        }

        Add(sql[start..]);
        return statements.ToImmutable();

        void Add(string statement)
        {
            if (Trimmed(statement) is { Length: > 0 } trimmed)
            {
                statements.Add(trimmed);
            }
        }
    }

    /// <summary>Whether a line of just GO takes a text apart before SQLite sees it.</summary>
    public static bool HasBatches(string sql)
    {
        ImmutableArray<SqlToken> tokens = SqlLexer.Tokenize(sql);
        return tokens.Where((token, i) => token.Span.In(sql).Equals("go", StringComparison.OrdinalIgnoreCase)
            && sql[..token.Span.Start].TrimEnd(' ', '\t') is "" or [.., '\n']
            && (i + 1 == tokens.Length || tokens[i + 1].Kind is SqlTokenKind.Whitespace)).Any();
    }

    /// <summary>A statement as lines for the shell.</summary>
    /// <exception cref="ScriptRefusedException">The shell can't be given it.</exception>
    public static string Of(string statement)
    {
        StringBuilder text = new(statement.Length);
        bool isLineComment = false;
        bool isStored = statement.StartsWith("CREATE", StringComparison.OrdinalIgnoreCase) || statement.StartsWith("ALTER", StringComparison.OrdinalIgnoreCase);
        ImmutableArray<SqlToken> tokens = SqlLexer.Tokenize(statement);
        for (int i = 0; i < tokens.Length; i++)
        {
            string written = tokens[i].Span.TextIn(statement);
            switch (tokens[i].Kind)
            {
                case SqlTokenKind.Whitespace when IsTerminatorNext(statement, tokens, i) && !isLineComment:
                    text.Append(' ');
                    break;
                case SqlTokenKind.Comment when IsTerminatorNext(statement, tokens, i):
                    break;
                case SqlTokenKind.Whitespace or SqlTokenKind.Comment:
                    text.Append(written.TrimEnd('\r').ReplaceLineEndings("\n"));
                    isLineComment = tokens[i].Kind is SqlTokenKind.Comment && written.StartsWith("--", StringComparison.Ordinal);
                    break;
                case SqlTokenKind.String:
                    text.Append(String(written, isStored));
                    isLineComment = false;
                    break;
                default:
                    text.Append(Name(written));
                    isLineComment = false;
                    break;
            }
        }

        return text.ToString();
    }

    private static string Trimmed(string statement)
    {
        ImmutableArray<SqlToken> tokens = SqlLexer.Tokenize(statement);
        SqlToken? first = tokens.Where(token => !token.IsTrivia).Cast<SqlToken?>().FirstOrDefault();
        SqlToken? last = tokens.Where(token => !token.IsTrivia).Cast<SqlToken?>().LastOrDefault();
        return first is { } from && last is { } to ? statement[from.Span.Start..to.Span.End] : "";
    }

    /// <summary>Whether what comes after trivia is a word that would end the statement if it stood in a line of its own.</summary>
    private static bool IsTerminatorNext(string statement, ImmutableArray<SqlToken> tokens, int index)
    {
        while (index < tokens.Length && tokens[index].IsTrivia)
        {
            index++;
        }

        return index < tokens.Length
            && (tokens[index].Span.In(statement) is "/" || tokens[index].Span.In(statement).Equals("go", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// In the schema's text a literal stays one: the shell takes one CR from the end of a line, so that of two one arrives. Elsewhere an
    /// expression survives editors too.
    /// </summary>
    private static string String(string literal, bool isStored) => !literal.Contains("\r\n", StringComparison.Ordinal) ? literal
        : isStored ? Name(literal)
        : $"({literal.Replace("\r\n", "' || char(13) || '\n", StringComparison.Ordinal)})";

    private static string Name(string written) => written.Contains('\0', StringComparison.Ordinal)
        ? throw new ScriptRefusedException("A statement holds a NUL, at which the sqlite3 shell would end.")
        : written.Replace("\r\n", "\r\r\n", StringComparison.Ordinal);
}
