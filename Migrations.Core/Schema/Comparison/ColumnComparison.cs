using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Comparison;

/// <summary>Compares two columns of one name.</summary>
internal static class ColumnComparison
{
    public static ImmutableArray<SchemaDifference> Compare(TableSchema expected, ColumnSchema wanted, TableSchema actual, ColumnSchema found)
    {
        ImmutableArray<SchemaDifference>.Builder differences = ImmutableArray.CreateBuilder<SchemaDifference>();
        void Add(SchemaDifferenceKind kind, string? wantedWords, string? foundWords) =>
            differences.Add(new($"column {expected.Name}.{wanted.Name}", kind, wantedWords, foundWords));

        if (!SqlTokens.MeaningEquals(DeclaredType.Normalize(wanted.DeclaredType), DeclaredType.Normalize(found.DeclaredType)))
        {
            Add(SchemaDifferenceKind.Type, Word(wanted.DeclaredType), Word(found.DeclaredType));
        }

        bool isWantedNotNull = IsNotNull(expected, wanted);
        bool isNotNull = IsNotNull(actual, found);
        if (isWantedNotNull != isNotNull)
        {
            Add(SchemaDifferenceKind.Nullability, isWantedNotNull ? "NOT NULL" : "NULL", isNotNull ? "NOT NULL" : "NULL");
        }

        if (!DefaultMeaning.AreEqual(wanted.DefaultText, found.DefaultText))
        {
            Add(SchemaDifferenceKind.Default, wanted.DefaultText, found.DefaultText);
        }

        if (wanted.Collation != found.Collation)
        {
            Add(SchemaDifferenceKind.Collation, wanted.Collation.Name, found.Collation.Name);
        }

        if (wanted.Generated != found.Generated || !SqlTokens.MeaningEquals(Expression(expected, wanted) ?? "", Expression(actual, found) ?? ""))
        {
            Add(SchemaDifferenceKind.Generated, Generation(expected, wanted), Generation(actual, found));
        }

        return differences.ToImmutable();
    }

    /// <summary>What a column is computed of, without the parentheses around it; null where it is not.</summary>
    public static string? Expression(TableSchema table, ColumnSchema column) =>
        column.Syntax.Constraints.OfType<GeneratedSyntax>().FirstOrDefault()?.Expression.TextIn(table.Sql);

    /// <summary>
    /// Whether a column takes no NULL, written or not: the rowid is never NULL, nor is a key column of a WITHOUT ROWID table
    /// (withoutrowid.html, section 2).
    /// </summary>
    public static bool IsNotNull(TableSchema table, ColumnSchema column) =>
        column.IsNotNull
        || column.IsRowIdAlias
        || (table.IsWithoutRowId && table.IsInPrimaryKey(column.Name));

    private static string? Generation(TableSchema table, ColumnSchema column) =>
        Expression(table, column) is { } expression ? $"AS ({expression}) {column.Generated}" : null;

    private static string Word(string type) => type.Length == 0 ? "none" : type;
}
