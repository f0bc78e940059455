using System.Collections.Immutable;
using Migrations.Core.Authoring;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// Finds rows for one table: a first guess for each, which is changed where SQLite says that it is wrong, until SQLite takes it.
/// </summary>
internal sealed class TableFilling : IDisposable
{
    private const int FirstRowTries = 2000;
    private const int RowTries = 400;
    private const int LateTries = 40;
    private const int Restart = 80;
    private const int FailuresInARow = 3;
    private const int KnownKeys = 100;

    private readonly sqlite3 handle;
    private readonly GeneratedRows asked;
    private readonly SeededRandom random;
    private readonly Blame blame;
    private readonly ColumnSources sources;
    private readonly OrphanCheck? orphans;
    private readonly List<TakenRow> taken = [];
    private readonly List<object?[]> promised = [];
    private RowGuesses? guesses;
    private Statement? insert;
    private object?[]? lastTried;
    private string lastError = "";

    public TableFilling(sqlite3 handle, FilledTable table, GeneratedRows asked, OrphanCheck? orphans)
    {
        this.orphans = orphans;
        this.handle = handle;
        this.asked = asked;
        Table = table;
        random = new(asked.Seed, table.Name.Name.ToUpperInvariant());
        blame = new(table);
        sources = new(handle, table, asked);
    }

    public FilledTable Table { get; }

    /// <summary>How many rows were added.</summary>
    public int Added => taken.Count;

    private ImmutableArray<FilledColumn> Columns => sources.Columns;

    // A conflict clause of a constraint would have a row dropped in silence, or other rows. The clause of a statement goes before those of its
    // triggers, too (lang_conflict.html), so it stands only where it is needed or does no harm.
    private string Conflict => Table.Triggers.IsEmpty || Table.HasConflictClauses ? " OR ABORT" : "";

    /// <summary>Values that rows of this table will have in some columns, because rows of other tables refer to them before they are there.</summary>
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
                row[place] = sources.IsGiven[place] ? sources.Given(place, promised.Count + 1) : Columns[place].Next();
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
        if (parents.Hopeless() is { } key && !key.Columns.Any(column => sources.IsGiven[column]))
        {
            throw RowErrors.NoParents(Table, asked, key);
        }

