using System.Collections.Immutable;
using Migrations.Core.Authoring;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// Finds rows for one table: a first guess for each, which is changed where SQLite says that it is wrong, until SQLite takes it.
/// </summary>
internal sealed class TableFilling : IDisposable
{
    private const int FirstRowTries = 4000;
    private const int RowTries = 600;
    private const int Restart = 80;
    private const int NullEvery = 5;

    private readonly sqlite3 handle;
    private readonly GeneratedRows asked;
    private readonly SeededRandom random;
    private readonly Blame blame;
    private readonly List<Statement> statements = [];
    private readonly ImmutableArray<Func<int, object?>?> given;
    private readonly bool[] isGiven;
    private readonly List<object?[]> promised = [];
    private readonly bool[] hasNull;
    private readonly bool[] hasValue;
    private object?[]? lastTaken;
    private object?[]? lastTried;
    private string? lastError;

    public TableFilling(sqlite3 handle, FilledTable table, GeneratedRows asked)
    {
        this.handle = handle;
        this.asked = asked;
        Table = table;
        random = new(asked.Seed, table.Name.Name.ToUpperInvariant());
        blame = new(table);
        given = [.. table.Columns.Select(column => asked.Given(table.Name, column.Name))];
        isGiven = [.. given.Select(value => value is not null)];
        hasNull = new bool[table.Columns.Length];
        hasValue = new bool[table.Columns.Length];
        long there = (long)(One($"SELECT count(*) FROM main.{table.Name.Quoted}") ?? 0L);
        Columns = [.. table.Columns.Select((column, i) => Column(column, i, there))];
    }

    public FilledTable Table { get; }

    public ImmutableArray<FilledColumn> Columns { get; }

    /// <summary>How many rows were added.</summary>
    public int Added { get; private set; }

    /// <summary>Values that rows of this table will have in some columns, because rows of other tables that are there already refer to them.</summary>
    public IReadOnlyList<object?[]> Promise(ImmutableArray<SqlIdentifier> columns, int count)
    {
        ImmutableArray<int> places = [.. columns.Select(Table.PlaceOf)];
        if (places.Contains(-1))
        {
            return [];
        }

        while (promised.Count < count)
        {
            object?[] row = new object?[Columns.Length];
            foreach (int place in places)
            {
                row[place] = given[place] is { } value ? StoredValue.From(value(promised.Count + 1)) : Columns[place].Next();
            }

            promised.Add(row);
        }

        return [.. promised.Select(row => places.Select(place => row[place]).ToArray()).Where(values => !values.Contains(null))];
    }

    /// <summary>Adds the rows.</summary>
    /// <exception cref="RowsNotFoundException">None was found.</exception>
    public void Fill(Func<FilledKey, IEnumerable<object?[]>> promisedParents)
    {
        if (Columns.IsEmpty)
        {
            return;
        }

        ParentRows parents = ParentRows.Of(handle, Table, [.. Columns.Select(column => column.MayBeNull)], promisedParents);
        if (parents.Hopeless() is { } key && key.Columns.All(column => !isGiven[column]))
        {
            throw NoParents(key);
        }

        // A conflict clause of a constraint would have a row dropped in silence, or other rows; but triggers have clauses of their own.
        string verb = Table.Triggers.IsEmpty ? "INSERT OR ABORT" : "INSERT";
        string sql = $"{verb} INTO main.{Table.Name.Quoted} ({string.Join(", ", Columns.Select(column => column.Name.Quoted))}) "
            + $"VALUES ({string.Join(", ", Columns.Select(_ => "?"))})";
        using Statement insert = Statement.TryPrepare(handle, sql) ?? throw NotFound(raw.sqlite3_errmsg(handle).utf8_to_string());
        for (int row = 1, failed = 0; row <= asked.PerTable && failed < 3; row++)
        {
            if (TryRow(insert, parents, row))
            {
                failed = 0;
            }
            else if (row <= promised.Count || One($"SELECT 1 FROM main.{Table.Name.Quoted}") is null)
            {
                throw NotFound();
            }
            else
            {
                // The constraints allow no more rows, or hardly any: triggers may have written all that there can be.
                failed++;
            }
        }
    }

    public void Dispose()
    {
        foreach (Statement statement in statements)
        {
            statement.Dispose();
        }
    }

    private FilledColumn Column(ColumnSchema column, int place, long there)
    {
        long first = there > 0 && column.Affinity == Affinity.Integer && Table.IsInPrimaryKey(column.Name)
            && One($"SELECT max({column.Name.Quoted}) FROM main.{Table.Name.Quoted}") is long greatest && greatest < long.MaxValue / 2
                ? Math.Max(0, greatest)
                : 0;
        IEnumerable<object> candidates = Table.ConditionsOn(column.Name).SelectMany(text => CandidateReader.Read(text, column.Name));
        List<Statement> tests = [.. Tests(column)];
        statements.AddRange(tests);
        return new(
            column, Table.Schema.IsStrict, Table.IsNullable(column), candidates, value => tests.TrueForAll(test => Passes(test, value)),
            place * 5, there, first);
    }

