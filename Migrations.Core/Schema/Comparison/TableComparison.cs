using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Comparison;

/// <summary>Compares two tables of one name, neither of them virtual.</summary>
internal sealed class TableComparison
{
    private readonly TableSchema expected;
    private readonly TableSchema actual;
    private readonly ImmutableArray<SchemaDifference>.Builder differences = ImmutableArray.CreateBuilder<SchemaDifference>();

    private TableComparison(TableSchema expected, TableSchema actual)
    {
        this.expected = expected;
        this.actual = actual;
    }

    private string Table => $"table {expected.Name}";

    public static ImmutableArray<SchemaDifference> Compare(
        TableSchema expected, TableSchema actual, DatabaseSchema expectedSchema, DatabaseSchema actualSchema)
    {
        TableComparison comparison = new(expected, actual);
        comparison.CompareOptions();
        comparison.CompareColumns();
        comparison.CompareConstraints(new TableConstraints(expected, expectedSchema).Read(), new TableConstraints(actual, actualSchema).Read());
        return comparison.differences.ToImmutable();
    }

    private void CompareOptions()
    {
        CompareOption("STRICT", expected.IsStrict, actual.IsStrict);
        CompareOption("WITHOUT ROWID", expected.IsWithoutRowId, actual.IsWithoutRowId);
        CompareOption("AUTOINCREMENT", expected.HasAutoIncrement, actual.HasAutoIncrement);
    }

    private void CompareOption(string option, bool wanted, bool found)
    {
        if (wanted != found)
        {
            differences.Add(new(Table, SchemaDifferenceKind.TableOption, (wanted ? "" : "not ") + option, (found ? "" : "not ") + option));
        }
    }

    private void CompareColumns()
    {
        foreach (ColumnSchema wanted in expected.Columns)
        {
            if (actual.FindColumn(wanted.Name) is { } found)
            {
                CompareColumn(wanted, found);
            }
            else
            {
                differences.Add(new(NameOf(wanted), SchemaDifferenceKind.Missing, null, null));
            }
        }

        foreach (ColumnSchema found in actual.Columns.Where(column => expected.FindColumn(column.Name) is null))
        {
            differences.Add(new(NameOf(found), SchemaDifferenceKind.ExtraPart, null, null));
        }

        SqlIdentifier[] order = [.. expected.Columns.Select(column => column.Name).Where(name => actual.FindColumn(name) is not null)];
        SqlIdentifier[] foundOrder = [.. actual.Columns.Select(column => column.Name).Where(name => expected.FindColumn(name) is not null)];
        if (!order.SequenceEqual(foundOrder))
        {
            differences.Add(new(Table, SchemaDifferenceKind.ColumnOrder, string.Join(", ", order), string.Join(", ", foundOrder)));
        }
    }

    private void CompareColumn(ColumnSchema wanted, ColumnSchema found)
    {
        if (!SqlTokens.MeaningEquals(DeclaredType.Normalize(wanted.DeclaredType), DeclaredType.Normalize(found.DeclaredType)))
        {
            Add(wanted, SchemaDifferenceKind.Type, Word(wanted.DeclaredType), Word(found.DeclaredType));
        }

        bool isWantedNotNull = IsNotNull(expected, wanted);
        bool isNotNull = IsNotNull(actual, found);
        if (isWantedNotNull != isNotNull)
        {
            Add(wanted, SchemaDifferenceKind.Nullability, isWantedNotNull ? "NOT NULL" : "NULL", isNotNull ? "NOT NULL" : "NULL");
        }

        if (!DefaultMeaning.AreEqual(wanted.DefaultText, found.DefaultText))
        {
            Add(wanted, SchemaDifferenceKind.Default, wanted.DefaultText, found.DefaultText);
        }

        if (wanted.Collation != found.Collation)
        {
            Add(wanted, SchemaDifferenceKind.Collation, wanted.Collation.Name, found.Collation.Name);
        }

        if (wanted.Generated != found.Generated || !SqlTokens.MeaningEquals(Computed(expected, wanted) ?? "", Computed(actual, found) ?? ""))
        {
            Add(wanted, SchemaDifferenceKind.Generated, Generation(expected, wanted), Generation(actual, found));
        }
    }

    // The rowid is never NULL, nor is a key column of a WITHOUT ROWID table (withoutrowid.html, section 2).
    private static bool IsNotNull(TableSchema table, ColumnSchema column) =>
        column.IsNotNull
        || column.IsRowIdAlias
        || (table.IsWithoutRowId && table.IsInPrimaryKey(column.Name));

    private static string? Computed(TableSchema table, ColumnSchema column) =>
        column.Syntax.Constraints.OfType<GeneratedSyntax>().FirstOrDefault()?.Expression.TextIn(table.Sql);

    private static string? Generation(TableSchema table, ColumnSchema column) =>
        Computed(table, column) is { } expression ? $"AS ({expression}) {column.Generated}" : null;

    private void CompareConstraints(ImmutableArray<ConstraintMeaning> wanted, ImmutableArray<ConstraintMeaning> found)
    {
        List<ConstraintMeaning> rest = [.. found];
        List<ConstraintMeaning> unmatched = [];
        foreach (ConstraintMeaning one in wanted)
        {
            int same = rest.FindIndex(one.Means);
            if (same < 0)
            {
                unmatched.Add(one);
            }
            else
            {
                rest.RemoveAt(same);
            }
        }

        foreach (ConstraintMeaning one in unmatched)
        {
            int other = rest.FindIndex(one.IsAbout);
            if (other < 0)
            {
                differences.Add(new(Table, SchemaDifferenceKind.Missing, one.ToString(), null));
            }
            else
            {
                differences.Add(new(Table, SchemaDifferenceKind.Constraint, one.ToString(), rest[other].ToString()));
                rest.RemoveAt(other);
            }
        }

        differences.AddRange(rest.Select(extra => new SchemaDifference(Table, SchemaDifferenceKind.ExtraPart, null, extra.ToString())));
    }

    private string NameOf(ColumnSchema column) => $"column {expected.Name}.{column.Name}";

    private static string Word(string type) => type.Length == 0 ? "none" : type;

    private void Add(ColumnSchema column, SchemaDifferenceKind kind, string? wanted, string? found) =>
        differences.Add(new(NameOf(column), kind, wanted, found));
}