        guesses = new RowGuesses(sources, parents, Lookups.Of(handle, Table), asked.PerTable, random);
        for (int number = 1, failed = 0; number <= asked.PerTable && failed < FailuresInARow; number++)
        {
            if (TryRow(number, number <= promised.Count ? promised[number - 1] : null))
            {
                failed = 0;
            }
            else if (Statement.One(handle, $"SELECT 1 FROM main.{Table.Name.Quoted}") is null)
            {
                throw RowErrors.NotFound(Table, lastError, lastTried);
            }
            else
            {
                // The constraints allow no more rows, or hardly any: triggers may have written all that there can be.
                failed++;
            }
        }
    }

    /// <summary>Adds a row that has certain values in some columns, because other rows refer to it; false where there can be no such row.</summary>
    public bool TryAdd(ImmutableArray<SqlIdentifier> columns, object?[] values)
    {
        object?[] row = new object?[Columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            if (Table.PlaceOf(columns[i]) is >= 0 and int place)
            {
                row[place] = values[i];
            }
        }

        return guesses is not null && TryRow(asked.PerTable + taken.Count, row);
    }

    /// <summary>Lets rows refer to rows of a table that was filled after this one.</summary>
    public void Refer(FilledKey key)
    {
        ParentRows parents = ParentRows.Of(handle, Table with { Keys = [key] }, [.. Columns.Select(column => column.MayBeNull)], static _ => []);
        ImmutableArray<int> places = [.. key.Columns.Where(place => Columns[place].MayBeNull && !sources.IsGiven[place])];
        if (places.IsEmpty || taken.Count == 0 || taken[0].Identity.IsEmpty)
        {
            return;
        }

        using Statement update = Statement.Prepare(
            handle,
            $"UPDATE{Conflict} main.{Table.Name.Quoted} SET {string.Join(", ", places.Select(place => $"{Columns[place].Name.Quoted} = ?"))} "
            + $"WHERE {string.Join(" AND ", Table.Identity.Select(column => $"{column.Quoted} = ?"))}");
        bool[] isFixed = [.. Enumerable.Range(0, Columns.Length).Select(place => !places.Contains(place))];
        for (int i = 0; i < taken.Count; i++)
        {
            if (places.Any(place => taken[i].Values[place] is not null) || i % RowGuesses.NullEvery == RowGuesses.NullAt)
            {
                continue;
            }

            for (int attempt = 0; attempt < LateTries; attempt++)
            {
                object?[] row = [.. taken[i].Values];
                if (!parents.Choose(0, row, isFixed, i + attempt, nullChance: 0, random) || places.Any(place => row[place] is null))
                {
                    break;
                }

                if (Try(update, [.. places.Select(place => row[place]), .. taken[i].Identity], out _))
                {
                    taken[i] = taken[i] with { Values = row };
                    break;
                }
            }
        }
    }

    public void Dispose()
    {
        insert?.Dispose();
        orphans?.Dispose();
        sources.Dispose();
    }

    private Statement Insert()
    {
        string sql = $"INSERT{Conflict} INTO main.{Table.Name.Quoted} ({string.Join(", ", Columns.Select(column => column.Name.Quoted))}) "
            + $"VALUES ({string.Join(", ", Columns.Select(_ => "?"))})";
        return Statement.TryPrepare(handle, sql) ?? throw RowErrors.NotFound(Table, raw.sqlite3_errmsg(handle).utf8_to_string(), lastRow: null);
    }

    private bool TryRow(int number, object?[]? required)
    {
        // Both are there once Fill has begun.
        RowGuesses guess = guesses!;
        insert ??= Insert();
        object?[] row = guess.First(number, required);
        bool[] isFixed = [.. sources.IsGiven.Select((isGiven, i) => isGiven || required?[i] is not null)];
        HashSet<string> keys = new(StringComparer.Ordinal);
        int known = 0;
        int tries = Added == 0 && sources.RowsThere == 0 ? FirstRowTries : RowTries;
        for (int i = 1; i <= tries && known < KnownKeys; i++)
        {
            lastTried = row;
            if (TryWhole(insert, row, out ImmutableArray<int> blamed))
            {
                guess.Note(row);
                taken.Add(new([.. row], IdentityOf(row)));
                return true;
            }

            if (lastError.StartsWith("UNIQUE", StringComparison.Ordinal) && !keys.Add(string.Join('\n', blamed.Select(place => SqlLiteral.Describe(row[place])))))
            {
                // Where there are no other keys than those that are taken, more tries find none.
                known++;
            }

            if (i % Restart == 0)
            {
                row = guess.First(number, required);
            }
            else if (taken.Count > 0 && i % 4 == 2 && !lastError.StartsWith("UNIQUE", StringComparison.Ordinal))
            {
                guess.Repeat(row, taken[^1].Values, blamed, isFixed);
            }
            else
            {
                guess.Change(row, blamed, isFixed);
            }
        }

        return false;
    }

    /// <summary>Tries a row, and takes it back where triggers made rows of it that refer to nothing.</summary>
    private bool TryWhole(Statement statement, object?[] row, out ImmutableArray<int> blamed)
    {
        if (orphans is null)
        {
            return Try(statement, row, out blamed);
        }

        long before = orphans.Count();
        Statement.Execute(handle, "SAVEPOINT generated_row");
        bool isTaken = Try(statement, row, out blamed);
        if (isTaken && orphans.Count() > before)
        {
            isTaken = false;
            lastError = "triggers write rows that refer to nothing";
            blamed = blame.OfTriggers;
            Statement.Execute(handle, "ROLLBACK TO generated_row");
        }

        Statement.Execute(handle, "RELEASE generated_row");
        return isTaken;
    }

    private bool Try(Statement statement, object?[] values, out ImmutableArray<int> blamed)
    {
        for (int i = 0; i < values.Length; i++)
        {
            statement.Bind(i + 1, values[i]);
        }

        int result = statement.Step();
        bool isTaken = result == raw.SQLITE_DONE && statement.Changes > 0;
        blamed = [];
        if (!isTaken)
        {
            lastError = result == raw.SQLITE_DONE ? "the row was ignored (ON CONFLICT IGNORE, or RAISE(IGNORE) in a trigger)" : statement.Message;
            if (raw.sqlite3_get_autocommit(handle) != 0)
            {
                throw RowErrors.RolledBack(Table, lastError, values);
            }

            blamed = blame.Of(result == raw.SQLITE_DONE ? 0 : statement.ExtendedError, lastError);
        }

        statement.Reset();
        return isTaken;
    }

    private ImmutableArray<object?> IdentityOf(object?[] row) =>
        Table.Schema is { IsWithoutRowId: false, RowIdName: not null } ? [raw.sqlite3_last_insert_rowid(handle)]
        : [.. Table.Identity.Select(column => row[Table.PlaceOf(column)])];
}
