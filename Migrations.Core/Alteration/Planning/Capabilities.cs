namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// What the SQLite library and the connection can do, as far as a plan depends on it. <paramref name="CanEditSchema"/>: the rows of
/// sqlite_schema may be written (not in defensive mode). <paramref name="TrimsNulls"/>: the library leaves NULLs out at the end of
/// rows. <paramref name="CompilesWhole"/>: every view and trigger of the database compiles, which some of SQLite's statements ask for. Immutable.
/// </summary>
internal sealed record Capabilities(Version Version, bool CanEditSchema, bool TrimsNulls, bool CompilesWhole)
{
    /// <summary>Whether SQLite itself sets and drops NOT NULL and adds and drops CHECK constraints (lang_altertable.html).</summary>
    public bool AltersConstraints => Version >= new Version(3, 53, 0);
}
