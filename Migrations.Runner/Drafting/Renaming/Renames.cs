using System.Collections.Immutable;

namespace Migrations.Runner.Drafting.Renaming;

/// <summary>What is taken for a rename rather than for one thing gone and another come. Tables first, then their columns. Immutable.</summary>
internal sealed record Renames(ImmutableArray<TableRename> Tables, ImmutableArray<ColumnRename> Columns)
{
    public static Renames None { get; } = new([], []);

    public bool AreNone => Tables.IsEmpty && Columns.IsEmpty;

    public Renames Reversed() => new(
        [.. Tables.Reverse().Select(table => new TableRename(table.New, table.Old))],
        [.. Columns.Reverse().Select(column => new ColumnRename(column.NewTable, column.Table, column.New, column.Old))]);
}
