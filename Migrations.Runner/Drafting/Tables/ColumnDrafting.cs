using System.Text;
using Migrations.Core;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Tables;

/// <summary>Drafts the changes of a table's columns.</summary>
internal sealed class ColumnDrafting(TableSchema from, TableSchema to)
{
    /// <summary>New columns before those that replace one, and computed ones last of each: they may be computed of any other.</summary>
    public static IEnumerable<SqlIdentifier> InOrder(IEnumerable<ColumnSchema> added, IReadOnlySet<SqlIdentifier> replaced) => added
        .OrderBy(column => replaced.Contains(column.Name))
        .ThenBy(column => column.IsGenerated)
        .Select(column => column.Name);

    public IEnumerable<DraftedChange> Additions(IEnumerable<ColumnSchema> columns) => columns.OrderBy(column => column.IsGenerated).Select(column =>
        new DraftedChange(new AddColumn(Definition(column)), to, column)
        {
            Reviews = column is { IsNotNull: true, IsGenerated: false } && DefaultExpression.IsNull(column.DefaultText)
                ?
                [
                    $"{column.Name} takes no NULL and has no default, so a table with rows is refused. If it has any, say what they hold: "
                    + $"a default, or a column that takes NULL, an update, and then NOT NULL.",
                ]
                : [],
        });

    /// <summary>Drops; a new column of the same affinity may be one of them under another name.</summary>
    public static IEnumerable<DraftedChange> Drops(IEnumerable<ColumnSchema> columns, IReadOnlyList<ColumnSchema> added) => columns.OrderByDescending(column => column.IsGenerated).Select(column =>
        new DraftedChange(new DropColumn(column.Name))
        {
            Reviews = column.IsGenerated ? [] : [$"The values of {column.Name} are lost.{Rename(column, added)}"],
            LosesData = !column.IsGenerated,
        });

    public IEnumerable<DraftedChange> Alterations(ColumnSchema column, ColumnSchema wanted)
    {
        HashSet<SchemaDifferenceKind> kinds = [.. ColumnComparison.Compare(to, wanted, from, column).Select(difference => difference.Kind)];
        if (kinds.Contains(SchemaDifferenceKind.Type))
        {
            yield return new(new SetType(column.Name, wanted.DeclaredType.Length == 0 ? null : wanted.DeclaredType))
            {
                Reviews = wanted.Affinity == column.Affinity || column.IsGenerated
                    ? []
                    :
                    [
                        $"{column.Name} gets the affinity {wanted.Affinity.ToString().ToUpperInvariant()} (it had "
                        + $"{column.Affinity.ToString().ToUpperInvariant()}): rows whose value would change are refused. Convert them first, with Update.Column.",
                    ],
            };
        }

        if (Nullability(column, wanted) is { } isNullable)
        {
            yield return new(new SetNullability(column.Name, isNullable))
            {
                Reviews = isNullable ? [] : [$"Rows where {column.Name} is NULL are refused: give them a value first, with Update.Table."],
            };
        }

        if (kinds.Contains(SchemaDifferenceKind.Default))
        {
            yield return new(new SetDefault(column.Name, DefaultExpression.IsNull(wanted.DefaultText) ? null : DefaultExpressionText(wanted)));
        }

        if (kinds.Contains(SchemaDifferenceKind.Collation))
        {
            yield return new(new SetCollation(column.Name, wanted.Collation == "BINARY" ? (SqlIdentifier?)null : wanted.Collation));
        }
    }

    private static string Rename(ColumnSchema dropped, IEnumerable<ColumnSchema> added)
    {
        string[] names = [.. added.Where(column => !column.IsGenerated && column.Name != dropped.Name && column.Affinity == dropped.Affinity).Select(column => column.Name.ToString())];
        return names.Length == 0 ? "" : $" If they are what {string.Join(" or ", names)} is to hold, rename the column instead (Rename.Column) and alter it.";
    }

    // What counts is what holds in the end; a key may forbid NULL without a word.
    private bool? Nullability(ColumnSchema column, ColumnSchema wanted)
    {
        bool isWantedNotNull = ColumnComparison.IsNotNull(to, wanted);
        bool isNotNullAnyway = isWantedNotNull && !wanted.IsNotNull;
        return isWantedNotNull
            ? column.IsNotNull || isNotNullAnyway ? null : false
            : column.IsNotNull ? true : null;
    }

    private string Definition(ColumnSchema column)
    {
        StringBuilder definition = new(column.Name.Quoted);
        definition.Append(column.DeclaredType.Length == 0 ? "" : $" {column.DeclaredType}");
        definition.Append(column.IsNotNull ? " NOT NULL" : "");
        definition.Append(DefaultExpression.IsNull(column.DefaultText) ? "" : $" DEFAULT {DefaultExpressionText(column)}");
        definition.Append(column.Collation == "BINARY" ? "" : $" COLLATE {column.Collation.Quoted}");
        definition.Append(ColumnComparison.Expression(to, column) is { } expression
            ? $" GENERATED ALWAYS AS ({SqlTokens.Closed(expression)}) {(column.Generated is GeneratedKind.Stored ? "STORED" : "VIRTUAL")}"
            : "");
        return definition.ToString();
    }

    private static string DefaultExpressionText(ColumnSchema column) => DraftedDefault.Of(column.DefaultText!).Sql; // Asked only where there is one.
}
