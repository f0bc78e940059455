using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>The text of a column default as an expression (lang_createtable.html, section 3.2).</summary>
internal static class DefaultExpression
{
    private static readonly SqlIdentifier[] Constants = ["NULL", "TRUE", "FALSE"];

    private static readonly SqlIdentifier[] Words = ["NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"];

    /// <summary>The value that a row gets. A default of one bare or double-quoted word is a string unless it is a keyword.</summary>
    public static string Of(string? text)
    {
        if (text is null)
        {
            return "NULL";
        }

        return SqlLexer.Tokenize(text).Where(token => !token.IsTrivia).ToList() switch
        {
            [{ Kind: SqlTokenKind.Word }] when !Array.Exists(Words, word => word == text.Trim()) => SqlText.Literal(text.Trim()),
            [{ Kind: SqlTokenKind.QuotedName } name] => SqlText.Literal(SqlTokens.Name(text, name).Name),
            _ => text,
        };
    }

    /// <summary>
    /// Whether SQLite's own ADD COLUMN takes the default for a table with rows: a literal, with a sign or in parentheses
    /// (lang_altertable.html, section 4).
    /// </summary>
    public static bool IsConstant(string? text) =>
        text is null || IsLiteral(Strip(text)) || (Strip(text) is [{ Kind: SqlTokenKind.Word } word] && Constants.Contains(word.Span.TextIn(text)));

    public static bool IsNull(string? text) =>
        text is null || (Strip(text) is [{ Kind: SqlTokenKind.Word } word] && (SqlIdentifier)word.Span.TextIn(text) == "NULL");

    /// <summary>Literals, and the words that stand for one.</summary>
    private static bool IsLiteral(IReadOnlyList<SqlToken> tokens) => tokens is
        [{ Kind: SqlTokenKind.String or SqlTokenKind.Blob or SqlTokenKind.Integer or SqlTokenKind.Float }]
        or [{ Kind: SqlTokenKind.Operator }, { Kind: SqlTokenKind.Integer or SqlTokenKind.Float }];

    private static List<SqlToken> Strip(string text)
    {
        List<SqlToken> tokens = [.. SqlLexer.Tokenize(text).Where(token => !token.IsTrivia)];
        while (tokens.Count > 2 && text[tokens[0].Span.Start] == '(' && text[tokens[^1].Span.Start] == ')')
        {
            tokens = tokens[1..^1];
        }

        return tokens;
    }
}
