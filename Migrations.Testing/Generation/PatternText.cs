using System.Text;

namespace Migrations.Testing.Generation;

/// <summary>Texts that fit a pattern of LIKE or GLOB (lang_expr.html, section 5), each by its number.</summary>
internal static class PatternText
{
    private const string Any = "a0b1c2d3e4f5g6h7i8j9klmnopqrstuvwxyz";

    /// <summary>The text of a number: the first has nothing where anything may stand.</summary>
    public static string OfLike(string pattern, int number) => Of(pattern, '%', '_', hasSets: false, number);

    /// <inheritdoc cref="OfLike"/>
    public static string OfGlob(string pattern, int number) => Of(pattern, '*', '?', hasSets: true, number);

    /// <summary>A text of a length, as distinct from others as that many characters can be.</summary>
    public static string OfLength(int length, int number) => Of(new string('?', length), '*', '?', hasSets: true, number);

    private static string Of(string pattern, char many, char one, bool hasSets, int number)
    {
        StringBuilder text = new();
        char Take(string from)
        {
            char taken = from[number % from.Length];
            number /= from.Length;
            return taken;
        }

        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == many)
            {
                while (number > 0)
                {
                    text.Append(Take(Any));
                }
            }
            else if (pattern[i] == one)
            {
                text.Append(Take(Any));
            }
            else if (hasSets && pattern[i] == '[' && i + 2 < pattern.Length && pattern.IndexOf(']', i + 2) is > 0 and int end)
            {
                text.Append(Take(Characters(pattern[(i + 1)..end])));
                i = end;
            }
            else
            {
                text.Append(pattern[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>The characters that a set such as <c>a-f0-9</c> or <c>^"</c> stands for; of many some.</summary>
    private static string Characters(string set)
    {
        bool isNegated = set[0] == '^' && set.Length > 1;
        StringBuilder named = new();
        for (int i = isNegated ? 1 : 0; i < set.Length; i++)
        {
            char last = i + 2 < set.Length && set[i + 1] == '-' ? set[i + 2] : set[i];
            for (int c = set[i]; c <= last && named.Length < 200; c++)
            {
                named.Append((char)c);
            }

            i += last == set[i] ? 0 : 2;
        }

        string found = named.ToString();
        string characters = isNegated ? string.Concat(Any.Where(c => !found.Contains(c, StringComparison.Ordinal))) : found;
        return characters.Length > 0 ? characters : "~";
    }
}
