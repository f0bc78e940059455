using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>Walks over the tokens of a text that mean something, passing white space and comments. Mutable; for one reader.</summary>
internal sealed class TokenCursor
{
    /// <summary>The longest token still shown whole in a message.</summary>
    private const int LongestShown = 40;

    private readonly int[] significant;
    private int position;

    public TokenCursor(string text)
    {
        Text = text;
        Tokens = SqlLexer.Tokenize(text);
        List<int> indices = new(Tokens.Length);
        for (int i = 0; i < Tokens.Length; i++)
        {
            if (!Tokens[i].IsTrivia)
            {
                indices.Add(i);
            }
        }

        significant = [.. indices];
    }

    public string Text { get; }

    public ImmutableArray<SqlToken> Tokens { get; }

    public bool IsAtEnd => position == significant.Length;

    /// <summary>The next token. There must be one.</summary>
    public SqlToken Next => Tokens[significant[position]];

    /// <summary>The position of the next token, or of the end of the text.</summary>
    public int NextStart => IsAtEnd ? Text.Length : Next.Span.Start;

    /// <summary>The end of the token taken last, 0 before the first.</summary>
    public int LastEnd => position == 0 ? 0 : Tokens[significant[position - 1]].Span.End;

    public ReadOnlySpan<char> NextText => Next.Span.In(Text);

    public SourceSpan SpanFrom(int start) => SourceSpan.FromBounds(start, LastEnd);

    public SqlToken Take() => Tokens[significant[position++]];

    public bool IsWord(string keyword, int ahead = 0) =>
        Peek(ahead) is { Kind: SqlTokenKind.Word } token && SqlKeywords.Is(token.Span.In(Text), keyword);

    public bool IsOperator(string mark, int ahead = 0) =>
        Peek(ahead) is { Kind: SqlTokenKind.Operator } token && token.Span.In(Text).SequenceEqual(mark);

    public bool IsKind(SqlTokenKind kind) => Peek(0)?.Kind == kind;

    public bool TryWord(string keyword)
    {
        bool isNext = IsWord(keyword);
        position += isNext ? 1 : 0;
        return isNext;
    }

    public bool TryOperator(string mark)
    {
        bool isNext = IsOperator(mark);
        position += isNext ? 1 : 0;
        return isNext;
    }

    public SourceSpan ExpectWord(string keyword) => IsWord(keyword) ? Take().Span : throw Unexpected(keyword);

    public SourceSpan ExpectOperator(string mark) => IsOperator(mark) ? Take().Span : throw Unexpected($"\"{mark}\"");

    /// <summary>"nm" of SQLite's grammar: a bare word that is not reserved, a quoted name or a string.</summary>
    public bool IsName(int ahead = 0) =>
        Peek(ahead) is { } token
        && (token.Kind is SqlTokenKind.QuotedName or SqlTokenKind.String
            || (token.Kind is SqlTokenKind.Word && SqlKeywords.CanBeName(token.Span.In(Text))));

    /// <summary>"ids" of SQLite's grammar: as a name, but for the words that begin a join and INDEXED.</summary>
    public bool IsTypeWord() =>
        Peek(0) is { } token
        && (token.Kind is SqlTokenKind.QuotedName or SqlTokenKind.String
            || (token.Kind is SqlTokenKind.Word && SqlKeywords.CanBeTypeWord(token.Span.In(Text))));

    public NameSyntax ExpectName(string expected) => IsName() ? TakeName() : throw Unexpected(expected);

    public NameSyntax TakeName()
    {
        SqlToken token = Take();
        return new NameSyntax(token.Span, SqlTokens.Name(Text, token));
    }

    /// <summary>"(a, b)": names in parentheses.</summary>
    public ImmutableArray<NameSyntax> ExpectNames()
    {
        ExpectOperator("(");
        ImmutableArray<NameSyntax>.Builder names = ImmutableArray.CreateBuilder<NameSyntax>();
        do
        {
            names.Add(ExpectName("a column name"));
            SkipLegacyOrder();
        }
        while (TryOperator(","));

        ExpectOperator(")");
        return names.DrainToImmutable();
    }

    /// <summary>Takes an expression in parentheses and returns the span of what stands between them.</summary>
    public SourceSpan ExpectParenthesized()
    {
        ExpectOperator("(");
        int start = NextStart;
        if (IsOperator(")"))
        {
            throw Unexpected("an expression");
        }

        SkipExpression();
        SourceSpan inner = SpanFrom(start);
        ExpectOperator(")");
        return inner;
    }

    /// <summary>
    /// Passes the tokens of an expression up to the closing parenthesis, semicolon or end of the text that ends it.
    /// </summary>
    public void SkipExpression()
    {
        int depth = 0;
        for (; !IsAtEnd; position++)
        {
            if (depth == 0 && (IsOperator(")") || IsOperator(";")))
            {
                return;
            }

            if (Next.Kind is SqlTokenKind.Illegal || IsOperator(";") || (depth == 0 && IsOperator(",")))
            {
                break;
            }

            depth += IsOperator("(") ? 1 : IsOperator(")") ? -1 : 0;
        }

        if (depth > 0 || !IsAtEnd)
        {
            throw Unexpected(depth > 0 || IsOperator(",") ? "\")\"" : "an expression");
        }
    }

    /// <summary>"schema.name" or "name".</summary>
    public (NameSyntax? Schema, NameSyntax Name) ExpectQualifiedName(string expected)
    {
        NameSyntax first = ExpectName(expected);
        return TryOperator(".") ? (first, ExpectName(expected)) : (null, first);
    }

    public void SkipIfNotExists()
    {
        if (TryWord("IF"))
        {
            ExpectWord("NOT");
            ExpectWord("EXISTS");
        }
    }

    /// <summary>Semicolons may follow a statement; nothing else.</summary>
    public void ExpectEnd(string expected)
    {
        while (TryOperator(";"))
        {
        }

        if (!IsAtEnd)
        {
            throw Unexpected(expected);
        }
    }

    public SqlSyntaxException Unexpected(string expected)
    {
        string found = IsAtEnd ? "unexpected end of the text"
            : Next.Kind is SqlTokenKind.Illegal ? $"unrecognized token {Quote(NextText)}"
            : $"unexpected {Quote(NextText)}";
        return Refuse($"{found}, expected {expected}");
    }

    public SqlSyntaxException Refuse(string reason)
    {
        (int line, int column) = SqlSyntaxException.Locate(Text, NextStart);
        return new SqlSyntaxException($"line {line}, column {column}: {reason}", Text, NextStart);
    }

    private static string Quote(ReadOnlySpan<char> token) =>
        token.Length <= LongestShown ? $"\"{token}\"" : $"\"{token[..LongestShown]}...\"";

    private SqlToken? Peek(int ahead) =>
        position + ahead < significant.Length ? Tokens[significant[position + ahead]] : null;

    // Older versions of SQLite stored COLLATE and ASC or DESC in lists of names. They mean nothing; SQLite still reads them in
    // a stored text but takes them in no new one (parse.y, eidlist).
    private void SkipLegacyOrder()
    {
        if (TryWord("COLLATE"))
        {
            _ = IsTypeWord() ? Take() : throw Unexpected("a collation");
        }

        _ = TryWord("ASC") || TryWord("DESC");
    }
}
