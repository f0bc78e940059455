using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core.Schema;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// The rows of other tables, or of the table itself, that the rows of a table may refer to, and the choice among them. Keys that share
/// columns are chosen together, so that they agree.
/// </summary>
internal sealed class ParentRows
{
    private const int Read = 500;
    private const int Choices = 8;

    private readonly FilledTable table;
    private readonly ImmutableArray<bool> isNullable;
    private readonly Dictionary<FilledKey, List<object?[]>> rows = [];
    private readonly Dictionary<FilledKey, ImmutableArray<int>> ownPlaces = [];

    private ParentRows(FilledTable table, ImmutableArray<bool> isNullable)
    {
        this.table = table;
        this.isNullable = isNullable;
        Groups = [.. Group(table.Keys).OrderBy(group => group.Any(key => key.IsSelfReference))];
    }

    /// <summary>The keys, together with those that share columns with them.</summary>
    public ImmutableArray<ImmutableArray<FilledKey>> Groups { get; }

    /// <summary>Reads what a table's rows may refer to.</summary>
    /// <param name="handle">The database.</param>
    /// <param name="table">The child.</param>
    /// <param name="isNullable">Which of its columns may hold NULL.</param>
    /// <param name="promised">Rows that a parent will have, where it is filled later.</param>
    public static ParentRows Of(
        sqlite3 handle, FilledTable table, ImmutableArray<bool> isNullable, Func<FilledKey, IEnumerable<object?[]>> promised)
    {
        ParentRows parents = new(table, isNullable);
        foreach (FilledKey key in table.Keys)
        {
            parents.rows[key] = parents.ReadParents(handle, key);
            if (parents.rows[key].Count == 0)
            {
                parents.rows[key].AddRange(promised(key));
            }

            if (key.IsSelfReference)
            {
                parents.ownPlaces[key] = [.. key.ParentColumns.Select(table.PlaceOf)];
            }
        }

        return parents;
    }

