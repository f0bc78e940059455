using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>Each old value has its new one. NULL stays NULL unless it is mapped; any other value must be. Immutable.</summary>
internal sealed class MapConversion(IEnumerable<(object? Old, object? New)> values) : ColumnConversion
{
    private readonly ImmutableArray<(object? Old, object? New)> values = [.. values];

    public override IEnumerable<string> Faults
    {
        get
        {
            if (values.IsEmpty)
            {
                yield return "The mapping has no values.";
            }

            foreach (object? value in values.SelectMany(pair => (object?[])[pair.Old, pair.New]))
            {
                if (WhyNoLiteral(value) is { } reason)
                {
                    yield return reason;
                    yield break;
                }
            }

            foreach (IGrouping<string, object?> twice in values.Select(pair => pair.Old).GroupBy(SqlLiteral.Of).Where(g => g.Skip(1).Any()))
            {
                yield return $"The mapping says twice what {twice.Key} becomes.";
            }
        }
    }

    public override Conversion ForSqlite(SqlIdentifier column) =>
        // Without COLLATE a column declared NOCASE would take 'OPEN' for 'open'.
        Create(column.Quoted, $"{column.Quoted} COLLATE BINARY IS ");

    public override SqlConversion ForOthers(string column) => Create(column, $"{column} = ");

    public override ColumnConversion? Reverse()
    {
        bool isOneToOne = values.Select(pair => SqlLiteral.Of(pair.New)).Distinct(StringComparer.Ordinal).Count() == values.Length;
        bool mergesIntoNull = values.Any(pair => pair.New is null) && values.All(pair => pair.Old is not null);
        return isOneToOne && !mergesIntoNull ? new MapConversion(values.Select(pair => (pair.New, pair.Old))) : null;
    }

    public override string ToString() =>
        "map " + string.Join(", ", values.Select(pair => $"{SqlLiteral.Describe(pair.Old)} to {SqlLiteral.Describe(pair.New)}"));

    private static string? WhyNoLiteral(object? value)
    {
        try
        {
            SqlLiteral.Of(value);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    private SqlConversion Create(string column, string equals)
    {
        IEnumerable<string> cases = values.Select(pair => $"WHEN {Condition(pair.Old)} THEN {SqlLiteral.Of(pair.New)}");
        IEnumerable<string> mapped = values.Where(pair => pair.Old is not null).Select(pair => Condition(pair.Old));
        string none = string.Join(" OR ", mapped) is { Length: > 0 } any ? $" AND NOT ({any})" : "";
        return new SqlConversion(
            $"CASE {string.Join(' ', cases)} ELSE {column} END",
            $"{column} IS NOT NULL{none}",
            "the mapping does not say what the value becomes");

        string Condition(object? old) => old is null ? $"{column} IS NULL" : equals + SqlLiteral.Of(old);
    }
}
