using System.Text.RegularExpressions;

namespace Migrations.Tests.MailServer;

/// <summary>
/// The constraints of a CREATE TABLE statement with their names, which no pragma tells, read by a tokenizer of this test's own.
/// Each is one line, such as <c>foreign key (domain_name) named alias_domain_name_fkey</c>.
/// </summary>
internal static partial class NamedConstraints
{
    public static IReadOnlyList<string> Of(string sql)
    {
        string[] tokens = [.. Token().Matches(sql).Select(match => match.Value).Where(token => !IsSpace(token))];
        int open = Array.IndexOf(tokens, "(");
        List<string> lines = [];
        foreach (string[] item in Items(tokens[(open + 1)..]))
        {
            Read(item, lines);
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    // The comma-separated items of the column list, up to the parenthesis that ends it.
    private static IEnumerable<string[]> Items(string[] tokens)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            depth += tokens[i] switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth < 0 || (depth == 0 && tokens[i] is ","))
            {
                yield return tokens[start..i];
                start = i + 1;
            }

            if (depth < 0)
            {
                yield break;
            }
        }
    }

    private static void Read(string[] item, List<string> lines)
    {
        string? column = IsConstraintWord(item[0]) ? null : Unquote(item[0]);
        string name = "nothing";
        for (int i = column is null ? 0 : 1; i < item.Length; i++)
        {
            string word = item[i].ToUpperInvariant();
            if (word is "CONSTRAINT")
            {
                name = Unquote(item[++i]);
                continue;
            }

            string? kind = word switch
            {
                "PRIMARY" => "primary key",
                "FOREIGN" => "foreign key",
                "REFERENCES" when column is not null => "foreign key",
                "UNIQUE" => "unique",
                "CHECK" => "check",
                _ => null,
            };
            if (kind is not null)
            {
                string on = column is not null && kind is not "check" ? column : Parenthesised(item, i);
                lines.Add($"{kind} ({on}) named {name}");
                name = "nothing";
            }

            i = SkipParenthesised(item, i);
        }
    }

    private static string Parenthesised(string[] item, int from)
    {
        int open = Array.IndexOf(item, "(", from);
        return string.Join(' ', item[(open + 1)..SkipParenthesised(item, open)].Select(Unquote));
    }

    private static int SkipParenthesised(string[] item, int at)
    {
        if (item[at] is not "(")
        {
            return at;
        }

        int depth = 1;
        while (depth > 0)
        {
            at++;
            depth += item[at] switch { "(" => 1, ")" => -1, _ => 0 };
        }

        return at;
    }

    private static bool IsConstraintWord(string token) =>
        token.ToUpperInvariant() is "CONSTRAINT" or "PRIMARY" or "UNIQUE" or "FOREIGN" or "CHECK";

    private static bool IsSpace(string token) =>
        char.IsWhiteSpace(token[0]) || token.StartsWith("--", StringComparison.Ordinal) || token.StartsWith("/*", StringComparison.Ordinal);

    private static string Unquote(string token) => token[0] switch
    {
        '"' => token[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal),
        '`' => token[1..^1].Replace("``", "`", StringComparison.Ordinal),
        '[' => token[1..^1],
        _ => token,
    };

    [GeneratedRegex("""\s+|--[^\n]*|/\*[\s\S]*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[\w$]+|.""", RegexOptions.Singleline, 60_000)]
    private static partial Regex Token();
}
