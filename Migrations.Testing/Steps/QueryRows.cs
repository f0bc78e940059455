using Migrations.Core.Authoring;

namespace Migrations.Testing.Steps;

/// <summary>What a query gave, and the first rows as SQLite held them, for an error to show.</summary>
internal sealed class QueryRows<T>(QueryErrors errors)
{
    private const int Shown = 10;

    private readonly List<T> rows = [];
    private readonly List<object?[]> first = [];

    public IReadOnlyList<T> Rows => rows;

    public void Add(T row, object?[] values)
    {
        rows.Add(row);
        if (first.Count < Shown)
        {
            first.Add([.. values]);
        }
    }

    /// <summary>The only row.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public T Single() => rows.Count switch
    {
        0 => throw errors.Of("Exactly one row was expected, and there is none."),
        1 => rows[0],
        _ => throw errors.Of($"Exactly one row was expected, and there are {rows.Count}:{string.Concat(first.Select(Line))}{(rows.Count > Shown ? $"{Environment.NewLine}    ..." : "")}"),
    };

    private static string Line(object?[] values) => $"{Environment.NewLine}    ({string.Join(", ", values.Select(SqlLiteral.Describe))})";
}
