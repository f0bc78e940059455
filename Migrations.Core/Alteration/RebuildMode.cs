namespace Migrations.Core;

/// <summary>Which strategies an alteration may use.</summary>
public enum RebuildMode
{
    /// <summary>The cheapest strategy that is provably the same. The default.</summary>
    Auto,

    /// <summary>Always copy the table, even where SQLite could do the change itself. Column and table renames stay native: only SQLite's own rename follows every reference.</summary>
    AlwaysCopy,

    /// <summary>Never copy the table: what can't be done otherwise is refused.</summary>
    NeverCopy,
}
