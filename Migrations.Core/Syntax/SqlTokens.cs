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
    /// around names that need none. The case of what stands in double quotes counts, for it may be a string (hazard 103).
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

    /// <summary>
    /// Whether two values of DEFAULT are the same: as <see cref="MeaningEquals"/>, but that a single name there is a string,
    /// whose case counts.
    /// </summary>
    public static bool DefaultEquals(string left, string right) =>
        MeaningEquals(left, right) && (WordOf(left), WordOf(right)) switch
        {
            (null, null) => true,
            ({ } leftWord, { } rightWord) => leftWord == rightWord || (IsValueWord(leftWord) && IsValueWord(rightWord)),
            _ => false,
        };

    private static bool IsValueWord(string word) =>
        SqlKeywords.IsCurrentTime(word)
        || SqlKeywords.Is(word, "NULL")
        || SqlKeywords.Is(word, "TRUE")
        || SqlKeywords.Is(word, "FALSE");

    /// <summary>The text of a single word or quoted name, null for all else.</summary>
    private static string? WordOf(string text)
    {
        ImmutableArray<SqlToken> tokens = SqlLexer.Tokenize(text);
        int first = SkipTrivia(tokens, 0);
        return first < tokens.Length
            && tokens[first].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName
            && SkipTrivia(tokens, first + 1) == tokens.Length
                ? Name(text, tokens[first]).Name
                : null;
    }

    /// <summary>The text, so that more can follow it: a line comment at its end gets its line's end.</summary>
    public static string Closed(string sql) =>
        EndsInLineComment(sql) ? sql + "\n" : sql;

    public static bool EndsInLineComment(string sql) =>
        SqlLexer.Tokenize(sql) is [.., { Kind: SqlTokenKind.Comment } last] && last.Span.In(sql).StartsWith("--");

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
                SqlTokenKind.QuotedName => NameEquals(left, leftToken, right, rightToken),
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
        return NameEquals(text, word, quotedText, quoted)
            && SqlKeywords.CanBeName(written)
            && !SqlKeywords.IsCurrentTime(written)
            && !SqlKeywords.Is(written, "TRUE")
            && !SqlKeywords.Is(written, "FALSE");
    }

    private static bool NameEquals(string left, SqlToken leftToken, string right, SqlToken rightToken)
    {
        SqlIdentifier leftName = Name(left, leftToken);
        SqlIdentifier rightName = Name(right, rightToken);
        bool mayBeString = left[leftToken.Span.Start] == '"' || right[rightToken.Span.Start] == '"';
        return mayBeString ? leftName.Name == rightName.Name : leftName == rightName;
    }

    /// <summary>The comments of a text, in their order.</summary>
    public static IEnumerable<string> Comments(string sql) =>
        SqlLexer.Tokenize(sql).Where(token => token.Kind == SqlTokenKind.Comment).Select(token => token.Span.TextIn(sql));
}
