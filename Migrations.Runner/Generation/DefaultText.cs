using System.Text.RegularExpressions;

namespace Migrations.Runner.Generation;

/// <summary>Tells which texts may follow DEFAULT as they are.</summary>
internal static partial class DefaultText
{
    /// <summary>
    /// Whether a text is a literal, one of the words that SQLite takes after DEFAULT, or already in parentheses; everything
    /// else is an expression, which must be put in them.
    /// </summary>
    public static bool IsPlain(string text)
    {
        string trimmed = text.Trim();
        return Literal.IsMatch(trimmed) || Core.Authoring.DefaultText.IsInParentheses(trimmed);
    }

    [GeneratedRegex(
        @"\A(?:[+-]?(?:0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|'(?:[^']|'')*'|[xX]'[0-9a-fA-F]*'|NULL|TRUE|FALSE|CURRENT_TIMESTAMP|CURRENT_TIME|CURRENT_DATE)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Literal { get; }
}
