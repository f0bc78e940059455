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
    // Tested: 3.40 does not look at what a STRICT table's generated column gives for rows that are there.
    private static readonly Version ChecksTypes = new(3, 53, 0);

    /// <summary>Whether SQLite takes the column as the last one, whatever rows there are.</summary>
    public static bool IsPossible(AddColumn add, bool isStrict, Capabilities capabilities) => Obstacle(add, isStrict, capabilities) is null;

    /// <summary>Why SQLite does not take the column; null if it does.</summary>
    public static string? Obstacle(AddColumn add, bool isStrict, Capabilities capabilities)
    {
        if (add.ExistingRows is not null)
        {
            return "rows that are there take a value of their own";
        }

        if (add.Place is not null and not { Kind: ColumnPlaceKind.Last })
        {
            return "SQLite's own ADD COLUMN adds it as the last one";
        }

        ColumnSyntax column = CreateTableReader.ReadColumn(add.Definition);
        string? defaultText = column.Constraints.OfType<DefaultSyntax>().LastOrDefault()?.Value.TextIn(add.Definition);
        return SqlTokens.EndsInLineComment(add.Definition.TrimEnd()) ? "SQLite would write what follows into the comment at its end"
            : !DefaultExpression.IsConstant(defaultText) ? "SQLite adds no column with a default that is not constant to a table with rows"
            : isStrict && capabilities.Version < ChecksTypes && column.Constraints.Any(constraint => constraint is GeneratedSyntax)
                ? "this version of SQLite would not hold its values to its type"
            : column.Constraints.Select(constraint => Obstacle(column, constraint, !DefaultExpression.IsNull(defaultText))).FirstOrDefault(why => why is not null);
    }

    private static string? Obstacle(ColumnSyntax column, ColumnConstraintSyntax constraint, bool hasValue) => constraint switch
    {
        ColumnPrimaryKeySyntax or ColumnUniqueSyntax => "SQLite adds no column with PRIMARY KEY or UNIQUE",
        GeneratedSyntax { Stored: true } => "SQLite adds no STORED column",
        NotNullSyntax when column.Constraints.Any(other => other is GeneratedSyntax) => "SQLite would check a generated NOT NULL column without saying which rows fail",
        NotNullSyntax { Conflict: not null } => "ON CONFLICT of NOT NULL would apply to rows that are there",
        NotNullSyntax when !hasValue => "NOT NULL has no default for rows that are there",
        ColumnReferencesSyntax when hasValue => "SQLite adds no column that refers to another table with a default to a table with rows, where it enforces foreign keys",
        DanglingNameSyntax => "its definition ends with a name of nothing",
        _ => null,
    };

    public static AlterationStep Step(SqlIdentifier database, SqlIdentifier table, AddColumn add) => new(
        $"ALTER TABLE {database.Quoted}.{table.Quoted} ADD COLUMN {add.Definition}",
        "add a column; rows that are there read its default", "lang_altertable.html, section 4")
    {
        Kind = AlterationStepKind.NativeAlter,
    };

    /// <summary>Whether SQLite checks the rows that are there against the new column's constraints.</summary>
    public static bool ReadsRows(AddColumn add) =>
        CreateTableReader.ReadColumn(add.Definition).Constraints.Any(constraint => constraint is ColumnCheckSyntax);
}
