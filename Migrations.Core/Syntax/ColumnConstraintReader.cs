using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>Reads the constraints of one column ("carglist" of SQLite's grammar).</summary>
internal sealed class ColumnConstraintReader(TokenCursor cursor)
{
    private readonly List<ColumnConstraintSyntax> constraints = [];

    /// <summary>What a DEFERRABLE clause before any REFERENCES of this column says; null where there is none.</summary>
    public bool? EarlierDeferral { get; private set; }

    /// <summary>Reads up to the first token that begins no constraint.</summary>
    /// <param name="generatedStart">Where GENERATED ALWAYS stands, if it was read as the end of the type.</param>
    public ImmutableArray<ColumnConstraintSyntax> ReadAll(int? generatedStart)
    {
        if (generatedStart is int tail && cursor.IsWord("AS"))
        {
            constraints.Add(ReadGenerated(tail, name: null));
        }

        while (ReadOne())
        {
        }

        return [.. constraints];
    }

    private bool ReadOne()
    {
        int start = cursor.NextStart;
        NameSyntax? name = cursor.TryWord("CONSTRAINT") ? cursor.ExpectName("a constraint name") : null;
        if (IsDeferral())
        {
            ReadDeferral(start, name);
            return true;
        }

        ColumnConstraintSyntax? constraint = ReadConstraint(start, name);
        if (constraint is null && name is not null)
        {
            constraint = new DanglingNameSyntax(cursor.SpanFrom(start), name);
        }

        if (constraint is null)
        {
            return false;
        }

        constraints.Add(constraint);
        return true;
    }

    private ColumnConstraintSyntax? ReadConstraint(int start, NameSyntax? name)
    {
        if (cursor.TryWord("DEFAULT"))
        {
            SourceSpan value = ReadDefaultValue();
            return new DefaultSyntax(cursor.SpanFrom(start), name, value);
        }

        if (cursor.TryWord("NULL"))
        {
            ConflictClauseSyntax? conflict = ClauseReader.ReadConflict(cursor);
            return new NullSyntax(cursor.SpanFrom(start), name, conflict);
        }

        if (cursor.TryWord("NOT"))
        {
            cursor.ExpectWord("NULL");
            ConflictClauseSyntax? conflict = ClauseReader.ReadConflict(cursor);
            return new NotNullSyntax(cursor.SpanFrom(start), name, conflict);
        }

        if (cursor.TryWord("PRIMARY"))
        {
            return ReadPrimaryKey(start, name);
        }

        if (cursor.TryWord("UNIQUE"))
        {
            ConflictClauseSyntax? conflict = ClauseReader.ReadConflict(cursor);
            return new ColumnUniqueSyntax(cursor.SpanFrom(start), name, conflict);
        }

        if (cursor.TryWord("CHECK"))
        {
            SourceSpan expression = cursor.ExpectParenthesized();
            return new ColumnCheckSyntax(cursor.SpanFrom(start), name, expression);
        }

        if (cursor.IsWord("REFERENCES"))
        {
            ForeignKeyClauseSyntax reference = ClauseReader.ReadForeignKey(cursor);
            return new ColumnReferencesSyntax(cursor.SpanFrom(start), name, reference);
        }

        if (cursor.TryWord("COLLATE"))
        {
            NameSyntax collation = cursor.IsTypeWord() ? cursor.TakeName() : throw cursor.Unexpected("a collation");
            return new CollateSyntax(cursor.SpanFrom(start), name, collation);
        }

        if (cursor.TryWord("GENERATED"))
        {
            cursor.ExpectWord("ALWAYS");
            return ReadGenerated(start, name);
        }

        return cursor.IsWord("AS") ? ReadGenerated(start, name) : null;
    }

    private ColumnPrimaryKeySyntax ReadPrimaryKey(int start, NameSyntax? name)
    {
        cursor.ExpectWord("KEY");
        bool isDescending = ClauseReader.ReadDescending(cursor);
        ConflictClauseSyntax? conflict = ClauseReader.ReadConflict(cursor);
        SourceSpan? autoIncrement = cursor.IsWord("AUTOINCREMENT") ? cursor.Take().Span : null;
        return new ColumnPrimaryKeySyntax(cursor.SpanFrom(start), name, isDescending, conflict, autoIncrement);
    }

    private GeneratedSyntax ReadGenerated(int start, NameSyntax? name)
    {
        cursor.ExpectWord("AS");
        SourceSpan expression = cursor.ExpectParenthesized();
        bool isStored = cursor.TryWord("STORED");
        _ = isStored || cursor.TryWord("VIRTUAL");
        return new GeneratedSyntax(cursor.SpanFrom(start), name, expression, isStored);
    }

    private SourceSpan ReadDefaultValue()
    {
        int start = cursor.NextStart;
        if (cursor.IsOperator("("))
        {
            cursor.ExpectParenthesized();
            return cursor.SpanFrom(start);
        }

        bool isSigned = cursor.TryOperator("+") || cursor.TryOperator("-");
        if (!IsTerm() && (isSigned || !IsId()))
        {
            throw cursor.Unexpected("a default value");
        }

        cursor.Take();
        return cursor.SpanFrom(start);
    }

    /// <summary>A literal, or CURRENT_TIMESTAMP and its kind.</summary>
    private bool IsTerm() =>
        !cursor.IsAtEnd
        && (cursor.Next.Kind is SqlTokenKind.String or SqlTokenKind.Blob or SqlTokenKind.Integer or SqlTokenKind.Float
            || cursor.IsWord("NULL")
            || (cursor.IsKind(SqlTokenKind.Word) && SqlKeywords.IsCurrentTime(cursor.NextText)));

    private bool IsId() =>
        cursor.IsKind(SqlTokenKind.QuotedName)
        || (cursor.IsKind(SqlTokenKind.Word) && SqlKeywords.CanBeId(cursor.NextText));

    private bool IsDeferral() => cursor.IsWord("DEFERRABLE") || (cursor.IsWord("NOT") && cursor.IsWord("DEFERRABLE", 1));

    /// <summary>
    /// A DEFERRABLE clause that does not follow its REFERENCES directly is a constraint of its own to SQLite and changes the
    /// foreign key declared last.
    /// </summary>
    private void ReadDeferral(int start, NameSyntax? name)
    {
        bool isDeferred = ClauseReader.ReadDeferral(cursor) ?? false;
        constraints.Add(new DanglingNameSyntax(cursor.SpanFrom(start), name));
        int last = constraints.FindLastIndex(constraint => constraint is ColumnReferencesSyntax);
        if (last < 0)
        {
            EarlierDeferral = isDeferred;
            return;
        }

        var references = (ColumnReferencesSyntax)constraints[last];
        constraints[last] = references with { Reference = references.Reference with { InitiallyDeferred = isDeferred } };
    }
}
