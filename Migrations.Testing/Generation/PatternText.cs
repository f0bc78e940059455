using System.Text;

namespace Migrations.Testing.Generation;

/// <summary>Texts that fit a pattern of LIKE or GLOB (lang_expr.html, section 5).</summary>
internal static class PatternText
{
    /// <summary>A text that fits, with something or nothing where anything may stand.</summary>
    public static string OfLike(string pattern, string anything) => Of(pattern, '%', '_', anything, hasSets: false);

    /// <inheritdoc cref="OfLike"/>
    public static string OfGlob(string pattern, string anything) => Of(pattern, '*', '?', anything, hasSets: true);

    private static string Of(string pattern, char many, char one, string anything, bool hasSets)
    {
        StringBuilder text = new();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == many)
            {
                text.Append(anything);
            }
            else if (pattern[i] == one)
            {
                text.Append('a');
            }
            else if (hasSets && pattern[i] == '[' && pattern.IndexOf(']', Math.Min(pattern.Length, i + 2)) is > 0 and int end)
            {
                text.Append(OfSet(pattern[(i + 1)..end]));
                i = end;
            }
            else
            {
                text.Append(pattern[i]);
            }
        }

        return text.ToString();
    }

    private static char OfSet(string set)
    {
        if (set[0] != '^')
        {
            return set[0];
        }

        // Ranges such as 0-9 count for what lies between their ends.
        bool Excludes(char c)
        {
            for (int i = 1; i < set.Length; i++)
            {
                if (i + 2 < set.Length && set[i + 1] == '-' ? c >= set[i] && c <= set[i + 2] : c == set[i])
                {
                    return true;
                }
            }

            return false;
        }

        return "a0A_x ".FirstOrDefault(c => !Excludes(c), '~');
    }
}
