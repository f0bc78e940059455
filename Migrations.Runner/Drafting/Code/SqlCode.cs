using System.Text;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Code;

/// <summary>A statement of SQL as it is.</summary>
internal static class SqlCode
{
    private const string Indentation = "            ";

    private const int Columns = 120;

    public static Statement Write(string sql)
    {
        string text = Readable(sql);
        string line = $"Execute.Sql({CSharpText.Literal(text)}";
        return (text.Contains('\n', StringComparison.Ordinal) || line.Length > Columns - "        );".Length)
            && CSharpText.RawLines(text, Indentation) is { } lines
                ? new Statement($"Execute.Sql(\n{lines}", [], ");")
                : new Statement(line, [], ");");
    }

    // FluentMigrator looks for GO in every statement, and takes a double quote within other quotes for the beginning of a name.
    private static string Readable(string sql)
    {
        StringBuilder text = new();
        foreach (SqlToken token in SqlLexer.Tokenize(sql))
        {
            string written = token.Span.TextIn(sql);
            text.Append(token.Kind is SqlTokenKind.QuotedName && written[0] is '`' or '[' && written.Contains('"', StringComparison.Ordinal)
                ? SqlTokens.Name(sql, token).Quoted
                : written);
        }

        return text.ToString();
    }
}
