
namespace Migrations.Core.Syntax;

/// <summary>How SQLite compares keywords and names, and how it writes literals.</summary>
internal static class SqlText
{
    /// <summary>Compares as SQLite compares names: A to Z without regard to case, all else by code.</summary>
    public static bool EqualsIgnoreAsciiCase(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && FoldAscii(left[i]) != FoldAscii(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static int GetAsciiCaseInsensitiveHashCode(ReadOnlySpan<char> text)
    {
        HashCode hash = default;
        foreach (char c in text)
        {
            hash.Add(FoldAscii(c));
        }

        return hash.ToHashCode();
    }

    /// <summary>A string literal: in single quotes, those inside doubled.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static char FoldAscii(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}
