namespace Migrations.Core.Syntax;

/// <summary>An indexed expression taken apart: the column if it is one, and the collation that SQLite gives the index.</summary>
internal readonly record struct IndexedExpression(SourceSpan Span, NameSyntax? Column, NameSyntax? Collation)
{
    private static readonly string[] ReservedOperators =
        ["AND", "OR", "NOT", "IS", "ISNULL", "NOTNULL", "IN", "BETWEEN", "LIKE", "GLOB", "REGEXP", "MATCH", "ESCAPE"];

    /// <summary>Takes parentheses and collations off an expression.</summary>
    /// <param name="text">The text that the tokens stand in.</param>
    /// <param name="tokens">The tokens of one expression, without trivia; at least one.</param>
    public static IndexedExpression From(string text, IReadOnlyList<SqlToken> tokens)
    {
        int first = 0;
        int last = tokens.Count - 1;
        int[] partners = MatchParentheses(text, tokens);
        NameSyntax? collation = null;
        for (; ; )
        {
            int operandEnd = last;
            while (EndsInCollate(text, tokens, first, operandEnd))
            {
                operandEnd -= 2;
            }

            if (operandEnd < last && IsOperand(text, tokens, partners, first, operandEnd))
            {
                collation ??= new NameSyntax(tokens[last].Span, SqlTokens.Name(text, tokens[last]));
                last = operandEnd;
            }
            else if (first < last && partners[first] == last)
            {
                first++;
                last--;
            }
            else
            {
                break;
            }
        }

        SourceSpan span = SourceSpan.FromBounds(tokens[first].Span.Start, tokens[last].Span.End);
        NameSyntax? column = first == last && IsColumn(text, tokens[first])
            ? new NameSyntax(span, SqlTokens.Name(text, tokens[first]))
            : null;
        return new IndexedExpression(span, column, collation);
    }

    private static bool EndsInCollate(string text, IReadOnlyList<SqlToken> tokens, int first, int last) =>
        last - first >= 2
        && tokens[last].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String
        && IsWord(text, tokens[last - 1], "COLLATE");

    /// <summary>COLLATE binds tighter than every operator between two values: in "a || b COLLATE c" it belongs to b.</summary>
    private static bool IsOperand(string text, IReadOnlyList<SqlToken> tokens, int[] partners, int first, int last)
    {
        while (first < last && IsMark(text, tokens[first], '+', '-', '~'))
        {
            first++;
        }

        int caseDepth = 0;
        for (int i = first; i <= last; i = partners[i] > i ? partners[i] + 1 : i + 1)
        {
            caseDepth += IsWord(text, tokens[i], "CASE") ? 1 : caseDepth > 0 && IsWord(text, tokens[i], "END") ? -1 : 0;
            bool isBinary = (tokens[i].Kind is SqlTokenKind.Operator && partners[i] < 0 && !IsMark(text, tokens[i], '.', '.', '.'))
                || (first < last && tokens[i].Kind is SqlTokenKind.Word && IsWordOperator(text, tokens[i]));
            if (isBinary && caseDepth == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsColumn(string text, SqlToken token) =>
        token.Kind is SqlTokenKind.QuotedName or SqlTokenKind.String
        || (token.Kind is SqlTokenKind.Word
            && SqlKeywords.CanBeName(token.Span.In(text))
            && !SqlKeywords.IsCurrentTime(token.Span.In(text)));

    private static int[] MatchParentheses(string text, IReadOnlyList<SqlToken> tokens)
    {
        int[] partners = new int[tokens.Count];
        Array.Fill(partners, -1);
        Stack<int> open = [];
        for (int i = 0; i < tokens.Count; i++)
        {
            if (IsMark(text, tokens[i], '(', '(', '('))
            {
                open.Push(i);
            }
            else if (IsMark(text, tokens[i], ')', ')', ')') && open.TryPop(out int partner))
            {
                partners[i] = partner;
                partners[partner] = i;
            }
        }

        return partners;
    }

    private static bool IsMark(string text, SqlToken token, char a, char b, char c) =>
        token is { Kind: SqlTokenKind.Operator, Span.Length: 1 }
        && (text[token.Span.Start] == a || text[token.Span.Start] == b || text[token.Span.Start] == c);

    private static bool IsWord(string text, SqlToken token, string word) =>
        token.Kind is SqlTokenKind.Word && SqlKeywords.Is(token.Span.In(text), word);

    private static bool IsWordOperator(string text, SqlToken token)
    {
        foreach (string word in ReservedOperators)
        {
            if (IsWord(text, token, word))
            {
                return true;
            }
        }

        return false;
    }
}
