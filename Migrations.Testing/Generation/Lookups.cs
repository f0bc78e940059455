using System.Collections.Immutable;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// What triggers look up for a new row: <c>EXISTS (SELECT 1 FROM t WHERE t.code = NEW.code)</c> is a foreign key in other words, maybe. Rows of
/// such tables and views are tried where a trigger refused a row.
/// </summary>
internal sealed class Lookups
{
    private const int Read = 1000;

    private readonly sqlite3 handle;
    private readonly ImmutableArray<Lookup> lookups;
    private readonly Dictionary<Lookup, List<object?[]>> rows = [];

    private Lookups(sqlite3 handle, ImmutableArray<Lookup> lookups)
    {
        this.handle = handle;
        this.lookups = lookups;
    }

    public static Lookups Of(sqlite3 handle, FilledTable table) => new(handle, [.. table.Triggers.SelectMany(trigger => LookupReader.Read(trigger, table)).Distinct()]);

    /// <summary>Whether anything is looked up by a column.</summary>
    public bool Holds(int place) => lookups.Any(lookup => lookup.Columns.Contains(place));

    /// <summary>Puts the values of a row that would be found into those columns that a lookup goes by.</summary>
    public void Take(int place, object?[] row, bool[] isFixed, SeededRandom random)
    {
        Lookup lookup = random.Pick([.. lookups.Where(lookup => lookup.Columns.Contains(place))]);
        List<object?[]> found = RowsOf(lookup);
        if (found.Count == 0)
        {
            return;
        }

        object?[] values = random.Pick(found);
        for (int i = 0; i < values.Length; i++)
        {
            if (!isFixed[lookup.Columns[i]])
            {
                row[lookup.Columns[i]] = values[i];
            }
        }
    }

    private List<object?[]> RowsOf(Lookup lookup)
    {
        if (!rows.TryGetValue(lookup, out List<object?[]>? found))
        {
            string columns = string.Join(", ", lookup.SourceColumns.Select(column => column.Quoted));
            rows[lookup] = found = Statement.Rows(handle, $"SELECT DISTINCT {columns} FROM main.{lookup.Source.Quoted} LIMIT {Read}", lookup.Columns.Length);
        }

        return found;
    }
}
