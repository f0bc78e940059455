using Migrations.Core;

namespace Migrations.Testing;

/// <summary>No row was found that a table takes, or rows that were found turned out not to hold together. Nothing was added.</summary>
public sealed class RowsNotFoundException : MigrationsException
{
    internal RowsNotFoundException(string table, string reason, string? lastRow, string message)
        : base(message)
    {
        Table = table;
        Reason = reason;
        LastRow = lastRow;
    }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>What SQLite said of the last row that was tried.</summary>
    public string Reason { get; }

    /// <summary>The last row that was tried, column by column; null where none could be.</summary>
    public string? LastRow { get; }
}
