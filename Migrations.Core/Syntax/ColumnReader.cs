using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>Reads a column definition: name, declared type, constraints.</summary>
internal sealed class ColumnReader(TokenCursor cursor)
{
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
    /// SQLite takes GENERATED ALWAYS for the last two words of the type and then cuts them off (build.c, sqlite3AddColumn).
    /// Their position is returned beside the type.
    /// </summary>
    private (SourceSpan? Type, int? GeneratedStart) ReadType()
    {
        if (!cursor.IsTypeWord())
        {
            return (null, null);
        }

        int start = cursor.NextStart;
        int endBeforeTail = start;
        int? generatedStart = null;
        bool endsInGeneratedAlways = false;
        while (cursor.IsTypeWord())
        {
            endsInGeneratedAlways = generatedStart is not null && cursor.IsWord("ALWAYS");
            if (!endsInGeneratedAlways)
            {
                generatedStart = null;
            }

            if (cursor.IsWord("GENERATED"))
            {
                endBeforeTail = cursor.LastEnd;
                generatedStart = cursor.NextStart;
            }

            cursor.Take();
        }

        if (cursor.IsOperator("("))
        {
            ReadTypeArguments();
            return (cursor.SpanFrom(start), null);
        }

        if (!endsInGeneratedAlways)
        {
            return (cursor.SpanFrom(start), null);
        }

        return (generatedStart == start ? null : SourceSpan.FromBounds(start, endBeforeTail), generatedStart);
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
