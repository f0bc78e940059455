using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Comparison;

/// <summary>Whether two defaults give a row the same value.</summary>
internal static class DefaultMeaning
{
    public static bool AreEqual(string? left, string? right) => SqlTokens.MeaningEquals(ValueOf(left), ValueOf(right));

    /// <summary>
    /// The default as a literal or expression without parentheses around it: no default is NULL; TRUE and FALSE are other words for 1
    /// and 0 (datatype3.html, section 2.1).
    /// </summary>
    public static string ValueOf(string? text)
    {
        string expression = WithoutParentheses(DefaultExpression.Of(text));
        return expression.ToUpperInvariant() switch
        {
            "TRUE" => "1",
            "FALSE" => "0",
            _ => expression,
        };
    }

    private static string WithoutParentheses(string text)
    {
        while (true)
        {
            SqlToken[] tokens = [.. SqlLexer.Tokenize(text).Where(token => !token.IsTrivia)];
            if (tokens.Length < 3 || !IsWrapped(text, tokens))
            {
                return tokens.Length == 0 ? "" : SourceSpan.FromBounds(tokens[0].Span.Start, tokens[^1].Span.End).TextIn(text);
            }

            text = SourceSpan.FromBounds(tokens[1].Span.Start, tokens[^2].Span.End).TextIn(text);
        }
    }

    private static bool IsWrapped(string text, SqlToken[] tokens)
    {
        int depth = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            depth += tokens[i].Span.In(text) switch
            {
                "(" when tokens[i].Kind is SqlTokenKind.Operator => 1,
                ")" when tokens[i].Kind is SqlTokenKind.Operator => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i == tokens.Length - 1;
            }
        }

        return false;
    }
}
