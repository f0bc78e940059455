using System.Text;
using Migrations.Core.Syntax;

namespace Migrations.Runner.History;

/// <summary>
/// SQL reduced to what it means: without comments, white space, and semicolons at the end, with keywords and names in small letters,
/// and names without quotes that they don't need. Literals stay as they are.
/// </summary>
internal static class CanonicalSql
{
    public static string Of(string sql)
    {
        StringBuilder text = new(sql.Length);
        int end = 0;
        foreach (SqlToken token in SqlLexer.Tokenize(sql))
        {
            if (token.IsTrivia)
            {
                continue;
            }

            Append(text, sql, token);
            if (token.Kind is not SqlTokenKind.Operator || token.Span.In(sql) is not ";")
            {
                end = text.Length;
            }
        }

        text.Length = end;
        return text.ToString();
    }

    private static void Append(StringBuilder text, string sql, SqlToken token)
    {
        if (text.Length > 0)
        {
            text.Append(' ');
        }

        switch (token.Kind)
        {
            case SqlTokenKind.QuotedName:
                string name = SqlTokens.Name(sql, token).Name;
                AppendFolded(text, IsPlain(name) ? name : SqlIdentifier.Quote(name));
                break;
            case SqlTokenKind.String or SqlTokenKind.Variable or SqlTokenKind.Illegal:
                text.Append(token.Span.In(sql));
                break;
            default:
                AppendFolded(text, token.Span.In(sql));
                break;
        }
    }

    // A name that would be read otherwise without its quotes keeps them.
    private static bool IsPlain(string name) =>
        name.Length > 0
        && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && SqlKeywords.CanBeName(name)
        && !SqlKeywords.IsCurrentTime(name)
        && !SqlKeywords.Is(name, "TRUE")
        && !SqlKeywords.Is(name, "FALSE");

    private static void AppendFolded(StringBuilder text, ReadOnlySpan<char> written)
    {
        foreach (char c in written)
        {
            text.Append(char.ToLowerInvariant(c) is var lower && char.IsAscii(c) ? lower : c);
        }
    }
}
