using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>Reads the head of CREATE TRIGGER as SQLite's own grammar does; the body is passed over.</summary>
internal static class CreateTriggerReader
{
    /// <summary>Reads a whole statement.</summary>
    /// <exception cref="SqlSyntaxException">The text is no CREATE TRIGGER statement.</exception>
    public static CreateTriggerSyntax Read(string sql)
    {
        TokenCursor cursor = new(sql);
        cursor.ExpectWord("CREATE");
        bool isTemporary = cursor.TryWord("TEMP") || cursor.TryWord("TEMPORARY");
        cursor.ExpectWord("TRIGGER");
        cursor.SkipIfNotExists();
        (NameSyntax? schema, NameSyntax name) = cursor.ExpectQualifiedName("a trigger name");
        SkipTime(cursor);
        ImmutableArray<NameSyntax> updateOf = ReadEvent(cursor);
        cursor.ExpectWord("ON");
        NameSyntax table = cursor.ExpectQualifiedName("a table or view name").Name;
        SkipBody(cursor);
        return new CreateTriggerSyntax
        {
            Text = sql,
            Tokens = cursor.Tokens,
            IsTemporary = isTemporary,
            SchemaName = schema,
            Name = name,
            Table = table,
            UpdateOf = updateOf,
        };
    }

    private static void SkipTime(TokenCursor cursor)
    {
        if (cursor.TryWord("INSTEAD"))
        {
            cursor.ExpectWord("OF");
        }
        else if (!cursor.TryWord("BEFORE"))
        {
            cursor.TryWord("AFTER");
        }
    }

    private static ImmutableArray<NameSyntax> ReadEvent(TokenCursor cursor)
    {
        if (cursor.TryWord("DELETE") || cursor.TryWord("INSERT"))
        {
            return [];
        }

        if (!cursor.TryWord("UPDATE"))
        {
            throw cursor.Unexpected("BEFORE, AFTER, INSTEAD OF, DELETE, INSERT or UPDATE");
        }

        ImmutableArray<NameSyntax>.Builder columns = ImmutableArray.CreateBuilder<NameSyntax>();
        if (cursor.TryWord("OF"))
        {
            do
            {
                columns.Add(cursor.ExpectName("a column name"));
            }
            while (cursor.TryOperator(","));
        }

        return columns.DrainToImmutable();
    }

    private static void SkipBody(TokenCursor cursor)
    {
        bool hasBegun = false;
        bool hasEnded = false;
        while (!cursor.IsAtEnd)
        {
            if (cursor.IsKind(SqlTokenKind.Illegal))
            {
                throw cursor.Unexpected("the body of the trigger");
            }

            hasEnded = cursor.IsWord("END") || (hasEnded && cursor.IsOperator(";"));
            hasBegun |= cursor.IsWord("BEGIN");
            cursor.Take();
        }

        if (!hasBegun || !hasEnded)
        {
            throw cursor.Unexpected(hasBegun ? "END" : "BEGIN");
        }
    }
}
