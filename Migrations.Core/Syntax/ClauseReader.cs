using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>Reads the clauses that columns, tables and indexes have in common.</summary>
internal static class ClauseReader
{
    /// <summary>ON CONFLICT resolution, or null where there is none.</summary>
    public static ConflictClauseSyntax? ReadConflict(TokenCursor cursor)
    {
        int start = cursor.NextStart;
        if (!cursor.TryWord("ON"))
        {
            return null;
        }

        cursor.ExpectWord("CONFLICT");
        ConflictResolution resolution = cursor.TryWord("ROLLBACK") ? ConflictResolution.Rollback
            : cursor.TryWord("ABORT") ? ConflictResolution.Abort
            : cursor.TryWord("FAIL") ? ConflictResolution.Fail
            : cursor.TryWord("IGNORE") ? ConflictResolution.Ignore
            : cursor.TryWord("REPLACE") ? ConflictResolution.Replace
            : throw cursor.Unexpected("ROLLBACK, ABORT, FAIL, IGNORE or REPLACE");
        return new ConflictClauseSyntax(cursor.SpanFrom(start), resolution);
    }

    /// <summary>ASC, DESC or nothing.</summary>
    public static bool ReadDescending(TokenCursor cursor)
    {
        bool isDescending = cursor.TryWord("DESC");
        _ = isDescending || cursor.TryWord("ASC");
        return isDescending;
    }

    /// <summary>REFERENCES with all that belongs to it, a DEFERRABLE clause directly after it included.</summary>
    public static ForeignKeyClauseSyntax ReadForeignKey(TokenCursor cursor)
    {
        int start = cursor.ExpectWord("REFERENCES").Start;
        NameSyntax parent = cursor.ExpectName("a table name");
        ImmutableArray<NameSyntax> columns = cursor.IsOperator("(") ? cursor.ExpectNames() : [];
        ForeignKeyAction onDelete = ForeignKeyAction.NoAction;
        ForeignKeyAction onUpdate = ForeignKeyAction.NoAction;
        NameSyntax? match = null;
        for (; ; )
        {
            if (cursor.TryWord("MATCH"))
            {
                match = cursor.ExpectName("a MATCH type");
            }
            else if (cursor.TryWord("ON"))
            {
                if (cursor.TryWord("DELETE"))
                {
                    onDelete = ReadAction(cursor);
                }
                else if (cursor.TryWord("UPDATE"))
                {
                    onUpdate = ReadAction(cursor);
                }
                else
                {
                    // SQLite's grammar takes ON INSERT and forgets it.
                    _ = cursor.TryWord("INSERT") ? ReadAction(cursor) : throw cursor.Unexpected("DELETE or UPDATE");
                }
            }
            else
            {
                break;
            }
        }

        bool isDeferred = ReadDeferral(cursor) ?? false;
        return new ForeignKeyClauseSyntax(cursor.SpanFrom(start), parent, columns, onDelete, onUpdate, match, isDeferred);
    }

    /// <summary>[NOT] DEFERRABLE [INITIALLY ...]: whether the check waits for COMMIT; null where there is no such clause.</summary>
    public static bool? ReadDeferral(TokenCursor cursor)
    {
        bool isNegated = cursor.IsWord("NOT") && cursor.IsWord("DEFERRABLE", 1);
        if (isNegated)
        {
            cursor.ExpectWord("NOT");
        }

        if (!cursor.TryWord("DEFERRABLE"))
        {
            return null;
        }

        bool isDeferred = false;
        if (cursor.TryWord("INITIALLY"))
        {
            isDeferred = cursor.TryWord("DEFERRED");
            if (!isDeferred && !cursor.TryWord("IMMEDIATE"))
            {
                throw cursor.Unexpected("DEFERRED or IMMEDIATE");
            }
        }

        return isDeferred && !isNegated;
    }

    private static ForeignKeyAction ReadAction(TokenCursor cursor)
    {
        if (cursor.TryWord("SET"))
        {
            return cursor.TryWord("NULL") ? ForeignKeyAction.SetNull
                : cursor.TryWord("DEFAULT") ? ForeignKeyAction.SetDefault
                : throw cursor.Unexpected("NULL or DEFAULT");
        }

        if (cursor.TryWord("NO"))
        {
            cursor.ExpectWord("ACTION");
            return ForeignKeyAction.NoAction;
        }

        return cursor.TryWord("CASCADE") ? ForeignKeyAction.Cascade
            : cursor.TryWord("RESTRICT") ? ForeignKeyAction.Restrict
            : throw cursor.Unexpected("NO ACTION, RESTRICT, CASCADE, SET NULL or SET DEFAULT");
    }
}
