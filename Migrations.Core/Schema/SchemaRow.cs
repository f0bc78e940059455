using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>A row of sqlite_schema (schematab.html). Immutable.</summary>
internal sealed record SchemaRow(string Type, SqlIdentifier Name, SqlIdentifier Table, string? Sql)
{
    private const string InternalPrefix = "sqlite_";

    /// <summary>Whether the name is one that only SQLite itself may give: "sqlite_sequence", not "sqlitedata".</summary>
    public bool IsInternal =>
        Name.Name.Length >= InternalPrefix.Length
        && SqlText.EqualsIgnoreAsciiCase(Name.Name.AsSpan(0, InternalPrefix.Length), InternalPrefix);

    public bool Is(string type, SqlIdentifier name) => string.Equals(Type, type, StringComparison.Ordinal) && Name == name;
}
