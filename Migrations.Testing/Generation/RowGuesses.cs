using System.Collections.Immutable;

namespace Migrations.Testing.Generation;

/// <summary>Guesses rows of a table: first ones, and others where SQLite refused one.</summary>
internal sealed class RowGuesses(ColumnSources sources, ParentRows parents, Lookups lookups, int rows, SeededRandom random)
{
    /// <summary>In how many rows a column that may holds NULL once, and where among them.</summary>
    public const int NullEvery = 5;

    public const int NullAt = 3;

    private readonly bool[] hasNull = new bool[sources.Columns.Length];
    private readonly bool[] hasValue = new bool[sources.Columns.Length];

    /// <summary>The first guess for a row.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="required">Values that it must have where they are not null.</param>
    public object?[] First(int number, object?[]? required)
    {
        object?[] row = new object?[sources.Columns.Length];
        bool[] isFixed = [.. sources.IsGiven];
        for (int i = 0; i < row.Length; i++)
        {
            isFixed[i] |= required?[i] is not null;
            row[i] = sources.IsGiven[i] ? sources.Given(i, number)
                : isFixed[i] ? required?[i]
                : WantsNull(i, number) ? null
                : sources.Columns[i].Next();
        }

        for (int group = 0; group < parents.Groups.Length; group++)
        {
            bool wantsNull = parents.Groups[group].Any(key => key.Columns.Any(place => WantsNull(place, number)));
            parents.Choose(group, row, isFixed, number - 1, wantsNull ? 100 : 0, random);
        }

        return row;
    }

    /// <summary>Changes a row in one, two or all of the columns that an error was about.</summary>
    public void Change(object?[] row, ImmutableArray<int> blamed, bool[] isFixed)
    {
        int[] free = [.. blamed.Where(place => !isFixed[place])];
        if (free.Length == 0)
        {
            free = [.. Enumerable.Range(0, row.Length).Where(place => !isFixed[place])];
        }

        int changes = free.Length == 0 ? 0 : random.Chance(70) ? 1 : random.Chance(70) ? 2 : free.Length;
        for (int i = 0; i < changes; i++)
        {
            int place = random.Pick(free);
            int group = parents.GroupOf(place);
            if (lookups.Holds(place) && random.Chance(50))
            {
                lookups.Take(place, row, isFixed, random);
            }
            else if (group >= 0)
            {
                parents.Choose(group, row, isFixed, number: null, nullChance: 20, random);
            }
            else
            {
                row[place] = sources.Columns[place].Any(random);
            }
        }
    }

    /// <summary>Takes the values of another row where an error was about a column: what was right there may be right here.</summary>
    public void Repeat(object?[] row, object?[] other, ImmutableArray<int> blamed, bool[] isFixed)
    {
        foreach (int place in blamed)
        {
            if (!isFixed[place] && parents.GroupOf(place) < 0)
            {
                row[place] = other[place];
            }
        }
    }

    /// <summary>Notes what a row has that was taken.</summary>
    public void Note(object?[] row)
    {
        parents.Add(row);
        for (int i = 0; i < row.Length; i++)
        {
            hasNull[i] |= row[i] is null;
            hasValue[i] |= row[i] is not null;
        }
    }

    // Every fifth row, not the same for all columns; where a column had no NULL or nothing else in the first half, the rest makes up for it.
    private bool WantsNull(int place, int number)
    {
        if (!sources.Columns[place].MayBeNull || sources.IsGiven[place])
        {
            return false;
        }

        bool isLate = number * 2 > rows;
        return isLate && hasValue[place] && !hasNull[place]
            || (!(isLate && !hasValue[place]) && (number + place) % NullEvery == NullAt);
    }
}
