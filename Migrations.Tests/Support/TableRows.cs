using System.Collections.Immutable;

namespace Migrations.Tests.Support;

/// <summary>
/// What a table holds: for each row its rowid (null where it can't be reached, or does not count) and each value as a text
/// that tells its storage class: <c>5</c>, <c>real 5</c>, <c>'five'</c>, <c>x'05'</c>, <c>NULL</c>.
/// </summary>
public sealed class TableRows(ImmutableArray<string> columns, ImmutableArray<(long? RowId, ImmutableArray<string> Values)> rows)
{
    public ImmutableArray<string> Columns { get; } = columns;

    public ImmutableArray<(long? RowId, ImmutableArray<string> Values)> Rows { get; } = rows;

    /// <summary>The same rows without some columns.</summary>
    public TableRows Without(params string[] names)
    {
        int[] kept = [.. Enumerable.Range(0, Columns.Length)
            .Where(i => !names.Contains(Columns[i], NameComparer.Instance))];
        return new(
            [.. kept.Select(i => Columns[i])],
            [.. Rows.Select(row => (row.RowId, kept.Select(i => row.Values[i]).ToImmutableArray()))]);
    }

    /// <summary>The same rows with a column under another name.</summary>
    public TableRows Renamed(string from, string to) =>
        new([.. Columns.Select(name => string.Equals(name, from, StringComparison.OrdinalIgnoreCase) ? to : name)], Rows);

    /// <summary>The same rows without their rowids.</summary>
    public TableRows WithoutRowIds() => new(Columns, [.. Rows.Select(row => ((long?)null, row.Values))]);

    /// <summary>The values of one column.</summary>
    public IReadOnlyList<string> Values(string column)
    {
        int index = Columns.IndexOf(column, NameComparer.Instance);
        return [.. Rows.Select(row => row.Values[index])];
    }

    /// <summary>What is different, in words; empty where nothing is. At most ten rows are shown.</summary>
    public IReadOnlyList<string> DifferencesFrom(TableRows before)
    {
        if (!Columns.SequenceEqual(before.Columns, StringComparer.Ordinal))
        {
            return [$"columns were ({string.Join(", ", before.Columns)}), are ({string.Join(", ", Columns)})"];
        }

        List<string> differences = [];
        if (Rows.Length != before.Rows.Length)
        {
            differences.Add($"had {before.Rows.Length} rows, has {Rows.Length}");
        }

        differences.AddRange(
            Enumerable.Range(0, Math.Max(Rows.Length, before.Rows.Length))
                .Select(i => (Was: Print(before, i), Is: Print(this, i)))
                .Where(pair => !string.Equals(pair.Was, pair.Is, StringComparison.Ordinal))
                .Select(pair => $"row was {pair.Was}, is {pair.Is}")
                .Take(10));
        return differences;
    }

    private static string Print(TableRows table, int index)
    {
        if (index >= table.Rows.Length)
        {
            return "absent";
        }

        (long? rowId, ImmutableArray<string> values) = table.Rows[index];
        return $"{(rowId is { } id ? $"rowid {id} " : "")}({string.Join(", ", values)})";
    }
}
