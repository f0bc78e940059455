using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Whether SQLite's own ADD COLUMN takes a column, decided from the definition alone: what SQLite refuses only once the
/// table has rows is refused here for every table (lang_altertable.html, section 4).
/// </summary>
internal static class NativeAddColumn
{
    public static bool IsPossible(AddColumn add)
    {
        if (add.ExistingRows is not null || add.Place is not null and not { Kind: ColumnPlaceKind.Last })
        {
            return false;
        }

        ColumnSyntax column = CreateTableReader.ReadColumn(add.Definition);
        string? defaultText = column.Constraints.OfType<DefaultSyntax>().LastOrDefault()?.Value.TextIn(add.Definition);
        bool hasValue = !DefaultExpression.IsNull(defaultText);
        return DefaultExpression.IsConstant(defaultText)
            && column.Constraints.All(constraint => constraint switch
            {
                ColumnPrimaryKeySyntax or ColumnUniqueSyntax or ColumnCheckSyntax or GeneratedSyntax => false,
                NotNullSyntax { Conflict: null } => hasValue,
                NotNullSyntax => false,
                ColumnReferencesSyntax => !hasValue,
                DanglingNameSyntax => false,
                _ => true,
            });
    }

    /// <summary>Whether SQLite checks the rows that are there against the new column's constraints.</summary>
    public static bool ReadsRows(AddColumn add) =>
        CreateTableReader.ReadColumn(add.Definition).Constraints.Any(constraint => constraint is ColumnCheckSyntax);
}
