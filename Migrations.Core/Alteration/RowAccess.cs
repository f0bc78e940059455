namespace Migrations.Core;

/// <summary>What a plan does to the rows of its table, cheapest first.</summary>
public enum RowAccess
{
    /// <summary>No row is read or written: the time does not depend on how many there are.</summary>
    None,

    /// <summary>Every row is read, at least once: to check it, or to build an index.</summary>
    Scan,

    /// <summary>Every row is read, and rows whose values change are written where they are.</summary>
    Update,

    /// <summary>Every row is written anew: by a copy of the table, or by SQLite's DROP COLUMN (lang_altertable.html, section 5).</summary>
    Rewrite,
}
