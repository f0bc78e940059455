using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>Reads CREATE INDEX as SQLite's own grammar does, with spans for every part.</summary>
internal static class CreateIndexReader
{
    /// <summary>Reads a whole statement.</summary>
    /// <exception cref="SqlSyntaxException">The text is no CREATE INDEX statement.</exception>
    public static CreateIndexSyntax Read(string sql)
    {
        TokenCursor cursor = new(sql);
        cursor.ExpectWord("CREATE");
        bool isUnique = cursor.TryWord("UNIQUE");
        cursor.ExpectWord("INDEX");
        cursor.SkipIfNotExists();
        (NameSyntax? schema, NameSyntax name) = cursor.ExpectQualifiedName("an index name");
        cursor.ExpectWord("ON");
        NameSyntax table = cursor.ExpectName("a table name");
        cursor.ExpectOperator("(");
        ImmutableArray<IndexedColumnSyntax> columns = IndexedColumnReader.ReadAll(cursor);
        cursor.ExpectOperator(")");
        SourceSpan? where = cursor.TryWord("WHERE") ? ReadWhere(cursor) : null;
        cursor.ExpectEnd("WHERE or the end of the statement");
        return new CreateIndexSyntax
        {
            Text = sql,
            Tokens = cursor.Tokens,
            IsUnique = isUnique,
            SchemaName = schema,
            Name = name,
            Table = table,
            Columns = columns,
            Where = where,
        };
    }

    private static SourceSpan ReadWhere(TokenCursor cursor)
    {
        int start = cursor.NextStart;
        cursor.SkipExpression();
        return cursor.LastEnd > start ? cursor.SpanFrom(start) : throw cursor.Unexpected("an expression");
    }
}
