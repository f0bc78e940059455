using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// A question to the rows before the first write. <paramref name="Sql"/> gives one row for each that stands in the way:
/// its key columns' values, then the value at fault if <paramref name="ShowsValue"/>. Immutable.
/// </summary>
internal sealed record Preflight(
    SqlIdentifier? Column, string Sql, ImmutableArray<string> KeyNames, bool ShowsValue, string Problem, string WayOut)
{
    /// <summary>Whether the question holds text of the stored schema, in which a double-quoted word may be a string (quirks.html, section 8).</summary>
    public bool IsOfStoredText { get; init; }

    /// <summary>Whether each row of the answer is a value that occurs several times, with how often, instead of one row of the table.</summary>
    public bool IsOfGroups { get; init; }
}
