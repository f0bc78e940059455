using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>
/// Reads the list of columns of an index, PRIMARY KEY or UNIQUE ("sortlist" of SQLite's grammar), where every column may also
/// be an expression. A column in parentheses is that column.
/// </summary>
internal static class IndexedColumnReader
{
    public static ImmutableArray<IndexedColumnSyntax> ReadAll(TokenCursor cursor)
    {
        ImmutableArray<IndexedColumnSyntax>.Builder columns = ImmutableArray.CreateBuilder<IndexedColumnSyntax>();
        do
        {
            columns.Add(Read(cursor));
        }
        while (cursor.TryOperator(","));

        return columns.DrainToImmutable();
    }

    private static IndexedColumnSyntax Read(TokenCursor cursor)
    {
        int start = cursor.NextStart;
        List<SqlToken> tokens = [];
        for (int depth = 0; !cursor.IsAtEnd && !IsEnd(cursor, depth, tokens.Count);)
        {
            depth += cursor.IsOperator("(") ? 1 : cursor.IsOperator(")") ? -1 : 0;
            tokens.Add(cursor.Take());
        }

        if (tokens.Count == 0)
        {
            throw cursor.Unexpected("a column name or an expression");
        }

        bool isDescending = ClauseReader.ReadDescending(cursor);
        IndexedExpression expression = IndexedExpression.From(cursor.Text, tokens);
        return new IndexedColumnSyntax(
            cursor.SpanFrom(start), expression.Span, expression.Column, expression.Collation, isDescending);
    }

    private static bool IsEnd(TokenCursor cursor, int depth, int taken)
    {
        if (cursor.Next.Kind is SqlTokenKind.Illegal || cursor.IsOperator(";"))
        {
            throw cursor.Unexpected(depth > 0 ? "\")\"" : "\",\" or \")\"");
        }

        if (depth > 0)
        {
            return false;
        }

        if (cursor.IsOperator(")") || cursor.IsOperator(",") || cursor.IsWord("AUTOINCREMENT"))
        {
            return true;
        }

        // ASC and DESC can be names; they end an expression only where nothing more of it can follow.
        return taken > 0
            && (cursor.IsWord("ASC") || cursor.IsWord("DESC"))
            && (cursor.IsOperator(")", 1) || cursor.IsOperator(",", 1) || cursor.IsWord("AUTOINCREMENT", 1));
    }
}
