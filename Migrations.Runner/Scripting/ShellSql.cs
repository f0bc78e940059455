using System.Collections.Immutable;
using System.Text;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Runner.Scripting;

/// <summary>
/// SQL in the form in which the sqlite3 shell passes it on as it is meant (cli.html, sections 3 and 4): the shell takes CR from the end of a line,
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

    /// <summary>A statement as lines for the shell.</summary>
    /// <exception cref="ScriptRefusedException">There is a name in it that the shell can't be given.</exception>
    public static string Of(string statement)
    {
        StringBuilder text = new(statement.Length);
        bool isLineComment = false;
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
                    text.Append(written.ReplaceLineEndings("\n"));
                    isLineComment = tokens[i].Kind is SqlTokenKind.Comment && written.StartsWith("--", StringComparison.Ordinal);
                    break;
                case SqlTokenKind.String:
                    text.Append(String(written));
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

    // CHECKs, triggers and views take an expression in place of a literal too.
    private static string String(string literal) => !literal.Contains('\r', StringComparison.Ordinal)
        ? literal
        : literal.Contains("\r\n", StringComparison.Ordinal) ? $"({literal.Replace("\r\n", "' || char(13) || '\n", StringComparison.Ordinal)})" : literal;

    private static string Name(string written) => written.Contains("\r\n", StringComparison.Ordinal)
        ? throw new ScriptRefusedException($"The name {written.ReplaceLineEndings(" ")} holds a line break with CR, which the sqlite3 shell takes away.")
        : written.Contains('\0', StringComparison.Ordinal)
            ? throw new ScriptRefusedException("A statement holds a NUL, at which the sqlite3 shell would end.")
            : written;
}
