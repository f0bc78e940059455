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
    /// SQLite takes GENERATED ALWAYS for the last two words of the type, and then cuts them off, or ALWAYS alone, if the whole
    /// is long enough to hold both (build.c, sqlite3AddColumn). The position of GENERATED is returned beside the type.
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

        if (!IsWord(words, 1, "ALWAYS") || Encoding.UTF8.GetByteCount(cursor.SpanFrom(start).In(cursor.Text)) < ShortestTail)
        {
            return (SpanOf(words, words.Count), null);
        }

        return IsWord(words, 2, "GENERATED")
            ? (SpanOf(words, words.Count - 2), words[^2].Span.Start)
            : (SpanOf(words, words.Count - 1), null);
    }

    private static SourceSpan? SpanOf(List<SqlToken> words, int count) =>
        count == 0 ? null : SourceSpan.FromBounds(words[0].Span.Start, words[count - 1].Span.End);

    private bool IsWord(List<SqlToken> words, int fromEnd, string word) =>
        words.Count >= fromEnd
        && words[^fromEnd].Kind is SqlTokenKind.Word
        && SqlKeywords.Is(words[^fromEnd].Span.In(cursor.Text), word);

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
