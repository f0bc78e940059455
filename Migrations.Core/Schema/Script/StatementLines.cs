using System.Collections.Immutable;
using System.Text;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Script;

/// <summary>A CREATE statement in lines: a table's columns and constraints in a line each, white space outside of quotes as single spaces.</summary>
internal static class StatementLines
{
    public static ImmutableArray<string> Of(string sql)
    {
        bool isTable = SqlLexer.Tokenize(sql).Where(token => !token.IsTrivia).Skip(1).FirstOrDefault() is { Kind: SqlTokenKind.Word } second
            && SqlKeywords.Is(second.Span.In(sql), "TABLE");
        return isTable ? OfTable(sql) : [.. sql.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
    }

    private static ImmutableArray<string> OfTable(string sql)
    {
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        StringBuilder line = new();
        int depth = 0;
        foreach (SqlToken token in SqlLexer.Tokenize(sql))
        {
            string text = token.Span.TextIn(sql);
            if (token.Kind == SqlTokenKind.Whitespace)
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }

                continue;
            }

            char mark = token.Kind == SqlTokenKind.Operator && text.Length == 1 ? text[0] : ' ';
            if (mark == ')' && --depth == 0)
            {
                End(isPart: true);
            }

            line.Append(token.Kind == SqlTokenKind.Comment ? text.ReplaceLineEndings(" ") : text);
            if ((mark == ',' && depth == 1) || (token.Kind == SqlTokenKind.Comment && text.StartsWith("--", StringComparison.Ordinal)))
            {
                End(isPart: depth > 0);
            }
            else if (mark == '(' && ++depth == 1)
            {
                End(isPart: false);
            }
        }

        End(isPart: false);
        return lines.ToImmutable();

        void End(bool isPart)
        {
            string text = line.ToString().Trim();
            if (text.Length > 0)
            {
                lines.Add(isPart ? "    " + text : text);
            }

            line.Clear();
        }
    }
}
