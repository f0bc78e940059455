using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>The text after DEFAULT (syntax/column-constraint.html).</summary>
internal static class DefaultText
{
    private static readonly SqlIdentifier[] Words = ["CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"];

    /// <summary>An expression in parentheses, or one of the words that stand for the time as it is.</summary>
    public static string OfExpression(string sql)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        string trimmed = sql.Trim();
        return Words.Contains(trimmed) || IsInParentheses(trimmed) ? trimmed : $"({trimmed})";
    }

    /// <summary>
    /// Whether one pair of parentheses encloses the whole text, as that of "(a) + (b)" does not; nor that of "(a) -- b", which would
    /// take what follows it into the comment.
    /// </summary>
    public static bool IsInParentheses(string sql)
    {
        int depth = 0;
        bool isEnclosed = false;
        foreach (SqlToken token in SqlLexer.Tokenize(sql).Where(token => token.Kind != SqlTokenKind.Whitespace))
        {
            if (isEnclosed || (depth == 0 && sql[token.Span.Start] != '('))
            {
                return false;
            }

            // Parentheses inside strings, names and comments are no tokens of their own.
            depth += token.Span.TextIn(sql) switch { "(" => 1, ")" => -1, _ => 0 };
            isEnclosed = depth == 0;
        }

        return isEnclosed;
    }
}
