using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>What single tokens, and sequences of them, mean.</summary>
internal static class SqlTokens
{
    /// <summary>The name that a word, quoted name or string token spells.</summary>
    public static SqlIdentifier Name(string text, SqlToken token)
    {
        ReadOnlySpan<char> written = token.Span.In(text);
        if (token.Kind is not (SqlTokenKind.QuotedName or SqlTokenKind.String))
        {
            return written.ToString();
        }

        string inner = written[1..^1].ToString();
        string quote = written[..1].ToString();
        return quote == "[" ? inner : inner.Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether two pieces of SQL are the same but for white space, comments, the case of keywords and names, and quotes
    /// around names that need none.
    /// </summary>
    public static bool MeaningEquals(string left, string right)
    {
        ImmutableArray<SqlToken> leftTokens = SqlLexer.Tokenize(left);
        ImmutableArray<SqlToken> rightTokens = SqlLexer.Tokenize(right);
        for (int i = 0, j = 0; ; i++, j++)
        {
            i = SkipTrivia(leftTokens, i);
            j = SkipTrivia(rightTokens, j);
            if (i == leftTokens.Length || j == rightTokens.Length)
            {
                return i == leftTokens.Length && j == rightTokens.Length;
            }

            if (!TokenEquals(left, leftTokens[i], right, rightTokens[j]))
            {
                return false;
            }
        }
    }

    private static int SkipTrivia(ImmutableArray<SqlToken> tokens, int index)
    {
        while (index < tokens.Length && tokens[index].IsTrivia)
        {
            index++;
        }

        return index;
    }

    private static bool TokenEquals(string left, SqlToken leftToken, string right, SqlToken rightToken)
    {
        if (leftToken.Kind == rightToken.Kind)
        {
            return leftToken.Kind switch
            {
                SqlTokenKind.QuotedName => Name(left, leftToken) == Name(right, rightToken),
                SqlTokenKind.String or SqlTokenKind.Variable or SqlTokenKind.Illegal =>
                    leftToken.Span.In(left).SequenceEqual(rightToken.Span.In(right)),
                _ => SqlText.EqualsIgnoreAsciiCase(leftToken.Span.In(left), rightToken.Span.In(right)),
            };
        }

        return (leftToken.Kind, rightToken.Kind) switch
        {
            (SqlTokenKind.Word, SqlTokenKind.QuotedName) => WordEqualsQuoted(left, leftToken, right, rightToken),
            (SqlTokenKind.QuotedName, SqlTokenKind.Word) => WordEqualsQuoted(right, rightToken, left, leftToken),
            _ => false,
        };
    }

    private static bool WordEqualsQuoted(string text, SqlToken word, string quotedText, SqlToken quoted)
    {
        ReadOnlySpan<char> written = word.Span.In(text);
        return Name(quotedText, quoted) == Name(text, word)
            && SqlKeywords.CanBeName(written)
            && !SqlKeywords.IsCurrentTime(written)
            && !SqlKeywords.Is(written, "TRUE")
            && !SqlKeywords.Is(written, "FALSE");
    }
}
