using System.Collections.Immutable;
using Migrations.Core.Authoring;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>The columns of a table that an INSERT names, each with its values: those that the user gives, or those that are tried.</summary>
internal sealed class ColumnSources : IDisposable
{
    // Special values of neighbouring columns lie in different rows.
    private const int Shift = 5;

    private readonly sqlite3 handle;
    private readonly FilledTable table;
    private readonly ImmutableArray<Func<int, object?>?> given;
    private readonly List<Statement> tests = [];

    public ColumnSources(sqlite3 handle, FilledTable table, GeneratedRows asked)
    {
        this.handle = handle;
        this.table = table;
        given = [.. table.Columns.Select(column => asked.Given(table.Name, column.Name))];
        IsGiven = [.. given.Select(value => value is not null)];
        RowsThere = Statement.One(handle, $"SELECT count(*) FROM main.{table.Name.Quoted}") is long count ? count : 0;
        Columns = [.. table.Columns.Select(Source)];
    }

    public ImmutableArray<FilledColumn> Columns { get; }

    /// <summary>Which columns get the user's values and no others.</summary>
    public ImmutableArray<bool> IsGiven { get; }

    /// <summary>How many rows the table had before.</summary>
    public long RowsThere { get; }

    /// <summary>The user's value.</summary>
    /// <exception cref="ArgumentException">It can't be stored.</exception>
    public object? Given(int place, int number)
    {
        object? value = given[place]?.Invoke(number);
        try
        {
            return StoredValue.From(value);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"The value for row {number} of the column {table.Columns[place].Name} of {table.Name}: {error.Message}", error);
        }
    }

    public void Dispose() => tests.ForEach(test => test.Dispose());

    private FilledColumn Source(ColumnSchema column, int place)
    {
        long first = RowsThere > 0 && column.Affinity == Affinity.Integer && table.IsInPrimaryKey(column.Name)
            && Statement.One(handle, $"SELECT max({column.Name.Quoted}) FROM main.{table.Name.Quoted}") is long greatest && greatest < long.MaxValue / 2
                ? Math.Max(0, greatest)
                : 0;
        Candidates[] candidates = [.. table.ConditionsOn(column.Name).Select(text => CandidateReader.Read(text, column.Name))];
        ImmutableArray<Statement> own = [.. TestsOf(column)];
        tests.AddRange(own);
        return new(
            column, table.Schema.IsStrict, table.IsNullable(column), candidates, value => own.All(test => Passes(test, value)),
            place * Shift, RowsThere, first);
    }

    /// <summary>The CHECKs on a column alone, as questions about a value.</summary>
    private IEnumerable<Statement> TestsOf(ColumnSchema column)
    {
        foreach (CheckSchema check in table.Schema.Checks)
        {
            if (NameReferences.Mentions(check.Expression, column.Name)
                && !table.Schema.Columns.Any(other => other != column && NameReferences.Mentions(check.Expression, other.Name))
                && Statement.TryPrepare(
                    handle,
                    $"SELECT NOT ifnull(({SqlTokens.Closed(check.Expression)}), 1) FROM (SELECT ?1 AS {column.Name.Quoted}) AS {table.Name.Quoted}") is { } test)
            {
                yield return test;
            }
        }
    }

    private static bool Passes(Statement test, object? value)
    {
        test.Bind(1, value);
        bool passes = test.Step() == raw.SQLITE_ROW && test.Column(0) is 0L;
        test.Reset();
        return passes;
    }
}
