using Migrations.Core.Changes;

namespace Migrations.Tests.InPlace;

/// <summary>
/// A change of table t, what of its text becomes what (the first occurrence), and statements that SQLite must take or refuse afterwards.
/// </summary>
internal sealed record TextEditCase(string Name, TableChange Change, string From, string To)
{
    public string[] Taken { get; init; } = [];

    public string[] Refused { get; init; } = [];

    /// <summary>A query of one value, and the value, for both connections.</summary>
    public (string Sql, object? Value) Question { get; init; } = ("SELECT 1", 1L);

    public override string ToString() => Name;
}
