using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>
/// Reads CREATE TABLE as SQLite's own grammar does (parse.y), with spans for every part. Expressions are passed over by their
/// parentheses; SQLite has judged them already.
/// </summary>
internal static class CreateTableReader
{
    /// <summary>Reads a whole statement.</summary>
    /// <exception cref="SqlSyntaxException">
    /// The text is no CREATE TABLE with column definitions, or breaks SQLite's grammar.
    /// </exception>
    public static CreateTableSyntax Read(string sql)
    {
        TokenCursor cursor = new(sql);
        cursor.ExpectWord("CREATE");
        bool isTemporary = cursor.TryWord("TEMP") || cursor.TryWord("TEMPORARY");
        if (cursor.IsWord("VIRTUAL"))
        {
            throw cursor.Refuse("a virtual table has no column definitions of its own; its module declares them");
        }

        cursor.ExpectWord("TABLE");
        cursor.SkipIfNotExists();
        (NameSyntax? schema, NameSyntax name) = cursor.ExpectQualifiedName("a table name");
        if (cursor.IsWord("AS"))
        {
            throw cursor.Refuse(
                "CREATE TABLE ... AS SELECT has no column definitions; SQLite stores such a table with its columns written out");
        }

        SourceSpan open = cursor.ExpectOperator("(");
        (ImmutableArray<ColumnSyntax> columns, ImmutableArray<TableConstraintSyntax> constraints) = ReadBody(cursor);
        SourceSpan close = cursor.ExpectOperator(")");
        ImmutableArray<TableOptionSyntax> options = ReadOptions(cursor);
        cursor.ExpectEnd("the end of the statement");
        return new CreateTableSyntax
        {
            Text = sql,
            Tokens = cursor.Tokens,
            IsTemporary = isTemporary,
            SchemaName = schema,
            Name = name,
            Open = open,
            Close = close,
            Columns = columns,
            Constraints = constraints,
            Options = options,
        };
    }

    /// <summary>Reads a column definition that stands alone, as after ALTER TABLE ... ADD COLUMN.</summary>
    /// <exception cref="SqlSyntaxException">The text is no column definition, or more than one.</exception>
    public static ColumnSyntax ReadColumn(string definition)
    {
        TokenCursor cursor = new(definition);
        ColumnSyntax column = new ColumnReader(cursor).Read();
        return cursor.IsAtEnd ? column : throw cursor.Unexpected("a column constraint or the end of the definition");
    }

    private static (ImmutableArray<ColumnSyntax> Columns, ImmutableArray<TableConstraintSyntax> Constraints) ReadBody(
        TokenCursor cursor)
    {
        List<ColumnSyntax> columns = [];
        ColumnReader columnReader = new(cursor);
        do
        {
            if (columns.Count > 0 && TableConstraintReader.IsNext(cursor))
            {
                return ([.. columns], TableConstraintReader.ReadAll(cursor));
            }

            ColumnSyntax column = columnReader.Read();
            if (columnReader.EarlierDeferral is bool isDeferred)
            {
                Defer(columns, isDeferred);
            }

            columns.Add(column);
        }
        while (cursor.TryOperator(","));

        return cursor.IsOperator(")") ? ([.. columns], []) : throw cursor.Unexpected("a column constraint, \",\" or \")\"");
    }

    /// <summary>SQLite lets a DEFERRABLE clause change the foreign key declared last, even by an earlier column.</summary>
    private static void Defer(List<ColumnSyntax> columns, bool isDeferred)
    {
        for (int i = columns.Count - 1; i >= 0; i--)
        {
            ImmutableArray<ColumnConstraintSyntax> constraints = columns[i].Constraints;
            for (int j = constraints.Length - 1; j >= 0; j--)
            {
                if (constraints[j] is ColumnReferencesSyntax references)
                {
                    ForeignKeyClauseSyntax reference = references.Reference with { InitiallyDeferred = isDeferred };
                    columns[i] = columns[i] with
                    {
                        Constraints = constraints.SetItem(j, references with { Reference = reference }),
                    };
                    return;
                }
            }
        }
    }

    private static ImmutableArray<TableOptionSyntax> ReadOptions(TokenCursor cursor)
    {
        // The list of options may begin with a comma, for its first member may be empty (parse.y, table_option_set).
        bool hasComma = cursor.TryOperator(",");
        if (!hasComma && (cursor.IsAtEnd || cursor.IsOperator(";")))
        {
            return [];
        }

        ImmutableArray<TableOptionSyntax>.Builder options = ImmutableArray.CreateBuilder<TableOptionSyntax>();
        do
        {
            int start = cursor.NextStart;
            if (cursor.TryWord("WITHOUT"))
            {
                cursor.ExpectWord("ROWID");
                options.Add(new TableOptionSyntax(cursor.SpanFrom(start), TableOptionKind.WithoutRowId));
            }
            else if (cursor.TryWord("STRICT"))
            {
                options.Add(new TableOptionSyntax(cursor.SpanFrom(start), TableOptionKind.Strict));
            }
            else
            {
                throw cursor.Unexpected("STRICT or WITHOUT ROWID");
            }
        }
        while (cursor.TryOperator(","));

        return options.DrainToImmutable();
    }
}