    /// <summary>The CHECKs on a column alone, as questions about a value.</summary>
    private IEnumerable<Statement> Tests(ColumnSchema column)
    {
        foreach (CheckSchema check in Table.Schema.Checks)
        {
            if (NameReferences.Mentions(check.Expression, column.Name)
                && !Table.Schema.Columns.Any(other => other != column && NameReferences.Mentions(check.Expression, other.Name))
                && Statement.TryPrepare(
                    handle,
                    $"SELECT NOT ifnull(({SqlTokens.Closed(check.Expression)}), 1) FROM (SELECT ?1 AS {column.Name.Quoted}) AS {Table.Name.Quoted}") is { } test)
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

    private bool TryRow(Statement insert, ParentRows parents, int number)
    {
        object?[] row = First(parents, number);
        bool[] isFixed = [.. isGiven];
        if (number <= promised.Count)
        {
            for (int i = 0; i < row.Length; i++)
            {
                isFixed[i] |= promised[number - 1][i] is not null;
            }
        }

        int tries = Added == 0 ? FirstRowTries : RowTries;
        for (int i = 1; i <= tries; i++)
        {
            if (Insert(insert, row, out ImmutableArray<int> blamed))
            {
                Note(row, parents);
                return true;
            }

            if (i % Restart == 0)
            {
                row = First(parents, number);
            }
            else if (lastTaken is not null && i % 4 == 2 && lastError?.StartsWith("UNIQUE", StringComparison.Ordinal) == false)
            {
                // What was right for another row may be right for this one.
                foreach (int place in blamed.Where(place => !isFixed[place] && parents.GroupOf(place) < 0))
                {
                    row[place] = lastTaken[place];
                }
            }
            else
            {
                Change(row, blamed, isFixed, parents);
            }
        }

        return false;
    }

    private object?[] First(ParentRows parents, int number)
    {
        object?[] row = new object?[Columns.Length];
        bool[] isFixed = [.. isGiven];
        for (int i = 0; i < row.Length; i++)
        {
            if (given[i] is { } value)
            {
                row[i] = StoredValue.From(value(number));
            }
            else if (number <= promised.Count && promised[number - 1][i] is { } word)
            {
                row[i] = word;
                isFixed[i] = true;
            }
            else
            {
                row[i] = WantsNull(i, number) ? null : Columns[i].Next();
            }
        }

        for (int group = 0; group < parents.Groups.Length; group++)
        {
            int[] nullable = [.. parents.Groups[group].SelectMany(key => key.Columns).Where(place => Columns[place].MayBeNull)];
            int nullChance = nullable.Length == 0 ? 0 : nullable.Any(place => WantsNull(place, number)) ? 100 : 0;
            parents.Choose(group, row, isFixed, number - 1, nullChance, random);
        }

        return row;
    }

    // Every fifth row, not the same for all columns; where a column has had no NULL or no value by then, the last rows make up for it.
    private bool WantsNull(int column, int number) =>
        Columns[column].MayBeNull
        && !isGiven[column]
        && (number * 2 > asked.PerTable && !hasNull[column] ? hasValue[column] : number * 2 > asked.PerTable && !hasValue[column] ? false : (number + column) % NullEvery == 3);

    private void Change(object?[] row, ImmutableArray<int> blamed, bool[] isFixed, ParentRows parents)
    {
        ImmutableArray<int> free = [.. blamed.Where(place => !isFixed[place])];
        if (free.IsEmpty)
        {
            free = [.. Enumerable.Range(0, row.Length).Where(place => !isFixed[place])];
        }

        int changes = free.IsEmpty ? 0 : random.Chance(70) ? 1 : random.Chance(70) ? 2 : free.Length;
        for (int i = 0; i < changes; i++)
        {
            int place = random.Pick(free);
            int group = parents.GroupOf(place);
            if (group < 0)
            {
                row[place] = Columns[place].Any(random);
            }
            else
            {
                parents.Choose(group, row, isFixed, number: null, nullChance: 20, random);
            }
        }
    }

    private bool Insert(Statement insert, object?[] row, out ImmutableArray<int> blamed)
    {
        for (int i = 0; i < row.Length; i++)
        {
            insert.Bind(i + 1, row[i]);
        }

        int result = insert.Step();
        bool isTaken = result == raw.SQLITE_DONE && insert.Changes > 0;
        lastTried = row;
        lastError = result == raw.SQLITE_DONE ? "the row was ignored (ON CONFLICT IGNORE, or RAISE(IGNORE) in a trigger)" : insert.Message;
        blamed = isTaken ? [] : blame.Of(result == raw.SQLITE_DONE ? 0 : insert.ExtendedError, lastError);
        insert.Reset();
        return isTaken;
    }

    private void Note(object?[] row, ParentRows parents)
    {
        Added++;
        lastTaken = [.. row];
        parents.Add(row);
        for (int i = 0; i < row.Length; i++)
        {
            hasNull[i] |= row[i] is null;
            hasValue[i] |= row[i] is not null;
        }
    }

    private object? One(string sql)
    {
        using Statement statement = Statement.Prepare(handle, sql);
        return statement.Step() == raw.SQLITE_ROW ? statement.Column(0) : null;
    }

    private RowsNotFoundException NotFound(string? error = null)
    {
        string row = string.Join(", ", Columns.Select((column, i) => $"{column.Name.Name} = {SqlLiteral.Describe(lastTried?[i])}"));
        string reason = error ?? lastError ?? "";
        return new(
            Table.Name.Name,
            reason,
            row,
            $"No row was found that the table {Table.Name} takes: {reason}. The last row that was tried: {row}. "
            + $"Give values that fit, with GeneratedRows.With({SqlLiteral.Describe(Table.Name.Name)}, column, row => value), or leave the table empty with Without; nothing was added.");
    }

    private RowsNotFoundException NoParents(FilledKey key)
    {
        string columns = string.Join(", ", key.Columns.Select(place => Columns[place].Name));
        string reason = $"its rows must refer to rows of {key.Parent} ({columns}), which has none"
            + (asked.IsLeftEmpty(key.Parent) ? ": it was to be left empty" : "");
        return new(
            Table.Name.Name,
            reason,
            lastRow: null,
            $"The table {Table.Name} can't have rows: {reason}. Leave it empty too, with GeneratedRows.Without({SqlLiteral.Describe(Table.Name.Name)}), or let {key.Parent} have rows; nothing was added.");
    }
}
