using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Core.Schema;
using Migrations.Runner.Drafting.Code;
using Migrations.Runner.Drafting.Operations;
using Migrations.Runner.Drafting.Renaming;

namespace Migrations.Runner.Drafting;

/// <summary>Drafts the migration that leads from one schema to another and back. Touches no database but one of its own in memory.</summary>
internal static class MigrationDrafter
{
    /// <summary>Drafts the migration. Where a difference can't be drafted, the draft says so.</summary>
    /// <param name="current">What is there: the schema after all migrations.</param>
    /// <param name="wanted">What is to be there.</param>
    /// <param name="options">What the class is called, and what does not count.</param>
    /// <exception cref="SqlSyntaxException">A table, index or trigger that counts could not be read.</exception>
    /// <exception cref="SchemaMismatchException">The text of a table that counts contradicts itself.</exception>
    public static MigrationDraft Draft(DatabaseSchema current, DatabaseSchema wanted, DraftOptions options)
    {
        RefuseUnread(current, options);
        RefuseUnread(wanted, options);
        DatabaseSchema from = CountedSchema.Of(current, options.IsIgnored);
        DatabaseSchema to = CountedSchema.Of(wanted, options.IsIgnored);

        // A rename that can't be carried out both ways is none.
        Renames renames = RenameSearch.Find(from, to);
        if (RenamedSchema.TryApply(from, renames) is not { } renamed || RenamedSchema.TryApply(to, renames.Reversed()) is null)
        {
            (renames, renamed) = (Renames.None, from);
        }

        // Down begins where Up ends, in words and in what could not be changed.
        ImmutableArray<DraftOperation> up = DraftedOperations.Between(renamed, to, renames, out DatabaseSchema reached);
        DatabaseSchema renamedBack = RenamedSchema.TryApply(reached, renames.Reversed())
            ?? throw new InvalidOperationException("What could be renamed in the wanted schema can't be in what the draft makes of it.");
        ImmutableArray<DraftOperation> down = DraftedOperations.Between(renamedBack, from, renames.Reversed(), out _);
        return new MigrationDraft { Up = up, Down = down, Code = MigrationCode.Write(up, down, options) };
    }

    private static void RefuseUnread(DatabaseSchema schema, DraftOptions options)
    {
        foreach (UnreadObject unread in schema.Unread)
        {
            if (!options.IsIgnored(unread.Table))
            {
                throw unread.ToException();
            }
        }
    }
}
