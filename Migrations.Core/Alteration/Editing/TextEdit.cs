using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Editing;

/// <summary>Edits of a statement's text at known places.</summary>
internal static class TextEdit
{
    public static string Replace(string text, SourceSpan span, string replacement) =>
        string.Concat(text.AsSpan(0, span.Start), replacement, text.AsSpan(span.End));

    public static string Insert(string text, int position, string insertion) => text.Insert(position, insertion);

    /// <summary>Takes out a stretch with the white space before it, unless that white space ends a line comment.</summary>
    public static string Remove(string text, SourceSpan span)
    {
        int start = span.Start;
        while (start > 0 && char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        bool afterLineComment = SqlLexer.Tokenize(text[..start]) is [.., { Kind: SqlTokenKind.Comment }];
        return Replace(text, SourceSpan.FromBounds(afterLineComment ? span.Start : start, span.End), "");
    }
}