    /// <summary>The group that a column is in, or -1.</summary>
    public int GroupOf(int column)
    {
        for (int i = 0; i < Groups.Length; i++)
        {
            if (Groups[i].Any(key => key.Columns.Contains(column)))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A key for which there is neither a parent nor a way around, null where all can be satisfied.</summary>
    public FilledKey? Hopeless() => table.Keys.FirstOrDefault(key =>
        rows[key].Count == 0 && !key.Columns.Any(column => isNullable[column]) && !CanReferToItself(key));

    /// <summary>Puts the values of parents into a row.</summary>
    /// <param name="group">The keys to satisfy.</param>
    /// <param name="row">The row; columns outside the group have their values.</param>
    /// <param name="isFixed">Which columns are not to be touched.</param>
    /// <param name="number">The place among the parents to take where there is a choice; null for any.</param>
    /// <param name="nullChance">In how many of a hundred cases to refer to nothing, where that is allowed.</param>
    /// <param name="random">Chance.</param>
    /// <returns>Whether all keys are satisfied.</returns>
    public bool Choose(int group, object?[] row, bool[] isFixed, int? number, int nullChance, SeededRandom random)
    {
        for (int i = 0; i < Choices; i++)
        {
            bool[] isChosen = [.. isFixed];
            if (Groups[group].All(key => Choose(key, row, isChosen, number is { } first ? first + i : null, nullChance, random)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets later rows refer to a row of the table itself.</summary>
    public void Add(object?[] row)
    {
        foreach ((FilledKey key, ImmutableArray<int> places) in ownPlaces)
        {
            if (places.All(place => place >= 0 && row[place] is not null))
            {
                rows[key].Add([.. places.Select(place => row[place])]);
            }
        }
    }

    private List<object?[]> ReadParents(sqlite3 handle, FilledKey key)
    {
        if (key.ParentColumns.Length != key.Columns.Length)
        {
            return [];
        }

        string columns = string.Join(", ", key.ParentColumns.Select(column => column.Quoted));
        List<object?[]> parents = Statement.Rows(
            handle,
            $"SELECT DISTINCT {columns} FROM main.{key.Parent.Quoted} WHERE ({string.Join(" AND ", key.ParentColumns.Select(column => $"{column.Quoted} IS NOT NULL"))}) LIMIT {Read}",
            key.Columns.Length);
        parents.RemoveAll(parent => !parent.Select((value, i) => KeepsItsValue(table.Columns[key.Columns[i]].Affinity, value)).All(keeps => keeps));
        return parents;
    }

    /// <summary>Whether a parent's value is still the same once the child's column has stored it: '007' is 7 in a column of numbers.</summary>
    private static bool KeepsItsValue(Affinity affinity, object? value) => (affinity, value) switch
    {
        (Affinity.Integer or Affinity.Numeric or Affinity.Real, string text) => !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        (Affinity.Real, long number) => Math.Abs(number) <= 1L << 53,
        (Affinity.Text, double number) => Math.Abs(number) < 1e12 && Math.Abs(number) > 1e-3,
        _ => true,
    };

    private static List<ImmutableArray<FilledKey>> Group(ImmutableArray<FilledKey> keys)
    {
        List<ImmutableArray<FilledKey>> groups = [];
        foreach (FilledKey key in keys)
        {
            ImmutableArray<FilledKey>[] related = [.. groups.Where(group => group.Any(other => other.Columns.Intersect(key.Columns).Any()))];
            groups.RemoveAll(related.Contains);
            groups.Add([.. related.SelectMany(group => group), key]);
        }

        // The key of most columns leaves the others the least choice.
        return [.. groups.Select(group => group.OrderByDescending(key => key.Columns.Length).ToImmutableArray())];
    }

    private bool Choose(FilledKey key, object?[] row, bool[] isChosen, int? number, int nullChance, SeededRandom random)
    {
        if (key.Columns.Any(column => isChosen[column] && row[column] is null))
        {
            // No parent is needed where any of the columns is NULL (foreignkeys.html, section 3.1).
            return FillRest(key, row, isChosen, random);
        }

        bool canBeNull = key.Columns.Any(column => !isChosen[column] && isNullable[column]);
        if (canBeNull && random.Chance(nullChance))
        {
            return SetNull(key, row, isChosen) && FillRest(key, row, isChosen, random);
        }

        if (CanReferToItself(key) && (rows[key].Count == 0 ? !canBeNull : nullChance > 0 && random.Chance(8)))
        {
            return Take(key, row, isChosen, [.. ownPlaces[key].Select(place => row[place])]);
        }

        List<object?[]> parents = rows[key];
        int start = parents.Count == 0 ? 0 : number is { } asked ? asked % parents.Count : random.Next(parents.Count);
        for (int i = 0; i < parents.Count; i++)
        {
            if (Take(key, row, isChosen, parents[(start + i) % parents.Count]))
            {
                return true;
            }
        }

        return canBeNull && SetNull(key, row, isChosen) && FillRest(key, row, isChosen, random);
    }

    private bool CanReferToItself(FilledKey key) =>
        ownPlaces.TryGetValue(key, out ImmutableArray<int> places) && places.Length == key.Columns.Length && places.All(place => place >= 0);

    private static bool Take(FilledKey key, object?[] row, bool[] isChosen, object?[] parent)
    {
        for (int i = 0; i < parent.Length; i++)
        {
            if (isChosen[key.Columns[i]] && !StoredEquals(row[key.Columns[i]], parent[i]))
            {
                return false;
            }
        }

        for (int i = 0; i < parent.Length; i++)
        {
            row[key.Columns[i]] = parent[i];
            isChosen[key.Columns[i]] = true;
        }

        return true;
    }

    private bool SetNull(FilledKey key, object?[] row, bool[] isChosen)
    {
        foreach (int column in key.Columns)
        {
            if (!isChosen[column] && isNullable[column])
            {
                row[column] = null;
                isChosen[column] = true;
            }
        }

        return true;
    }

    private bool FillRest(FilledKey key, object?[] row, bool[] isChosen, SeededRandom random)
    {
        for (int i = 0; i < key.Columns.Length; i++)
        {
            int column = key.Columns[i];
            if (!isChosen[column])
            {
                // Other keys of the group may still need this column.
                row[column] = rows[key].Count > 0 ? random.Pick(rows[key])[i] : row[column];
                isChosen[column] = isNullable[column] || Groups.All(group => group.Count(other => other.Columns.Contains(column)) <= 1);
            }
        }

        return true;
    }

    private static bool StoredEquals(object? left, object? right) => (left, right) switch
    {
        (byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other),
        (long one, double other) => one == other,
        (double one, long other) => one == other,
        _ => Equals(left, right),
    };
}
