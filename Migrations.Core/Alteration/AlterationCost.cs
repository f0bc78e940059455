using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Migrations.Core;

/// <summary>
/// What a plan costs: what it does to rows, which indexes it builds, and, where that was measured, how much there is of the table.
/// Immutable.
/// </summary>
public sealed class AlterationCost
{
    internal AlterationCost(RowAccess access, ImmutableArray<string> indexes, long? rows = null, long? pages = null)
    {
        Access = access;
        Indexes = indexes;
        Rows = rows;
        Pages = pages;
    }

    /// <summary>What is done to rows.</summary>
    public RowAccess Access { get; }

    /// <summary>The names of the indexes that are built, in their order. Those that stand behind UNIQUE and PRIMARY KEY are part of a copy and not named.</summary>
    public IReadOnlyList<string> Indexes { get; }

    /// <summary>How many rows the table had when the alteration began; null where no row is touched, and in a plan that knows no rows.</summary>
    public long? Rows { get; }

    /// <summary>
    /// About how many pages of the file these rows fill, without indexes; null where <see cref="Rows"/> is. An estimate from the length of
    /// a few rows at both ends of the table and from the page size (pragma.html, page_size).
    /// </summary>
    public long? Pages { get; }

    internal static AlterationCost None { get; } = new(RowAccess.None, []);

    /// <summary>The cost in one line: "rewrites every row (1000 rows, about 40 pages); builds index by_age".</summary>
    public override string ToString()
    {
        StringBuilder text = new(Access switch
        {
            RowAccess.None => "touches no row",
            RowAccess.Scan => "reads every row",
            RowAccess.Update => "reads every row and updates those that change",
            _ => "rewrites every row",
        });
        if (Rows is { } rows)
        {
            text.Append(CultureInfo.InvariantCulture, $" ({rows} row{(rows == 1 ? "" : "s")}");
            text.Append(Pages is { } pages ? string.Create(CultureInfo.InvariantCulture, $", about {pages} page{(pages == 1 ? "" : "s")})") : ")");
        }

        return Indexes.Count == 0
            ? text.ToString()
            : text.Append(Indexes.Count == 1 ? "; builds index " : "; builds indexes ").AppendJoin(", ", Indexes).ToString();
    }

    /// <summary>The same cost for a table of a size; as it is where no row is touched.</summary>
    internal AlterationCost For(long rows, long pages) => Access == RowAccess.None ? this : new(Access, [.. Indexes], rows, pages);
}
