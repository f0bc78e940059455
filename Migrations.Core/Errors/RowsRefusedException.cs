using System.Collections.Immutable;

namespace Migrations.Core;

/// <summary>
/// An alteration that rows do not allow: NULLs under a new NOT NULL, duplicates under a new key, values that a new type
/// would change, rows that a conversion can't convert. Nothing was changed.
/// </summary>
public sealed class RowsRefusedException : MigrationsException
{
    internal RowsRefusedException(
        string table, string? column, string message, long count, ImmutableArray<RowSample> rows, Exception? innerException = null)
        : base(message, innerException)
    {
        Table = table;
        Column = column;
        Count = count;
        Rows = rows;
    }

    /// <summary>The table that was to be altered.</summary>
    public string Table { get; }

    /// <summary>The column at fault, null where several are.</summary>
    public string? Column { get; }

    /// <summary>How many rows stand in the way.</summary>
    public long Count { get; }

    /// <summary>The first of them, ten at most.</summary>
    public IReadOnlyList<RowSample> Rows { get; }
}
