using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>
/// Which names a piece of SQL mentions, by token: values, comments and reserved words are opaque.
/// An answer "no" is certain; "yes" may mean another object of the same name, or a keyword that can also be a name.
/// </summary>
internal static class NameReferences
{
    public static bool Mentions(string sql, SqlIdentifier name) => Mentions(sql, new SourceSpan(0, sql.Length), name);

    /// <summary>As for a whole text, for a stretch of it that begins and ends between tokens.</summary>
    public static bool Mentions(string sql, SourceSpan within, SqlIdentifier name)
    {
        string text = within.TextIn(sql);
        return NameTokens.In(text).Any(token => SqlTokens.Name(text, token) == name);
    }

    /// <summary>
    /// The qualifiers "table." and "schema.table." before a column's name, in source order: each span reaches from the first
    /// name to the column's name, so that it can be replaced or left out.
    /// </summary>
    public static ImmutableArray<SourceSpan> Qualifiers(string sql, SourceSpan within, SqlIdentifier table)
    {
        string text = within.TextIn(sql);
        ImmutableArray<SqlToken> tokens = [.. SqlLexer.Tokenize(text).Where(token => !token.IsTrivia)];
        ImmutableArray<SourceSpan>.Builder spans = ImmutableArray.CreateBuilder<SourceSpan>();
        for (int first = 0; first < tokens.Length;)
        {
            int last = LastOfChain(text, tokens, first);
            if (last - first >= 2 && SqlTokens.Name(text, tokens[last - 2]) == table)
            {
                spans.Add(SourceSpan.FromBounds(
                    within.Start + tokens[first].Span.Start, within.Start + tokens[last].Span.Start));
            }

            first = last + 1;
        }

        return spans.DrainToImmutable();
    }

    /// <summary>The last token of "a.b.c" beginning at <paramref name="first"/>, or that token itself.</summary>
    private static int LastOfChain(string text, ImmutableArray<SqlToken> tokens, int first)
    {
        int last = first;
        while (IsName(tokens[last])
            && last + 2 < tokens.Length
            && tokens[last + 1].Kind is SqlTokenKind.Operator
            && tokens[last + 1].Span.In(text) is "."
            && IsName(tokens[last + 2]))
        {
            last += 2;
        }

        return last;
    }

    private static bool IsName(SqlToken token) =>
        token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String;
}
