using System.Collections.Immutable;
using System.Text;

namespace Migrations.Core.Syntax;

/// <summary>Reads a column definition: name, declared type, constraints.</summary>
internal sealed class ColumnReader(TokenCursor cursor)
{
    /// <summary>The length of "GENERATED ALWAYS" in bytes.</summary>
    private const int ShortestTail = 16;

    /// <summary>
    /// What a DEFERRABLE clause of the column read last, standing before any REFERENCES of that column, makes of the foreign
    /// key of an earlier column; null where there is none.
    /// </summary>
    public bool? EarlierDeferral { get; private set; }

    public ColumnSyntax Read()
    {
        NameSyntax name = cursor.ExpectName("a column name");
        (SourceSpan? type, int? generatedStart) = ReadType();
        ColumnConstraintReader reader = new(cursor);
        ImmutableArray<ColumnConstraintSyntax> constraints = reader.ReadAll(generatedStart);
        EarlierDeferral = reader.EarlierDeferral;
        return new ColumnSyntax(cursor.SpanFrom(name.Span.Start), name, type, constraints);
    }

    /// <summary>
    /// SQLite takes GENERATED ALWAYS for the last two words of the type, and then cuts them off the text, or ALWAYS alone, if the
    /// whole is long enough to hold both (build.c, sqlite3AddColumn). The position of GENERATED is returned beside the type.
    /// </summary>
    private (SourceSpan? Type, int? GeneratedStart) ReadType()
    {
        int start = cursor.NextStart;
        List<SqlToken> words = [];
        while (cursor.IsTypeWord())
        {
            words.Add(cursor.Take());
        }

        if (words.Count > 0 && cursor.IsOperator("("))
        {
            ReadTypeArguments();
            return (cursor.SpanFrom(start), null);
        }

        if (words.Count == 0)
        {
            return (null, null);
        }

        SourceSpan written = SourceSpan.FromBounds(words[0].Span.Start, words[^1].Span.End);
        if (!EndsWith(written, "ALWAYS") || Encoding.UTF8.GetByteCount(written.In(cursor.Text)) < ShortestTail)
        {
            return (written, null);
        }

        SourceSpan withoutAlways = Cut(written, "ALWAYS");
        if (!EndsWith(withoutAlways, "GENERATED"))
        {
            return (withoutAlways, null);
        }

        SourceSpan type = Cut(withoutAlways, "GENERATED");
        return (type.Length == 0 ? null : type, withoutAlways.End - "GENERATED".Length);
    }

    private bool EndsWith(SourceSpan span, string word) =>
        span.Length >= word.Length && SqlKeywords.Is(span.In(cursor.Text)[^word.Length..], word);

    /// <summary>Without a last word and the white space before it; a comment there stays part of the type.</summary>
    private SourceSpan Cut(SourceSpan span, string word)
    {
        int length = span.Length - word.Length;
        while (length > 0 && cursor.Text[span.Start + length - 1] is ' ' or (>= '\t' and <= '\r'))
        {
            length--;
        }

        return span with { Length = length };
    }

    private void ReadTypeArguments()
    {
        cursor.ExpectOperator("(");
        ReadSignedNumber();
        if (cursor.TryOperator(","))
        {
            ReadSignedNumber();
        }

        cursor.ExpectOperator(")");
    }

    private void ReadSignedNumber()
    {
        _ = cursor.TryOperator("+") || cursor.TryOperator("-");

        // Digit separators are for expressions only.
        if ((cursor.IsKind(SqlTokenKind.Integer) || cursor.IsKind(SqlTokenKind.Float)) && !cursor.NextText.Contains('_'))
        {
            cursor.Take();
            return;
        }

        throw cursor.Unexpected("a number");
    }
}
