namespace Migrations.Core;

/// <summary>How a plan carries out its changes, cheapest first.</summary>
public enum AlterationStrategy
{
    /// <summary>Nothing has to be done.</summary>
    None,

    /// <summary>SQLite's own ALTER TABLE, CREATE INDEX or DROP INDEX does exactly this change (lang_altertable.html).</summary>
    Native,

    /// <summary>
    /// The rows stay where they are: the stored text of the table is edited (pragma.html, writable_schema), after every row was checked, and
    /// rows are updated where their values change.
    /// </summary>
    InPlace,

    /// <summary>The table is copied into a new one, which then takes its name (lang_altertable.html, section 7).</summary>
    Copy,
}
