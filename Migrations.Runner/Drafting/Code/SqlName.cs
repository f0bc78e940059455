using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Code;

/// <summary>Names in drafted SQL: in quotes only where they need them.</summary>
internal static class SqlName
{
    public static string Of(SqlIdentifier name) =>
        name.Name.Length > 0
        && !char.IsAsciiDigit(name.Name[0])
        && name.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && SqlLexer.Tokenize(name.Name) is [{ Kind: SqlTokenKind.Word }]
        && SqlKeywords.CanBeName(name.Name)
            ? name.Name
            : name.Quoted;
}
