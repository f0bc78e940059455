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
                differences.AddRange(ColumnComparison.Compare(expected, wanted, actual, found));
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

    private void CompareConstraints(ImmutableArray<ConstraintMeaning> wanted, ImmutableArray<ConstraintMeaning> found)
    {
        (ImmutableArray<ConstraintMeaning> unmatched, ImmutableArray<ConstraintMeaning> others) = TableConstraints.Unmatched(wanted, found);
        List<ConstraintMeaning> rest = [.. others];
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
}
