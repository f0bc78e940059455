using System.Collections.Immutable;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Runner.Planning;

/// <summary>The statements of a script, which put together are the script.</summary>
internal static class ScriptStatements
{
    /// <summary>
    /// Ends a statement at the semicolons at which the sqlite3 shell does (c3ref/complete.html), so that a trigger stays whole. What SQLite's
    /// tokenizer refuses is left in one piece.
    /// </summary>
    public static ImmutableArray<string> Of(string script)
    {
        ImmutableArray<SqlToken> tokens = SqlLexer.Tokenize(script);
        if (tokens.Any(token => token.Kind == SqlTokenKind.Illegal))
        {
            return [script];
        }

        ImmutableArray<string>.Builder statements = ImmutableArray.CreateBuilder<string>();
        int start = 0;
        foreach (SqlToken token in tokens)
        {
            int end = token.Span.End;
            if (token.Kind == SqlTokenKind.Operator && script[token.Span.Start] == ';' && raw.sqlite3_complete(script[start..end]) != 0)
            {
                statements.Add(script[start..end]);
                start = end;
            }
        }

        if (tokens.Any(token => token.Span.Start >= start && !token.IsTrivia))
        {
            statements.Add(script[start..]);
        }

        return statements.Count == 0 ? [script] : statements.ToImmutable();
    }
}
