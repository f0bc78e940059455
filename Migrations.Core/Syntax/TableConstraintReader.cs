using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>Reads the constraints after the last column ("conslist" of SQLite's grammar).</summary>
internal static class TableConstraintReader
{
    public static bool IsNext(TokenCursor cursor) =>
        cursor.IsWord("CONSTRAINT") || cursor.IsWord("PRIMARY") || cursor.IsWord("UNIQUE") || cursor.IsWord("CHECK")
        || cursor.IsWord("FOREIGN");

    public static ImmutableArray<TableConstraintSyntax> ReadAll(TokenCursor cursor)
    {
        ImmutableArray<TableConstraintSyntax>.Builder constraints = ImmutableArray.CreateBuilder<TableConstraintSyntax>();
        do
        {
            constraints.Add(IsNext(cursor) ? Read(cursor) : throw cursor.Unexpected("a table constraint"));
        }
        while (cursor.TryOperator(",") || IsNext(cursor));

        return cursor.IsOperator(")")
            ? constraints.DrainToImmutable()
            : throw cursor.Unexpected("a table constraint, \",\" or \")\"");
    }

    private static TableConstraintSyntax Read(TokenCursor cursor)
    {
        int start = cursor.NextStart;
        NameSyntax? name = cursor.TryWord("CONSTRAINT") ? cursor.ExpectName("a constraint name") : null;
        if (cursor.TryWord("PRIMARY"))
        {
            cursor.ExpectWord("KEY");
            cursor.ExpectOperator("(");
            ImmutableArray<IndexedColumnSyntax> columns = IndexedColumnReader.ReadAll(cursor);
            SourceSpan? autoIncrement = cursor.IsWord("AUTOINCREMENT") ? cursor.Take().Span : null;
            cursor.ExpectOperator(")");
            ConflictClauseSyntax? conflict = ClauseReader.ReadConflict(cursor);
            return new TablePrimaryKeySyntax(cursor.SpanFrom(start), name, columns, autoIncrement, conflict);
        }

        if (cursor.TryWord("UNIQUE"))
        {
            cursor.ExpectOperator("(");
            ImmutableArray<IndexedColumnSyntax> columns = IndexedColumnReader.ReadAll(cursor);
            cursor.ExpectOperator(")");
            ConflictClauseSyntax? conflict = ClauseReader.ReadConflict(cursor);
            return new TableUniqueSyntax(cursor.SpanFrom(start), name, columns, conflict);
        }

        if (cursor.TryWord("CHECK"))
        {
            SourceSpan expression = cursor.ExpectParenthesized();
            ConflictClauseSyntax? conflict = ClauseReader.ReadConflict(cursor);
            return new TableCheckSyntax(cursor.SpanFrom(start), name, expression, conflict);
        }

        if (cursor.TryWord("FOREIGN"))
        {
            cursor.ExpectWord("KEY");
            ImmutableArray<NameSyntax> columns = cursor.ExpectNames();
            ForeignKeyClauseSyntax reference = ClauseReader.ReadForeignKey(cursor);
            return new TableForeignKeySyntax(cursor.SpanFrom(start), name, columns, reference);
        }

        return new DanglingTableNameSyntax(cursor.SpanFrom(start), name);
    }
}
