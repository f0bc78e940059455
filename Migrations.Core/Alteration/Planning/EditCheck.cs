using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Whether an edit of a table's text means what was asked, and nothing else: the text after it is read again and compared
/// with the reading before it. An edit that ended up in a comment, or that changed a neighbour, is caught here.
/// </summary>
internal static class EditCheck
{
    /// <summary>Throws unless the edit means what was asked.</summary>
    /// <exception cref="SchemaMismatchException">The edit means something else.</exception>
    public static void Require(TableSchema before, TableSchema after, TableChange change)
    {
        if (Difference(before, after, change) is { } difference)
        {
            throw new SchemaMismatchException(
                before.Name.Name,
                $"The text of table {before.Name} could not be edited as asked ({ChangeWords.Of(change)}): {difference}. Nothing was changed. "
                + $"Please report the text: {before.Sql}");
        }
    }

    private static string? Difference(TableSchema before, TableSchema after, TableChange change)
    {
        foreach (ColumnSchema old in before.Columns)
        {
            if (after.FindColumn(old.Name) is not { } now)
            {
                if (change is not DropColumn)
                {
                    return $"column {old.Name} would be gone";
                }
            }
            else if (!Matches(old, now, change))
            {
                return $"column {old.Name} would be {now.Syntax.Span.TextIn(after.Sql)}";
            }
        }

        int columns = change switch { AddColumn => 1, DropColumn => -1, _ => 0 };
        return after.Columns.Length != before.Columns.Length + columns ? "another number of columns came out"
            : change is AddColumn or DropColumn ? null
            : after.Checks.Length != before.Checks.Length + Delta<AddCheck, DropCheck>(change) ? "another number of CHECK constraints came out"
            : after.Uniques.Length != before.Uniques.Length + Delta<AddUnique, DropUnique>(change) ? "another number of UNIQUE constraints came out"
            : after.ForeignKeys.Length != before.ForeignKeys.Length + Delta<AddForeignKey, DropForeignKey>(change) ? "another number of foreign keys came out"
            : (after.PrimaryKey is null) != (change is DropPrimaryKey || (before.PrimaryKey is null && change is not AddPrimaryKey)) ? "the primary key came out otherwise"
            : null;
    }

    private static bool Matches(ColumnSchema old, ColumnSchema now, TableChange change)
    {
        bool type = change is SetType setType && setType.Column == old.Name
            ? SqlTokens.MeaningEquals(setType.Type?.Trim() ?? "", now.DeclaredType)
            : string.Equals(old.DeclaredType, now.DeclaredType, StringComparison.Ordinal);
        bool nullability = change is SetNullability setNullability && setNullability.Column == old.Name
            ? now.IsNotNull == !setNullability.IsNullable
            : now.IsNotNull == old.IsNotNull;
        bool value = change is SetDefault setDefault && setDefault.Column == old.Name
            ? SameDefault(setDefault.Value, now.DefaultText)
            : string.Equals(old.DefaultText, now.DefaultText, StringComparison.Ordinal);
        bool collation = now.Collation == (change is SetCollation setCollation && setCollation.Column == old.Name
            ? setCollation.Collation ?? "BINARY"
            : old.Collation);
        return type && nullability && value && collation && now.Generated == old.Generated;
    }

    private static bool SameDefault(string? wanted, string? text) =>
        wanted is null || text is null ? wanted is null && text is null : SqlTokens.DefaultEquals(wanted, text);

    private static int Delta<TAdd, TDrop>(TableChange change) => change switch { TAdd => 1, TDrop => -1, _ => 0 };
}
