namespace Migrations.Core;

/// <summary>
/// Which strategies an alteration may use. All of them leave the same schema, up to white space and quotes, and the same rows; they differ in
/// what they cost (<see cref="AlterationPlan.Cost"/>). Column and table renames are SQLite's own in every mode: only those follow every reference.
/// </summary>
public enum RebuildMode
{
    /// <summary>
    /// The cheapest strategy that is provably the same (<see cref="AlterationStrategy"/>): SQLite's own statements, then an edit of the
    /// stored text with an update of the rows that need one, then a copy of the table. The default. Where SQLite refuses a statement of its
    /// own, or would change what it was not asked to, everything it did is undone and the next strategy taken.
    /// </summary>
    Auto,

    /// <summary>Always copy the table, even where nothing of it would have to be written.</summary>
    AlwaysCopy,

    /// <summary>
    /// Never copy the table: a change that asks for a copy is refused before the first write, with the reason. Rows may still be read, updated
    /// where they are, or rewritten by SQLite's own DROP COLUMN.
    /// </summary>
    NeverCopy,
}
