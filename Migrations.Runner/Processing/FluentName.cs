using Migrations.Core.Syntax;

namespace Migrations.Runner.Processing;

/// <summary>Names as migrations give them: plain, or already in double quotes, which FluentMigrator takes as they are.</summary>
internal static class FluentName
{
    public static SqlIdentifier Parse(string name) => new(Unquote(name));

    public static SqlIdentifier Database(string? schemaName) =>
        string.IsNullOrWhiteSpace(schemaName) ? "main" : Parse(schemaName);

    /// <summary>Whether what stands in double quotes at both ends is more than one name, "t"."a" for one.</summary>
    public static bool IsSql(string name) =>
        name is ['"', .., '"'] && name[1..^1].Replace("\"\"", "", StringComparison.Ordinal).Contains('"', StringComparison.Ordinal);

    private static string Unquote(string name) =>
        name is ['"', .., '"'] && name.Length > 1
            ? name[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
            : name;
}
